import type { Sql } from '../infra/db/sql.js';
import type { Currency } from '../kernel/money.js';
import { type AnsweredTalk, type Assessment, assess } from './domain/assessment.js';
import type { AccruedTalk, ChargedTalk } from './domain/talks.js';
import { conversionsFor } from './exchange-rates.service.js';
import type { Carrier, Payer } from './parties.service.js';
import type { RateBook } from './rate-book.service.js';

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

/** A talk and the party whose deck and currency count. */
export interface PricedTalk {
  readonly talk: AnsweredTalk;
  readonly party: { readonly deckId: string; readonly currency: Currency };
}
export type AssessWith = (priced: PricedTalk) => Assessment;

/** Looks up the decks and exchange rates that these talks need, once for all; what it returns is arithmetic. */
export async function tariffsFor(
  sql: Sql,
  book: RateBook,
  talks: readonly (PricedTalk | undefined)[],
): Promise<AssessWith> {
  const known = talks.filter((one) => one !== undefined);
  const deckAt = await book.open(
    sql,
    known.map(({ talk, party }) => ({ deckId: party.deckId, answeredAt: talk.answeredAt })),
  );
  const conversionAt = await conversionsFor(
    sql,
    known.flatMap(({ talk, party }) => {
      const deck = deckAt(party.deckId, talk.answeredAt);
      return deck === undefined ? [] : [{ from: deck.currency, to: party.currency, at: talk.answeredAt }];
    }),
  );
  return ({ talk, party }) => {
    const deck = deckAt(party.deckId, talk.answeredAt);
    const conversion = deck && conversionAt({ from: deck.currency, to: party.currency, at: talk.answeredAt });
    return assess(talk, deck, conversion);
  };
}

/** Who pays and what: a talk without payer is unrated. */
export const chargeOf = (talk: ChargedTalk, payer: Payer | undefined, assessWith: AssessWith): Charge => ({
  talk,
  payer,
  assessment:
    payer === undefined ? { result: 'unrated', because: 'no-payer' } : assessWith({ talk, party: payer }),
});

/** Who is paid and what: a leg by nobody's trunk is unrated. */
export const accrualOf = (
  talk: AccruedTalk,
  carrier: Carrier | undefined,
  assessWith: AssessWith,
): Accrual => ({
  talk,
  carrier,
  assessment:
    carrier === undefined
      ? { result: 'unrated', because: 'no-carrier' }
      : assessWith({ talk, party: carrier }),
});

export const priced = (talk: AnsweredTalk, party: Payer | Carrier | undefined): PricedTalk | undefined =>
  party && { talk, party };
