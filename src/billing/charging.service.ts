import type { Sql } from '../infra/db/sql.js';
import { type Accrual, accrualOf, type Charge, chargeOf, priced, tariffsFor } from './assessing.service.js';
import { postCalls } from './call-postings.js';
import { insertAccruals, insertCharges, legKey } from './charge-rows.js';
import type { CallEnded } from './domain/call-ended.js';
import { type AccruedTalk, accruedTalks, type ChargedTalk, chargedTalk } from './domain/talks.js';
import { closeHolds } from './holds.service.js';
import { carriersOf, payersOf } from './parties.service.js';
import type { RateBook } from './rate-book.service.js';

/**
 * Charges ended calls to their payers, accrues their legs for the carriers and ends their holds: all in the caller's
 * transaction, so all or nothing. A call or leg that was charged before (same key) is left alone, however often and in
 * whatever company it comes again. Steps are in one order everywhere (charges, accruals, holds, postings), each by key.
 */
export async function chargeCalls(sql: Sql, told: readonly CallEnded[], book: RateBook): Promise<void> {
  const calls = [...new Map(told.map((call) => [call.callId, call])).values()];
  const talks = calls.flatMap((call) => chargedTalk(call) ?? []);
  const { charges, accruals } = await assessCalls(sql, book, talks, calls.flatMap(accruedTalks));

  const first = { revision: 0, beforeMicros: 0n };
  const newCharges = await insertCharges(
    sql,
    charges.map((one) => ({ ...one, ...first })),
  );
  const newAccruals = await insertAccruals(
    sql,
    accruals.map((one) => ({ ...one, ...first })),
  );

  const charged = new Set(talks.map(({ callId }) => callId));
  const ids = calls.map(({ callId }) => callId);
  await closeHolds(
    sql,
    ids.filter((id) => charged.has(id)),
    'captured',
  );
  await closeHolds(
    sql,
    ids.filter((id) => !charged.has(id)),
    'released',
  );
  await postCalls(
    sql,
    charges.filter(({ talk }) => newCharges.has(talk.callId)).map((one) => ({ ...one, ...first })),
    accruals.filter(({ talk }) => newAccruals.has(legKey(talk))).map((one) => ({ ...one, ...first })),
  );
}

async function assessCalls(
  sql: Sql,
  book: RateBook,
  charged: readonly ChargedTalk[],
  accrued: readonly AccruedTalk[],
): Promise<{ readonly charges: readonly Charge[]; readonly accruals: readonly Accrual[] }> {
  const payers = await payersOf(
    sql,
    charged.map(({ memberId }) => memberId),
  );
  const carriers = await carriersOf(
    sql,
    accrued.map(({ trunkId }) => trunkId),
  );
  const assessWith = await tariffsFor(sql, book, [
    ...charged.map((talk) => priced(talk, payers.get(talk.memberId))),
    ...accrued.map((talk) => priced(talk, carriers.get(talk.trunkId))),
  ]);
  return {
    charges: charged.map((talk) => chargeOf(talk, payers.get(talk.memberId), assessWith)),
    accruals: accrued.map((talk) => accrualOf(talk, carriers.get(talk.trunkId), assessWith)),
  };
}
