import type { Sql } from '../infra/db/sql.js';
import { money } from '../kernel/money.js';
import { type Accrual, accrualOf, chargeOf, priced, tariffsFor } from './assessing.service.js';
import { type Corrected, postCalls } from './call-postings.js';
import { insertAccruals, insertCharges, legKey } from './charge-rows.js';
import { type Assessment, microsOf } from './domain/assessment.js';
import { type Carrier, carriersOf, type Payer, payersOf } from './parties.service.js';
import type { RateBook } from './rate-book.service.js';
import {
  type AccrualRow,
  type ChargeRow,
  NEXT_ACCRUALS,
  NEXT_CHARGES,
  type RatedRow,
} from './rerating-rows.js';
import { keepSettled, lockSettlementsOf, type ReRatedLeg } from './settlement/settled-re-rating.service.js';

/** Calls answered in [from, to). */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}
/** Where a re-rating goes on; undefined as a result: it is through. */
export interface Cursor {
  readonly answeredAt: Date;
  readonly callId: string;
  readonly leg: number;
}
export interface Rerated {
  readonly looked: number;
  readonly changed: number;
  readonly next: Cursor | undefined;
}

const CHUNK = 500;

/**
 * Rates the next calls of a span anew by the tariffs as they are now; each that comes to something else gets a new
 * revision, and the difference is posted. The payer's account and deck stay those of the first rating. One chunk, one
 * transaction of the caller's; running it again, or twice at a time, changes nothing more.
 */
export async function rerateCharges(sql: Sql, book: RateBook, span: Span, after?: Cursor): Promise<Rerated> {
  const rows = await sql.rows<ChargeRow>(NEXT_CHARGES, [...bounds(span, after), CHUNK]);
  const payers = await payersOf(
    sql,
    rows.filter(({ account_id }) => account_id === null).map(({ member_id }) => member_id),
  );
  const talks = rows.map((row) => ({
    row,
    talk: { ...talkOf(row), memberId: row.member_id, onNet: row.on_net },
    payer: payerOf(row) ?? payers.get(row.member_id),
  }));
  const assessWith = await tariffsFor(
    sql,
    book,
    talks.map(({ talk, payer }) => priced(talk, payer)),
  );
  const changed = talks
    .map(({ row, talk, payer }) => ({ row, ...chargeOf(talk, payer, assessWith) }))
    .filter(differs)
    .map(({ row, ...charge }) => ({ ...charge, ...following(row) }));
  const fresh = await insertCharges(sql, changed);
  await postCalls(
    sql,
    changed.filter(({ talk }) => fresh.has(talk.callId)),
    [],
  );
  return { looked: rows.length, changed: fresh.size, next: nextOf(rows) };
}

/** The same for what carriers are owed. */
export async function rerateAccruals(sql: Sql, book: RateBook, span: Span, after?: Cursor): Promise<Rerated> {
  const rows = await sql.rows<AccrualRow>(NEXT_ACCRUALS, [...bounds(span, after), after?.leg ?? 0, CHUNK]);
  const carriers = await carriersOf(
    sql,
    rows.filter(({ carrier_id }) => carrier_id === null).map(({ trunk_id }) => trunk_id),
  );
  const talks = rows.map((row) => ({
    row,
    talk: { ...talkOf(row), leg: row.leg, trunkId: row.trunk_id, onNet: false },
    carrier: carrierOf(row) ?? carriers.get(row.trunk_id),
  }));
  const assessWith = await tariffsFor(
    sql,
    book,
    talks.map(({ talk, carrier }) => priced(talk, carrier)),
  );
  const changed = talks
    .map(({ row, talk, carrier }) => ({ row, ...accrualOf(talk, carrier, assessWith) }))
    .filter(differs)
    .map(({ row, ...accrual }) => ({ ...accrual, ...following(row) }));
  const settlements = await lockSettlementsOf(sql, changed.flatMap(reRatedLeg));
  const fresh = await insertAccruals(sql, changed);
  const posted = changed.filter(({ talk }) => fresh.has(legKey(talk)));
  await postCalls(sql, [], posted);
  await keepSettled(sql, settlements, posted.flatMap(reRatedLeg));
  return { looked: rows.length, changed: fresh.size, next: nextOf(rows) };
}

function reRatedLeg({
  talk,
  carrier,
  assessment,
  revision,
  beforeMicros,
}: Corrected<Accrual>): readonly ReRatedLeg[] {
  if (carrier === undefined) return [];
  const { callId, leg, answeredAt } = talk;
  const difference = money(microsOf(assessment) - beforeMicros, carrier.currency);
  return [{ callId, leg, answeredAt, revision, carrierId: carrier.id, difference }];
}

/** A version that leads to the same charge is no difference. */
function differs({ row, assessment }: { readonly row: RatedRow; readonly assessment: Assessment }): boolean {
  const rated = assessment.result === 'rated' ? assessment : undefined;
  const because = assessment.result === 'unrated' ? assessment.because : null;
  return (
    assessment.result !== row.result ||
    because !== row.unrated_because ||
    microsOf(assessment) !== BigInt(row.amount_micros) ||
    (rated?.billedMs ?? 0) !== Number(row.billed_ms) ||
    (rated?.prefix ?? null) !== row.prefix
  );
}

const following = ({ revision, amount_micros }: RatedRow) => ({
  revision: revision + 1,
  beforeMicros: BigInt(amount_micros),
});

const talkOf = (row: RatedRow) => ({
  callId: row.call_id,
  e164: row.e164,
  answeredAt: row.answered_at.getTime(),
  durationMs: Number(row.duration_ms),
});

function payerOf({ account_id, currency, deck_id }: ChargeRow): Payer | undefined {
  if (account_id === null || currency === null || deck_id === null) return undefined;
  return { accountId: BigInt(account_id), currency, deckId: deck_id };
}

function carrierOf({ carrier_id, currency, deck_id }: AccrualRow): Carrier | undefined {
  if (carrier_id === null || currency === null || deck_id === null) return undefined;
  return { id: carrier_id, currency, deckId: deck_id };
}

const nextOf = (rows: readonly (RatedRow & { readonly leg: number })[]): Cursor | undefined => {
  const last = rows.length < CHUNK ? undefined : rows.at(-1);
  return last && { answeredAt: last.answered_at, callId: last.call_id, leg: last.leg };
};

const bounds = ({ from, to }: Span, after: Cursor | undefined): readonly unknown[] => [
  from,
  to,
  after?.answeredAt ?? null,
  after?.callId ?? null,
];
