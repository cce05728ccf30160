import type { Money } from '../../kernel/money.js';
import type { Conversion } from './conversion.js';
import type { RateDeck } from './rate-deck.js';
import { rate } from './rating.js';

/** Why a talk could not be rated. Each can be mended later; re-rating then posts what is missing. */
export type UnratedBecause =
  | 'no-payer'
  | 'no-carrier'
  | 'no-number'
  | 'no-deck'
  | 'no-rate'
  | 'no-exchange-rate';

/** What one answered call, or one leg, comes to: the part of a `charge` or `accrual` row that rating decides. */
export type Assessment =
  | {
      readonly result: 'rated';
      readonly versionId: string;
      readonly prefix: string;
      readonly billedMs: number;
      readonly amount: Money;
    }
  | { readonly result: 'on-net'; readonly versionId: string }
  | { readonly result: 'unrated'; readonly because: UnratedBecause };

/** A talk whose number may be unknown (a call to one of our numbers has none for the networks). */
export interface AnsweredTalk {
  readonly e164: string | null;
  readonly onNet: boolean;
  readonly answeredAt: number;
  readonly durationMs: number;
}

/** Rates a talk by the deck and conversion that were found for it; what is missing is the verdict's reason. */
export function assess(
  talk: AnsweredTalk,
  deck: RateDeck | undefined,
  conversion: Conversion | undefined,
): Assessment {
  if (deck === undefined) return unrated('no-deck');
  if (talk.onNet && deck.onNetFree) return { result: 'on-net', versionId: deck.id };
  if (talk.e164 === null) return unrated('no-number');
  if (conversion === undefined) return unrated('no-exchange-rate');
  const rated = rate(deck, { ...talk, e164: talk.e164 }, conversion);
  if (rated.kind !== 'rated') return unrated('no-rate');
  const { billedMs, amount } = rated;
  return { result: 'rated', versionId: deck.id, prefix: rated.rate.prefix, billedMs, amount };
}

export const unrated = (because: UnratedBecause): Assessment => ({ result: 'unrated', because });

/** 0 for whatever isn't rated. */
export const microsOf = (of: Assessment): bigint => (of.result === 'rated' ? of.amount.micros : 0n);
