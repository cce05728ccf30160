import type { Currency } from '../../kernel/money.js';
import { longestPrefix, type PrefixTable, prefixTable } from '../../kernel/prefix-table.js';
import { inPeriod, type Period } from './period.js';

/** What calls to one prefix cost while the rate is valid. Prices in micro-units of the deck's currency, times in ms. */
export interface Rate {
  /** E.164 digits without `+`; '' = everywhere. */
  readonly prefix: string;
  /** For people: `Korea, mobile`. */
  readonly destination: string;
  /** In force for calls answered in [validFrom, validTo), ms since epoch; validTo may be Infinity. */
  readonly validFrom: number;
  readonly validTo: number;
  /** Once per call that is charged at all. */
  readonly connectFee: bigint;
  readonly perMinute: bigint;
  /** Prices in the deck's periods, by index; undefined = `perMinute` holds there too. */
  readonly perPeriod: readonly (bigint | undefined)[];
  /** The first increment and all further ones; talk is charged in whole increments. At least 1 ms. */
  readonly firstMs: number;
  readonly nextMs: number;
  /** At least this much is charged. */
  readonly minimumMs: number;
  /** The talk's beginning that costs nothing; a call that ends within it is free altogether. */
  readonly freeMs: number;
}

/** A published version of a price list: what we sell at, or what a carrier asks. Never changes once built. */
export interface RateDeck {
  /** The version's id: charges remember it. */
  readonly id: string;
  readonly currency: Currency;
  /** Charges are rounded half up to a multiple of this many micro-units (1 = exact to the micro-unit). */
  readonly roundTo: bigint;
  /** Calls that stay between our own devices cost nothing. */
  readonly onNetFree: boolean;
  /** In order of precedence: the first that has a price and covers the instant counts. */
  readonly periods: readonly Period[];
  /** Per prefix, the latest validity first. */
  readonly rates: PrefixTable<readonly Rate[]>;
}

/** Builds a deck from its rates in any order. */
export function rateDeck(terms: Omit<RateDeck, 'rates'>, rates: Iterable<Rate>): RateDeck {
  const byPrefix = new Map<string, Rate[]>();
  for (const rate of rates) {
    const same = byPrefix.get(rate.prefix);
    if (same === undefined) byPrefix.set(rate.prefix, [rate]);
    else same.push(rate);
  }
  for (const same of byPrefix.values()) same.sort((a, b) => b.validFrom - a.validFrom);
  return { ...terms, rates: prefixTable(byPrefix) };
}

/**
 * The rate for a number (`+` optional) answered at `instant`: of the longest prefix that has one in force then; of
 * several in force the one that began last. Undefined when the deck doesn't reach there.
 */
export function findRate(deck: RateDeck, e164: string, instant: number): Rate | undefined {
  const digits = e164.startsWith('+') ? e164.slice(1) : e164;
  const inForce = (rate: Rate) => rate.validFrom <= instant && instant < rate.validTo;
  return longestPrefix(deck.rates, digits, (rates) => rates.some(inForce))?.find(inForce);
}

/** Price per minute at `instant`, and until when it surely holds. */
export function priceAt(
  deck: RateDeck,
  rate: Rate,
  instant: number,
): { readonly perMinute: bigint; readonly until: number } {
  let until = Number.POSITIVE_INFINITY;
  for (const [index, perMinute] of rate.perPeriod.entries()) {
    const period = deck.periods[index];
    if (perMinute === undefined || period === undefined) continue;
    const answer = inPeriod(period, instant);
    until = Math.min(until, answer.until);
    if (answer.inside) return { perMinute, until };
  }
  return { perMinute: rate.perMinute, until };
}
