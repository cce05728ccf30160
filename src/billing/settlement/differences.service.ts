import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import type { MatchKind } from '../domain/settlement/match.js';
import type { Reads } from '../reads.js';
import { differenceUnknown, stateNotAllowed } from './settlement.failures.js';
import { lockSettlement } from './settlements.service.js';

/** `open`: nobody looked; `disputed`: the carrier was asked; settled at what counts in the end. Any may be taken up again. */
export const differenceStates = ['open', 'disputed', 'settled-at-ours', 'settled-at-theirs'] as const;
export type DifferenceState = (typeof differenceStates)[number];

export interface Difference {
  readonly id: string;
  readonly kind: Exclude<MatchKind, 'matched'>;
  readonly number: string;
  readonly answeredAt: Date;
  readonly callId: string | null;
  readonly leg: number | null;
  readonly line: number | null;
  readonly oursMs: string | null;
  readonly theirsMs: string | null;
  readonly oursMicros: string;
  readonly theirsMicros: string;
  readonly state: DifferenceState;
}

/** A settlement's differences in the order they were found, of one kind if given. */
export const listDifferences = (
  sql: Reads,
  settlementId: string,
  page: {
    readonly kind: Difference['kind'] | undefined;
    readonly after: string | undefined;
    readonly limit: number;
  },
): Promise<readonly Difference[]> =>
  sql.rows<Difference>(DIFFERENCES, [settlementId, page.kind ?? null, page.after ?? null, page.limit]);

export const DIFFERENCES = `
  SELECT id, kind, number, answered_at AS "answeredAt", call_id AS "callId", leg, line, ours_ms AS "oursMs",
         theirs_ms AS "theirsMs", ours_micros AS "oursMicros", theirs_micros AS "theirsMicros", state
    FROM settlement_difference
   WHERE settlement_id = $1 AND ($2::text IS NULL OR kind = $2) AND ($3::bigint IS NULL OR id > $3)
   ORDER BY id LIMIT $4`;

export interface Note {
  readonly id: string;
  readonly writtenAt: Date;
  readonly writtenBy: string;
  readonly state: DifferenceState;
  readonly note: string;
}

/** The correspondence about a difference, oldest first. */
export const notesOf = (
  sql: Reads,
  differenceId: string,
  count: number,
  after?: string,
): Promise<readonly Note[]> =>
  sql.rows<Note>(
    `SELECT id, written_at AS "writtenAt", written_by AS "writtenBy", state, note
       FROM difference_note WHERE difference_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [differenceId, after ?? null, count],
  );

/** Moves differences of a settlement in review to a state, with what was said: one by one, or a whole kind at once. */
export async function decideDifferences(
  tx: Tx,
  settlementId: string,
  which: { readonly ids: readonly string[] } | { readonly kind: Difference['kind'] },
  decision: { readonly state: DifferenceState; readonly note: string; readonly by: string },
): Promise<Result<number, Failure>> {
  const settlement = await lockSettlement(tx, settlementId);
  if (!settlement.ok) return settlement;
  if (settlement.value.state !== 'review') return err(stateNotAllowed(settlement.value.state));
  const [ids, kind] = 'ids' in which ? [which.ids, null] : [null, which.kind];
  const decided = await tx.rows<{ id: string }>(
    `UPDATE settlement_difference SET state = $4
      WHERE settlement_id = $1 AND (id = ANY ($2::bigint[]) OR kind = $3) RETURNING id`,
    [settlementId, ids, kind, decision.state],
  );
  if ('ids' in which && decided.length < new Set(which.ids).size) return err(differenceUnknown());
  await tx.run(
    `INSERT INTO difference_note (id, difference_id, written_by, state, note)
     SELECT * FROM unnest($1::uuid[], $2::bigint[]) AS n (id, difference_id), (VALUES ($3, $4, $5)) AS said`,
    [decided.map(() => newId()), decided.map(({ id }) => id), decision.by, decision.state, decision.note],
  );
  return ok(decided.length);
}
