import type { Pool } from 'pg';
import { sqlStateOf } from '../infra/db/sql-state.js';
import { withDeadline } from '../kernel/deadline.js';
import { endedRowOf, valuesOf } from './call-rows.js';
import { OPEN_CALLS, SAVE_ENDED, SAVE_ENDED_ORDERED, SAVE_MANY_OPEN } from './call-store.sql.js';
import type { Call } from './domain/call.js';
import type { CallRecord } from './domain/record.js';
import { openCallOf } from './domain/restore.js';
import { SetUps } from './set-ups.js';

/**
 * `saved`: committed now, or already there with this version or a higher one. `away`: PostgreSQL did not answer; whether
 * the row is written, now or later, is unknown. `rejected`: it answered and will never take this row: our bug.
 */
export type Stored = 'saved' | 'away' | { readonly rejected: string };

export interface CallStore {
  save(record: CallRecord, deadlineMs: number): Promise<Stored>;
  /** Many open calls in one round trip. No call may be in it twice. */
  saveOpen(records: readonly CallRecord[], deadlineMs: number): Promise<Stored>;
  /** Many ended ones, all or none of them: one that is rejected keeps the others from being saved. */
  saveEnded(records: readonly CallRecord[], deadlineMs: number): Promise<Stored>;
  /** The calls of a node that are not ended; throws while PostgreSQL is away. */
  openCalls(node: string): Promise<readonly Call[]>;
  /** Whether PostgreSQL answers. */
  answers(): Promise<boolean>;
}

const READ_DEADLINE_MS = 2_000;

const ENDED = { name: 'calls-ended', text: SAVE_ENDED };
const ENDED_ORDERED = { name: 'calls-ended-ordered', text: SAVE_ENDED_ORDERED };

/** The call records in PostgreSQL, over the call path's own pool. */
export class PgCallStore implements CallStore {
  constructor(
    private readonly pool: Pool,
    /** Somebody waits for an event that was written: the result of a call that he ordered. */
    private readonly onTold: () => void,
    private readonly setUps = new SetUps(pool),
  ) {}

  save(record: CallRecord, deadlineMs: number): Promise<Stored> {
    if (record.endedAt !== null) return this.saveEnded([record], deadlineMs);
    return this.stored(this.setUps.record(record.id, valuesOf(record)), deadlineMs);
  }

  saveOpen(records: readonly CallRecord[], deadlineMs: number): Promise<Stored> {
    const rows = records.map((record) =>
      Object.fromEntries(valuesOf(record).map((value, at) => [`v${at + 1}`, value])),
    );
    const saved = this.pool.query({
      name: 'calls-open',
      text: SAVE_MANY_OPEN,
      values: [JSON.stringify(rows)],
    });
    return this.stored(saved, deadlineMs);
  }

  async saveEnded(records: readonly CallRecord[], deadlineMs: number): Promise<Stored> {
    const rows = JSON.stringify(records.map(endedRowOf));
    const isOrdered = records.some(({ ordered }) => ordered);
    const save = isOrdered ? ENDED_ORDERED : ENDED;
    const stored = await this.stored(this.pool.query({ ...save, values: [rows] }), deadlineMs);
    // Nobody waits for a charge: the relay, which looks each second by itself, finds more ends at once than a bell would bring it.
    if (stored === 'saved' && isOrdered) this.onTold();
    return stored;
  }

  private async stored(saved: Promise<unknown>, deadlineMs: number): Promise<Stored> {
    try {
      await withDeadline(saved, deadlineMs);
      return 'saved';
    } catch (error) {
      return isRefusal(error) ? { rejected: (error as Error).message } : 'away';
    }
  }

  async openCalls(node: string): Promise<readonly Call[]> {
    const { rows } = await withDeadline(
      this.pool.query<{ snapshot: unknown }>(OPEN_CALLS, [node]),
      READ_DEADLINE_MS,
    );
    return rows.flatMap(({ snapshot }) => openCallOf(snapshot) ?? []);
  }

  answers(): Promise<boolean> {
    return withDeadline(this.pool.query('SELECT 1'), READ_DEADLINE_MS).then(
      () => true,
      () => false,
    );
  }
}

/**
 * SQLSTATE classes that say that this very row can't be written (22 data, 23 constraint, 42 statement). Everything else,
 * and silence, is the database's trouble and may pass.
 */
function isRefusal(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state !== undefined && ['22', '23', '42'].includes(state.slice(0, 2));
}
