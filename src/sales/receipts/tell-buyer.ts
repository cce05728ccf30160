import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { outboxRow } from '../../infra/outbox/outbox.js';
import type { BuyerNews } from '../domain/sales-events.js';

/** The buyer hears of it by mail, in his language, once this has committed. The relay finds the event within a second. */
export async function tellBuyer(tx: Tx, orderId: string, about: BuyerNews): Promise<void> {
  const { id, topic, payload } = outboxRow(event('order.told', { orderId, about }));
  await tx.run('INSERT INTO outbox (id, topic, payload) VALUES ($1, $2, $3)', [id, topic, payload]);
}
