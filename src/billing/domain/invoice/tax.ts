/** How a supply is taxed, by what kind of party is where. */
export type Treatment = 'seller-rate' | 'buyer-rate' | 'reverse-charge' | 'outside-scope';

/** A line of the tax table; null = any. Dates as YYYY-MM-DD. */
export interface TaxRule {
  readonly buyerCountry: string | null;
  readonly buyerHasTaxId: boolean | null;
  readonly validFrom: string;
  readonly treatment: Treatment;
  readonly note: string;
}
export interface TaxRate {
  readonly country: string;
  readonly validFrom: string;
  /** Millionths: 100,000 is 10 %. */
  readonly ppm: number;
  /** As it is called there: `VAT`, `부가가치세`. */
  readonly name: string;
}
/** Who buys from us, and the day that decides: the last of the period. */
export interface Supply {
  readonly sellerCountry: string;
  readonly buyerCountry: string;
  readonly buyerHasTaxId: boolean;
  readonly day: string;
}
/** As it stands on the invoice. `category` is UNCL5305: S standard, AE reverse charge, O outside the scope, Z a rate of 0. */
export interface AppliedTax {
  readonly category: 'S' | 'Z' | 'AE' | 'O';
  /** Whose tax authority gets it. */
  readonly country: string;
  readonly ppm: number;
  readonly name: string;
  /** Why there is none; stands on the invoice. */
  readonly note: string | null;
}
export type Untaxable = 'no-tax-rule' | 'no-tax-rate';

/**
 * Of the seller's rules that fit and are in force, the most specific counts: a named country before any, then a named
 * registration, then the latest. The rate is the one in force on that day.
 */
export function decideTax(
  supply: Supply,
  rules: readonly TaxRule[],
  rates: readonly TaxRate[],
): AppliedTax | Untaxable {
  const [rule] = rules.filter((one) => fits(one, supply)).toSorted(moreSpecificFirst);
  if (rule === undefined) return 'no-tax-rule';
  const untaxed = { ppm: 0, name: 'VAT', country: supply.sellerCountry, note: rule.note };
  if (rule.treatment === 'reverse-charge') return { ...untaxed, category: 'AE' };
  if (rule.treatment === 'outside-scope') return { ...untaxed, category: 'O' };
  const country = rule.treatment === 'buyer-rate' ? supply.buyerCountry : supply.sellerCountry;
  const [rate] = rates
    .filter((one) => one.country === country && one.validFrom <= supply.day)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  if (rate === undefined) return 'no-tax-rate';
  const { ppm, name } = rate;
  return { category: ppm === 0 ? 'Z' : 'S', country, ppm, name, note: ppm === 0 ? rule.note : null };
}

const fits = (rule: TaxRule, { buyerCountry, buyerHasTaxId, day }: Supply): boolean =>
  (rule.buyerCountry === null || rule.buyerCountry === buyerCountry) &&
  (rule.buyerHasTaxId === null || rule.buyerHasTaxId === buyerHasTaxId) &&
  rule.validFrom <= day;

const moreSpecificFirst = (a: TaxRule, b: TaxRule): number =>
  named(b.buyerCountry) - named(a.buyerCountry) ||
  named(b.buyerHasTaxId) - named(a.buyerHasTaxId) ||
  (a.validFrom < b.validFrom ? 1 : -1);
const named = (value: unknown): number => (value === null ? 0 : 1);
