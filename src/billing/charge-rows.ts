import type { Sql } from '../infra/db/sql.js';
import type { Accrual, Charge } from './assessing.service.js';
import { type AnsweredTalk, type Assessment, microsOf } from './domain/assessment.js';
import { type ColumnOf, insertAll } from './insert-all.js';

/** A row of `charge` or `accrual` to be: 0 for the first rating, then counted up. */
export type Revised<Of> = Of & { readonly revision: number };

interface Assessed {
  readonly revision: number;
  readonly talk: AnsweredTalk;
  readonly assessment: Assessment;
}

/** Writes charges; returns the call ids of those that were not there yet. */
export async function insertCharges(
  sql: Sql,
  charges: readonly Revised<Charge>[],
): Promise<ReadonlySet<string>> {
  const rows = await insertAll<Revised<Charge>, { call_id: string }>(
    sql,
    'charge',
    chargeColumns,
    charges.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
    'call_id',
  );
  return new Set(rows.map((row) => row.call_id));
}

/** Always in one order, so that two workers do not wait for each other: a member's charges change the row of his day's cap. */
const placeOf = ({ talk }: Charge): string => `${talk.memberId} ${talk.callId}`;

/** Writes accruals; returns `legKey` of those that were not there yet. */
export async function insertAccruals(
  sql: Sql,
  accruals: readonly Revised<Accrual>[],
): Promise<ReadonlySet<string>> {
  const rows = await insertAll<Revised<Accrual>, { call_id: string; leg: number }>(
    sql,
    'accrual',
    accrualColumns,
    accruals.toSorted((a, b) => (legKey(a.talk) < legKey(b.talk) ? -1 : 1)),
    'call_id, leg',
  );
  return new Set(rows.map((row) => legKey({ callId: row.call_id, leg: row.leg })));
}

export const legKey = (of: { readonly callId: string; readonly leg: number }): string =>
  `${of.callId}:${of.leg}`;

const ratedOnly = <T>(
  of: Assessed,
  pick: (rated: Extract<Assessment, { result: 'rated' }>) => T,
): T | null => (of.assessment.result === 'rated' ? pick(of.assessment) : null);

const factColumns: readonly ColumnOf<Assessed>[] = [
  { name: 'revision', type: 'smallint', of: (row) => row.revision },
  { name: 'e164', type: 'text', of: (row) => row.talk.e164 },
  { name: 'answered_at', type: 'timestamptz', of: (row) => new Date(row.talk.answeredAt) },
  { name: 'duration_ms', type: 'bigint', of: (row) => row.talk.durationMs },
  { name: 'result', type: 'text', of: (row) => row.assessment.result },
  {
    name: 'unrated_because',
    type: 'text',
    of: ({ assessment }) => (assessment.result === 'unrated' ? assessment.because : null),
  },
  {
    name: 'version_id',
    type: 'uuid',
    of: ({ assessment }) => (assessment.result === 'unrated' ? null : assessment.versionId),
  },
  { name: 'prefix', type: 'text', of: (row) => ratedOnly(row, ({ prefix }) => prefix) },
  { name: 'billed_ms', type: 'bigint', of: (row) => ratedOnly(row, ({ billedMs }) => billedMs) ?? 0 },
  { name: 'amount_micros', type: 'bigint', of: (row) => microsOf(row.assessment) },
];
const chargeColumns: readonly ColumnOf<Revised<Charge>>[] = [
  { name: 'call_id', type: 'uuid', of: (row) => row.talk.callId },
  { name: 'member_id', type: 'uuid', of: (row) => row.talk.memberId },
  { name: 'deck_id', type: 'text', of: (row) => row.payer?.deckId ?? null },
  { name: 'account_id', type: 'bigint', of: (row) => row.payer?.accountId ?? null },
  { name: 'currency', type: 'bpchar', of: (row) => row.payer?.currency ?? null },
  { name: 'on_net', type: 'boolean', of: (row) => row.talk.onNet },
  ...factColumns,
];
const accrualColumns: readonly ColumnOf<Revised<Accrual>>[] = [
  { name: 'call_id', type: 'uuid', of: (row) => row.talk.callId },
  { name: 'leg', type: 'smallint', of: (row) => row.talk.leg },
  { name: 'trunk_id', type: 'text', of: (row) => row.talk.trunkId },
  { name: 'deck_id', type: 'text', of: (row) => row.carrier?.deckId ?? null },
  { name: 'carrier_id', type: 'text', of: (row) => row.carrier?.id ?? null },
  { name: 'currency', type: 'bpchar', of: (row) => row.carrier?.currency ?? null },
  ...factColumns,
];
