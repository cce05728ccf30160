import { Inject, Injectable } from '@nestjs/common';
import { type Clock, systemClock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Db } from '../db/db.js';
import type { Tx } from '../db/tx.js';
import { LOG, type Log } from '../log/log.js';
import { traceparent } from '../trace/place.js';
import { tracing } from '../trace/tracing.js';
import type { OutboxMessage } from './topics.js';

/** PostgreSQL channel that wakes the relay. */
export const OUTBOX_CHANNEL = 'outbox';
/**
 * NOTIFY takes a database-wide lock while its transaction commits, so it never rides on a business transaction: bells are
 * rung beside it, at most once per this time and process, so that events that come close together leave together. A lost
 * bell costs a second: the relay also looks by itself.
 */
const BELL_EVERY_MS = 500;

/** Events leave through here: written in the transaction of the fact they tell of, delivered at least once afterwards. */
@Injectable()
export class Outbox {
  private readonly clock: Clock = systemClock;
  private ringing = false;

  constructor(
    private readonly db: Db,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Adds events to an open transaction; the bell rings when it has committed. */
  async add(tx: Tx, ...messages: readonly OutboxMessage[]): Promise<void> {
    const rows = messages.map(outboxRow);
    await tx.run(
      `INSERT INTO outbox (id, topic, payload, trace)
       SELECT *, $4 FROM unnest($1::uuid[], $2::text[], $3::jsonb[])`,
      [rows.map((row) => row.id), rows.map((row) => row.topic), rows.map((row) => row.payload), hereTrace()],
    );
    tx.afterCommit(() => this.ring());
  }

  /** For whoever wrote outbox rows in a statement of its own (`outboxRow`): call it after the commit. */
  ring(): void {
    if (this.ringing) return;
    this.ringing = true;
    this.clock.after(BELL_EVERY_MS, () => {
      this.ringing = false;
      this.db.rows('SELECT pg_notify($1, $2)', [OUTBOX_CHANNEL, '']).catch((error: unknown) => {
        this.log.debug({ err: error }, 'outbox bell not rung');
      });
    });
  }
}

/** The span in which it is written, for whoever handles it; null while nothing is traced. */
function hereTrace(): string | null {
  const [place] = tracing()?.places() ?? [];
  return place === undefined ? null : traceparent(place);
}

/** The row of an event, for a statement that writes it together with the fact: `INSERT INTO outbox (id, topic, payload)`. */
export function outboxRow(message: OutboxMessage): { id: string; topic: string; payload: string } {
  return { id: newId(), topic: message.topic, payload: JSON.stringify(message.payload) };
}
