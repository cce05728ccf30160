import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { withDeadline } from '../../kernel/deadline.js';
import { Db } from '../db/db.js';
import { Listener } from '../db/listen.js';
import { WaitingWork } from '../db/waiting-work.js';
import { LOG, type Log } from '../log/log.js';
import { placeFrom } from '../trace/place.js';
import { tracing } from '../trace/tracing.js';
import { batchJobOf, EVENTS_QUEUE, jobOf } from './event-jobs.js';
import { OUTBOX_CHANNEL } from './outbox.js';
import { TOPICS, type Topics } from './topics.js';

const BATCH = 100;
const LOOK_EVERY_MS = 1_000;
/** A Redis that was never there keeps BullMQ waiting for ever. */
const ANSWER_WITHIN_MS = 5_000;
/** Longer than Redis is given to answer: nobody else takes a batch that is still on its way. */
const CLAIM_SECONDS = 30;

/**
 * Brings outbox rows to BullMQ: claims a batch (committed at once: no transaction stays open over the network), adds for each
 * handler a job per row, or one for all of the batch where it takes many, marks the batch. A crash in between repeats
 * it after the claim ends, which costs a look into `processed_message`. With Redis away rows stay where they are.
 */
@Injectable()
export class Relay {
  private readonly work: WaitingWork;

  constructor(
    private readonly db: Db,
    listener: Listener,
    @InjectQueue(EVENTS_QUEUE) private readonly queue: Queue,
    @Inject(TOPICS) private readonly topics: Topics,
    @Inject(LOG) log: Log,
  ) {
    this.work = new WaitingWork({
      listener,
      channel: OUTBOX_CHANNEL,
      everyMs: LOOK_EVERY_MS,
      some: async () => (await this.relayBatch()) === BATCH,
      failed: (error) => log.warn({ err: error }, 'outbox waits'),
    });
  }

  start(): void {
    this.work.start();
  }

  stop(): Promise<void> {
    return this.work.stop();
  }

  /** One batch, oldest first; returns how many rows it held. */
  async relayBatch(): Promise<number> {
    const rows = await this.claim();
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.id);
    try {
      await withDeadline(this.queue.addBulk(this.jobsOf(rows)), ANSWER_WITHIN_MS);
    } catch (error) {
      await this.db.rows('UPDATE outbox SET claimed_until = NULL WHERE id = ANY($1)', [ids]);
      throw error;
    }
    await this.db.rows(MARK, [ids]);
    traceRelayed(rows);
    return rows.length;
  }

  private jobsOf(rows: readonly Claimed[]) {
    const byTopic = Map.groupBy(rows, (row) => row.topic);
    return [...byTopic].flatMap(([topic, ofTopic]) => {
      const { handlers = [], batched = [] } = this.topics[topic] ?? {};
      const ids = ofTopic.map((row) => row.id).toSorted();
      return handlers.flatMap((handler) =>
        batched.includes(handler) ? [batchJobOf(ids, handler)] : ids.map((id) => jobOf(id, handler)),
      );
    });
  }

  private claim(): Promise<readonly Claimed[]> {
    return this.db.rows(
      `UPDATE outbox SET claimed_until = now() + make_interval(secs => $1)
       WHERE id IN (SELECT id FROM outbox
                    WHERE relayed_at IS NULL AND (claimed_until IS NULL OR claimed_until < now()) AND topic = ANY($2)
                    ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, topic, trace, created_at`,
      [CLAIM_SECONDS, Object.keys(this.topics), BATCH],
    );
  }
}

interface Claimed {
  readonly id: string;
  readonly topic: string;
  readonly trace: string | null;
  readonly created_at: Date;
}

/** How long events waited here. */
function traceRelayed(rows: readonly Claimed[]): void {
  const tracer = tracing();
  if (tracer === undefined) return;
  for (const { topic, trace, created_at: at } of rows) {
    const parent = placeFrom(trace);
    if (parent !== undefined)
      tracer.begin({ name: 'outbox', parent, at: at.getTime(), attributes: { topic } }).end();
  }
}

/** A row that a handler has in hand already, or is done with, is marked by it: nobody waits here. */
const MARK = `
  UPDATE outbox SET relayed_at = now()
   WHERE id IN (SELECT id FROM outbox WHERE id = ANY($1) AND relayed_at IS NULL FOR NO KEY UPDATE SKIP LOCKED)`;
