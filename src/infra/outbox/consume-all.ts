import type { Db } from '../db/db.js';
import { type Consumed, consume } from './consume.js';
import type { FoundHandler } from './handles.js';
import type { Topics } from './topics.js';

export interface AllConsumed {
  readonly consumed: Consumed;
  /** Messages that failed when they were alone, and why. */
  readonly failed: readonly { readonly messageId: string; readonly error: unknown }[];
}

/**
 * Runs one handler for a batch, in one transaction if that works. If not, for each half by itself, and so on: a message that
 * can't be handled costs the others some milliseconds and nothing else. Rejects when the database is what fails: then
 * nobody knows anything about the messages, and those that are done already stay done.
 */
export async function consumeAll(
  db: Db,
  topics: Topics,
  handler: FoundHandler,
  messageIds: readonly string[],
): Promise<AllConsumed> {
  try {
    return { consumed: await consume(db, topics, handler, messageIds), failed: [] };
  } catch (error) {
    await db.rows('SELECT 1').catch(() => {
      throw error;
    });
    const [messageId] = messageIds;
    if (messageId === undefined || messageIds.length === 1)
      return { consumed: 0, failed: messageId === undefined ? [] : [{ messageId, error }] };
    const middle = Math.ceil(messageIds.length / 2);
    const first = await consumeAll(db, topics, handler, messageIds.slice(0, middle));
    const second = await consumeAll(db, topics, handler, messageIds.slice(middle));
    return { consumed: first.consumed + second.consumed, failed: [...first.failed, ...second.failed] };
  }
}
