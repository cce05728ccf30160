import type { Pool } from 'pg';
import { sqlStateOf } from '../infra/db/sql-state.js';
import { withDeadline } from '../kernel/deadline.js';
import { OPEN_CALLS, SAVE_ENDED, SAVE_MANY_OPEN, SAVE_OPEN } from './call-store.sql.js';
import type { Call } from './domain/call.js';
import type { CallRecord, LegRecord } from './domain/record.js';
import { openCallOf } from './domain/restore.js';
import { endedEvent } from './ended-event.js';

/**
 * `saved`: committed now, or already there with this version or a higher one. `away`: PostgreSQL did not answer; whether
 * the row is written, now or later, is unknown. `rejected`: it answered and will never take this row: our bug.
 */
export type Stored = 'saved' | 'away' | { readonly rejected: string };

export interface CallStore {
  save(record: CallRecord, deadlineMs: number): Promise<Stored>;
  /** Many open calls in one round trip. */
  saveOpen(records: readonly CallRecord[], deadlineMs: number): Promise<Stored>;
  /** The calls of a node that are not ended; throws while PostgreSQL is away. */
  openCalls(node: string): Promise<readonly Call[]>;
  /** Whether PostgreSQL answers. */
  answers(): Promise<boolean>;
}

const READ_DEADLINE_MS = 2_000;

/** The call records in PostgreSQL, over the call path's own pool. */
export class PgCallStore implements CallStore {
  constructor(
    private readonly pool: Pool,
    private readonly onEnded: () => void,
  ) {}

  async save(record: CallRecord, deadlineMs: number): Promise<Stored> {
    const ended = record.endedAt !== null;
    const query = ended
      ? {
          name: 'call-ended',
          text: SAVE_ENDED,
          values: [...valuesOf(record), legsOf(record.legs), JSON.stringify(endedEvent(record))],
        }
      : { name: 'call-open', text: SAVE_OPEN, values: valuesOf(record) };
    try {
      await withDeadline(this.pool.query(query), deadlineMs);
    } catch (error) {
      return isRefusal(error) ? { rejected: (error as Error).message } : 'away';
    }
    if (ended) this.onEnded();
    return 'saved';
  }

  async saveOpen(records: readonly CallRecord[], deadlineMs: number): Promise<Stored> {
    const rows = records.map((record) =>
      Object.fromEntries(valuesOf(record).map((value, at) => [`v${at + 1}`, value])),
    );
    try {
      await withDeadline(
        this.pool.query({ name: 'calls-open', text: SAVE_MANY_OPEN, values: [JSON.stringify(rows)] }),
        deadlineMs,
      );
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

function valuesOf(record: CallRecord): unknown[] {
  return [
    record.id,
    record.version,
    record.node,
    record.state,
    record.origin,
    record.callerChannel,
    record.memberId,
    record.deviceId,
    record.trunkId,
    record.dialled,
    record.reading,
    record.called,
    record.calling,
    date(record.startedAt),
    date(record.ringingAt),
    date(record.answeredAt),
    date(record.endedAt),
    record.endedBy,
    record.reason,
    record.q850,
    record.sip,
    record.billable,
    JSON.stringify(record.trace),
    record.snapshot === null ? null : JSON.stringify(record.snapshot),
  ];
}

const legsOf = (legs: readonly LegRecord[]): string =>
  JSON.stringify(
    legs.map((leg) => ({
      leg: leg.leg,
      channel_id: leg.channelId,
      attempt: leg.attempt,
      kind: leg.kind,
      target: leg.target,
      called: leg.called,
      calling: leg.calling,
      created_at: date(leg.createdAt),
      ringing_at: date(leg.ringingAt),
      answered_at: date(leg.answeredAt),
      ended_at: date(leg.endedAt),
      q850: leg.q850,
      sip: leg.sip,
    })),
  );

/** As text with its zone: pg would write a Date in the process's own time zone, which is longer and no better. */
const date = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
