import { z } from 'zod';
import type { Sql } from '../../infra/db/sql.js';

/** What somebody at the web wants of an agent or of a call; the exchange that rings the agents does it. */
export const wish = z.discriminatedUnion('do', [
  z.object({ do: z.literal('log-in'), agentId: z.uuid(), device: z.string().max(64) }),
  z.object({ do: z.literal('log-out'), agentId: z.uuid() }),
  z.object({ do: z.literal('pause'), agentId: z.uuid(), reason: z.string().min(1).max(40) }),
  z.object({ do: z.literal('resume'), agentId: z.uuid() }),
  z.object({
    do: z.literal('put-through'),
    queueCallId: z.uuid(),
    queueId: z.uuid(),
    agentId: z.uuid().nullable(),
  }),
  /** What became of calling somebody back. */
  z.object({
    do: z.literal('called-back'),
    orderId: z.uuid(),
    answered: z.boolean(),
    connected: z.boolean(),
  }),
]);
export type QueueWish = z.output<typeof wish>;

export async function makeWish(sql: Sql, wanted: QueueWish): Promise<void> {
  await sql.run('INSERT INTO queue_wish (wish) VALUES ($1)', [JSON.stringify(wanted)]);
}
