import type { PinNumber, VnsNumber } from '../own/keys.js';
import type { Ccc, E164, Region } from '../telephone/region.js';

/** A number that somebody wants to buy, or that is to be checked again. */
export type NumberForSale = PinForSale | VnsForSale;

export interface PinForSale extends PinNumber {
  /** Issued from an identifier code of its country instead of named after a telephone number. */
  readonly identification: boolean;
}

/** `ccc` is the company's home; the number is the same for every branch. */
export interface VnsForSale extends VnsNumber {
  readonly branchCccs: readonly Ccc[];
}

/** Whether a number may be sold. Refusals are final for this plan; warnings are shown to the buyer and stored with the order. */
export type SaleVerdict =
  | { readonly verdict: 'sellable' }
  | { readonly verdict: 'with-warnings'; readonly warnings: readonly SaleWarning[] }
  | {
      readonly verdict: 'refused';
      readonly reasons: readonly SaleRefusal[];
      readonly warnings: readonly SaleWarning[];
    };

export type SaleRefusal = { readonly text: string } & (
  | { readonly code: 'malformed' }
  | { readonly code: 'unknown-ccc' }
  /** AREA-NUMBER is no telephone number in the NATIONAL format of a country under the ccc. */
  | { readonly code: 'not-national-format' }
  /** An identification number must begin with an identifier code of its country and have its length. */
  | { readonly code: 'no-identifier-code' }
  /** Dialled at home, its digits call this telephone. */
  | { readonly code: 'telephone-number'; readonly country: Region; readonly e164: E164 }
  | { readonly code: 'emergency-code'; readonly country: Region }
  | { readonly code: 'feature-code' }
  /** Sold already, or its digits are those of the sold number `key`. */
  | { readonly code: 'taken'; readonly key: string }
);

export type SaleWarning = {
  readonly text: string;
} /** From these countries only the form with `*` or `#` reaches it: the digits alone are telephone numbers there. */ & (
  | { readonly code: 'explicit-form-needed'; readonly digits: string; readonly countries: readonly Region[] }
  /** `NUMBER#` without a country code calls a telephone there, the `#` ending the dialling. */
  | { readonly code: 'hash-alone-is-telephone'; readonly countries: readonly Region[] }
);
