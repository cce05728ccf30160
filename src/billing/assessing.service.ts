import type { Sql } from '../infra/db/sql.js';
import type { Currency } from '../kernel/money.js';
import {
  type AnsweredTalk,
  type Assessment,
  assess,
  type UnratedBecause,
  unrated,
} from './domain/assessment.js';
import type { AccruedTalk, ChargedTalk } from './domain/talks.js';
import { type ConversionAt, conversionsFor } from './exchange-rates.service.js';
import { type Carrier, carriersOf, type Payer, payersOf } from './parties.service.js';
import type { DeckAt, RateBook } from './rate-book.service.js';

/** What a call costs its payer, and why. */
export interface Charge {
  readonly talk: ChargedTalk;
  readonly payer: Payer | undefined;
  readonly assessment: Assessment;
}
/** What a leg owes its carrier, and why. */
export interface Accrual {
  readonly talk: AccruedTalk;
  readonly carrier: Carrier | undefined;
  readonly assessment: Assessment;
}

export async function assessCharges(
  sql: Sql,
  book: RateBook,
  talks: readonly ChargedTalk[],
): Promise<readonly Charge[]> {
  const payers = await payersOf(
    sql,
    talks.map(({ memberId }) => memberId),
  );
  const parties = talks.map((talk) => ({ talk, party: payers.get(talk.memberId) }));
  const assessed = await assessAll(sql, book, parties, 'no-payer');
  return assessed.map(({ talk, party, assessment }) => ({ talk, payer: party, assessment }));
}

export async function assessAccruals(
  sql: Sql,
  book: RateBook,
  talks: readonly AccruedTalk[],
): Promise<readonly Accrual[]> {
  const carriers = await carriersOf(
    sql,
    talks.map(({ trunkId }) => trunkId),
  );
  const parties = talks.map((talk) => ({ talk, party: carriers.get(talk.trunkId) }));
  const assessed = await assessAll(sql, book, parties, 'no-carrier');
  return assessed.map(({ talk, party, assessment }) => ({ talk, carrier: party, assessment }));
}

interface Party {
  readonly deckId: string;
  readonly currency: Currency;
}
interface Pair {
  readonly talk: AnsweredTalk;
  /** Who pays or is paid; undefined when nobody is known for it. */
  readonly party: Party | undefined;
}

/** Decks and exchange rates are looked up once for all; then everything is arithmetic. `without`: why a talk without party isn't rated. */
export async function assessAll<One extends Pair>(
  sql: Sql,
  book: RateBook,
  pairs: readonly One[],
  without: UnratedBecause,
): Promise<readonly (One & { readonly assessment: Assessment })[]> {
  const wanted = pairs.flatMap(({ talk, party }) =>
    party === undefined ? [] : [{ deckId: party.deckId, answeredAt: talk.answeredAt }],
  );
  const deckAt = await book.open(sql, wanted);
  const conversionAt = await conversionsFor(
    sql,
    pairs.flatMap(({ talk, party }) => {
      const deck = party && deckAt(party.deckId, talk.answeredAt);
      return party === undefined || deck === undefined
        ? []
        : [{ from: deck.currency, to: party.currency, at: talk.answeredAt }];
    }),
  );
  return pairs.map((pair) => ({
    ...pair,
    assessment: assessOne(pair, deckAt, conversionAt) ?? unrated(without),
  }));
}

function assessOne(
  { talk, party }: Pair,
  deckAt: DeckAt,
  conversionAt: ConversionAt,
): Assessment | undefined {
  if (party === undefined) return undefined;
  const deck = deckAt(party.deckId, talk.answeredAt);
  const conversion = deck && conversionAt({ from: deck.currency, to: party.currency, at: talk.answeredAt });
  return assess(talk, deck, conversion);
}
