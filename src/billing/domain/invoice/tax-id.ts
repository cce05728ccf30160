import { stdnum } from 'stdnum';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';

/** By which number of `stdnum` a country's tax authority knows a business; others are printed as given, and prove nothing. */
const BUSINESS_IDS: Readonly<Record<string, string>> = {
  AT: 'uid',
  AU: 'abn',
  BE: 'vat',
  BG: 'vat',
  BR: 'cnpj',
  CH: 'vat',
  CY: 'vat',
  CZ: 'dic',
  DE: 'vat',
  DK: 'cvr',
  EE: 'kmkr',
  ES: 'nif',
  FI: 'alv',
  FR: 'tva',
  GB: 'vat',
  GR: 'vat',
  HR: 'oib',
  HU: 'anum',
  IE: 'vat',
  IN: 'gstin',
  IT: 'iva',
  JP: 'cn',
  KR: 'brn',
  LT: 'pvm',
  LU: 'tva',
  LV: 'pvn',
  MT: 'vat',
  MX: 'rfc',
  NL: 'btw',
  NO: 'mva',
  PL: 'nip',
  PT: 'nif',
  RO: 'cif',
  SE: 'vat',
  SG: 'uen',
  SI: 'ddv',
  SK: 'dph',
  TW: 'ubn',
};

/** `format`: form and check digit are right, which says that nobody mistyped it, not that it is his. */
export type TaxIdChecked = 'format' | 'registry' | null;

export interface TaxIdOf {
  /** ISO 3166-1. */
  readonly country: string;
  readonly taxId: string | null;
}

const validatorOf = (country: string) => {
  const name = BUSINESS_IDS[country];
  return name === undefined ? undefined : stdnum[country]?.[name];
};

/** What can be said of a tax id without asking anybody. A failure: it cannot be one of that country. */
export function checkTaxId({ country, taxId }: TaxIdOf): Result<TaxIdChecked, Failure<'tax-id.malformed'>> {
  const validator = validatorOf(country);
  if (taxId === null || validator === undefined) return ok(null);
  return validator.validate(taxId).isValid ? ok('format') : err(malformed(country, taxId));
}

/** Whether it counts when tax is decided (reverse charge): never on its owner's word alone. */
export function hasTaxId(buyer: TaxIdOf): boolean {
  const checked = checkTaxId(buyer);
  return checked.ok && checked.value !== null;
}

/** As a registry is asked: digits and letters, without the country's prefix. */
export function bareTaxId({ country, taxId }: TaxIdOf): string {
  const found = taxId === null ? undefined : validatorOf(country)?.validate(taxId);
  return found?.isValid ? found.compact : '';
}

const malformed = (country: string, taxId: string) =>
  failure(
    'tax-id.malformed',
    `${taxId.slice(0, 30)} is no tax id of ${country}: form or check digit is wrong.`,
    {
      hint: 'type it as it stands on your registration, or leave it out',
    },
  );
