import type { Db } from '../db/db.js';
import type { FoundHandler } from './handles.js';
import type { Topics } from './topics.js';

export type Consumed = 'done' | 'done-before';

/**
 * Runs one handler for one message, exactly once in effect: the note in `processed_message` and the handler's own writes are one
 * transaction. Of several deliveries at the same time the others wait for the first and then find the note; if it
 * fails, one of them takes over. The payload comes from PostgreSQL, so that Redis holds nothing but ids.
 */
export function consume(db: Db, topics: Topics, handler: FoundHandler, messageId: string): Promise<Consumed> {
  return db.inTx(async (tx) => {
    const [message] = await tx.rows<{ payload: unknown }>(
      `WITH message AS (SELECT id, payload FROM outbox WHERE id = $1 AND topic = $2),
            noted AS (INSERT INTO processed_message (message_id, handler) SELECT id, $3 FROM message
                      ON CONFLICT DO NOTHING RETURNING message_id)
       SELECT message.payload FROM message JOIN noted ON noted.message_id = message.id`,
      [messageId, handler.topic, handler.handler],
    );
    if (message === undefined) return 'done-before';
    await handler.run(topics[handler.topic]?.payload.parse(message.payload), tx);
    return 'done';
  });
}
