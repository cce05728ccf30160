import { type Money, money, zero } from '../../kernel/money.js';
import { divideRounded } from '../../kernel/rounding.js';
import { type Conversion, sameCurrency } from './conversion.js';
import { findRate, priceAt, type Rate, type RateDeck } from './rate-deck.js';

/** What rating needs to know of a call, or of one leg for a carrier's fee. */
export interface Talk {
  /** The number that was reached, E.164. */
  readonly e164: string;
  /** It stayed between our own devices. */
  readonly onNet: boolean;
  /** ms since epoch. */
  readonly answeredAt: number;
  /** From answer to end, ms; 0 when it was never answered. */
  readonly durationMs: number;
}

/** `unrated`: the deck has no rate for that number at that time. The call is kept and rated when the rate comes. */
export type Rating =
  | { readonly kind: 'rated'; readonly rate: Rate; readonly billedMs: number; readonly amount: Money }
  | { readonly kind: 'on-net'; readonly amount: Money }
  | { readonly kind: 'unrated'; readonly amount: Money };

/** Prices are per minute, durations in ms: exact charges are counted in micro-units / 60,000. */
const MS_PER_MINUTE = 60_000n;

/**
 * What a talk costs. The rate in force at the answer holds for the whole talk; each increment costs what the period in
 * which it starts asks. `conversion` leads from the deck's currency to the payer's; deck rounding and conversion are
 * one rounding, here and nowhere else. Never negative; never less for a longer talk.
 */
export function rate(
  deck: RateDeck,
  talk: Talk,
  conversion: Conversion = sameCurrency(deck.currency),
): Rating {
  if (talk.onNet && deck.onNetFree) return { kind: 'on-net', amount: zero(conversion.to) };
  const found = findRate(deck, talk.e164, talk.answeredAt);
  if (found === undefined) return { kind: 'unrated', amount: zero(conversion.to) };
  const { billedMs, exact } = exactCharge(deck, found, talk.answeredAt, talk.durationMs);
  return { kind: 'rated', rate: found, billedMs, amount: rounded(deck, exact, conversion) };
}

/** The unrounded charge in micro-units / 60,000: adds up over increments without error. */
export function exactCharge(
  deck: RateDeck,
  of: Rate,
  answeredAt: number,
  durationMs: number,
): { readonly billedMs: number; readonly exact: bigint } {
  const charged = durationMs - of.freeMs;
  if (durationMs <= 0 || charged <= 0) return { billedMs: 0, exact: 0n };
  const further = Math.max(0, Math.ceil((Math.max(charged, of.minimumMs) - of.firstMs) / of.nextMs));
  const start = answeredAt + of.freeMs;
  const first = priceAt(deck, of, start).perMinute * BigInt(of.firstMs);
  return {
    billedMs: of.firstMs + further * of.nextMs,
    exact: of.connectFee * MS_PER_MINUTE + first + furtherIncrements(deck, of, start + of.firstMs, further),
  };
}

/** `count` increments from `start` on, taken together as long as the price stays the same. */
function furtherIncrements(deck: RateDeck, of: Rate, start: number, count: number): bigint {
  let exact = 0n;
  for (let left = count; left > 0; ) {
    const { perMinute, until } = priceAt(deck, of, start);
    const together = Math.min(left, Math.ceil((until - start) / of.nextMs));
    exact += perMinute * BigInt(together * of.nextMs);
    start += together * of.nextMs;
    left -= together;
  }
  return exact;
}

function rounded(deck: RateDeck, exact: bigint, by: Conversion): Money {
  const numerator = exact * by.numerator;
  const step = MS_PER_MINUTE * by.denominator * deck.roundTo;
  return money(divideRounded(numerator, step, 'half-up') * deck.roundTo, by.to);
}
