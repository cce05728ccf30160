import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { carrierNumberOf, type Proof } from '../../membership/index.js';
import type { CallOrders } from '../orders/call-orders.js';
import { orderOf } from '../orders/call-orders.query.js';

/** Whoever asked waits at the telephone. */
const PATIENCE_MS = 120_000;
const RING_SECONDS = 45;
const TIMES = 3;

/** The house rings the telephone and speaks the code: in the transaction of the proof that it is for. */
export function speakCode(
  orders: CallOrders,
  tx: Tx,
  orderId: string,
  { accountId, kind, subject, language }: Pick<Proof, 'accountId' | 'kind' | 'subject' | 'language'>,
  code: string,
): Promise<void> {
  return orders.place(tx, {
    orderId,
    purpose: 'contact-code',
    account: { kind: 'house' },
    askedBy: accountId,
    ring:
      kind === 'carrier-number'
        ? { kind: 'carrier', ...carrierNumberOf(subject) }
        : { kind: 'number', e164: subject },
    ringSeconds: RING_SECONDS,
    language,
    onAnswer: { do: 'speak', prompt: 'code', digits: code, times: TIMES },
    expiresAt: new Date(Date.now() + PATIENCE_MS).toISOString(),
  });
}

/** What a page shows of the call: whether it rings still, and why nobody was had. */
export async function callOfProof(sql: Sql, { callOrderId }: Pick<Proof, 'callOrderId'>) {
  if (callOrderId === null) return null;
  const order = await orderOf(sql, callOrderId);
  return order === undefined ? null : { id: order.orderId, state: order.state, cause: order.cause };
}
