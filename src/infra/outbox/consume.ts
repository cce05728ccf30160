import type { Db } from '../db/db.js';
import { placeFrom } from '../trace/place.js';
import { inSpansBelow } from '../trace/tracing.js';
import type { FoundHandler } from './handles.js';
import type { Topics } from './topics.js';

/** How many of the messages were handled now; the others were before. */
export type Consumed = number;

/**
 * Runs one handler for some messages, exactly once in effect: the notes in `processed_message` and the handler's own writes are
 * one transaction, and where nobody else hears the topic the outbox's row is done with it, too. Of several deliveries at the
 * same time the others wait for the first and then find the notes; if it fails, one of them takes over. Payloads come
 * from PostgreSQL, so that Redis holds nothing but ids.
 */
export function consume(
  db: Db,
  topics: Topics,
  { handler, topic, run }: FoundHandler,
  messageIds: readonly string[],
): Promise<Consumed> {
  const known = topics[topic];
  return db.inTx(async (tx) => {
    const messages = await tx.rows<{ payload: unknown; trace: string | null }>(TAKE, [
      messageIds,
      topic,
      handler,
      known?.handlers.length === 1,
    ]);
    if (messages.length === 0) return 0;
    const payloads = messages.map(({ payload }) => known?.payload.parse(payload));
    const traces = messages.map(({ trace }) => placeFrom(trace));
    await inSpansBelow(traces, `job ${handler}`, { topic }, () => run(payloads, tx));
    return messages.length;
  });
}

/** In the order of ids everywhere: two deliveries of the same messages never wait for each other in a circle. */
const TAKE = `
  WITH message AS (SELECT id, payload, trace FROM outbox WHERE id = ANY($1) AND topic = $2),
  noted AS (
    INSERT INTO processed_message (message_id, handler) SELECT id, $3 FROM message ORDER BY id
    ON CONFLICT DO NOTHING RETURNING message_id),
  handled AS (
    UPDATE outbox SET handled_at = now(), relayed_at = coalesce(relayed_at, now())
      FROM noted WHERE outbox.id = noted.message_id AND $4)
  SELECT payload, trace FROM message JOIN noted ON noted.message_id = message.id ORDER BY id`;
