import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { outboxRow } from '../../infra/outbox/outbox.js';
import type { OutboxMessage } from '../../infra/outbox/topics.js';
import type { BuyerNews, ContractNews } from '../domain/sales-events.js';

/** The buyer hears of it by mail, in his language, once this has committed. */
export const tellBuyer = (tx: Tx, orderId: string, about: BuyerNews): Promise<void> =>
  addEvent(tx, event('order.told', { orderId, about }));

/** The number's owner hears of its fee by mail, in his language, once this has committed. */
export const tellOwner = (tx: Tx, contractId: string, about: ContractNews): Promise<void> =>
  addEvent(tx, event('contract.told', { contractId, about }));

/** An event without its bell: nobody waits for it, and the relay finds it within a second. */
export async function addEvent(tx: Tx, message: OutboxMessage): Promise<void> {
  const { id, topic, payload } = outboxRow(message);
  await tx.run('INSERT INTO outbox (id, topic, payload) VALUES ($1, $2, $3)', [id, topic, payload]);
}
