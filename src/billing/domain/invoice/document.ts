import type { Money } from '../../../kernel/money.js';
import type { Days } from './proration.js';
import type { AppliedTax } from './tax.js';

/** A side of an invoice, as it was when it was issued. */
export interface DocumentParty {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
  readonly taxId: string | null;
}
/** What was sold, summed up: calls to one destination, or a fee. */
export interface LineGroup {
  readonly kind: 'call' | 'subscription';
  /** The destination's or the fee's name; `on-net` and '' for calls are put in words by whoever prints them. */
  readonly about: string;
  readonly count: number;
  readonly billedMs: number;
  /** Exact, as charged. */
  readonly amount: Money;
}
export interface ShownPayment {
  readonly kind: string;
  readonly occurredAt: Date;
  readonly amount: Money;
}

/** An invoice or credit note as it is handed over: PDF and UBL are two ways to write it. Amounts of a credit note are negative. */
export interface InvoiceDocument {
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string | null;
  /** `to` is the day after the last. */
  readonly days: Days;
  readonly language: 'en' | 'ko' | 'ja';
  readonly terms: 'prepaid' | 'postpaid';
  readonly taxIncluded: boolean;
  readonly seller: DocumentParty & { readonly iban: string | null };
  readonly buyer: DocumentParty;
  readonly tax: AppliedTax;
  readonly lines: Money;
  readonly net: Money;
  readonly taxAmount: Money;
  readonly gross: Money;
  readonly groups: readonly LineGroup[];
  readonly payments: readonly ShownPayment[];
  readonly corrects: { readonly number: string; readonly issuedOn: string } | null;
  readonly reason: string | null;
}

export const lastDayOf = ({ to }: Days): string =>
  new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
