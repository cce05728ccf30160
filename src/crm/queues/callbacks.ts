import { event } from '../../events.js';
import type { Db } from '../../infra/db/db.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import { dialBack } from './dial-back.js';
import type { Agent } from './house.js';
import type { Visit } from './queue.rows.js';
import { makeWish } from './wishes.js';

export const CALLBACK_PURPOSE = 'queue-callback';
const EXPIRES_MS = 60_000;

/** Orders the call that rings the agent and then, from his phone, the caller who has waited without a telephone. The company pays. */
export async function orderCallback(
  db: Db,
  outbox: Outbox,
  visit: Visit,
  { now: { device }, languages }: Agent,
  ringSeconds: number,
): Promise<void> {
  const dial = dialBack(visit);
  const { callbackOrderId: orderId, companyId } = visit;
  const [phone] = await db.rows<{ id: string }>('SELECT id FROM device WHERE username = $1', [device]);
  if (orderId === null) return;
  if (dial === undefined || phone === undefined)
    return makeWish(db, { do: 'called-back', orderId, answered: true, connected: false });
  const wanted = {
    orderId,
    purpose: CALLBACK_PURPOSE,
    account:
      companyId === null ? ({ kind: 'house' } as const) : ({ kind: 'member', memberId: companyId } as const),
    ring: { kind: 'device', deviceId: phone.id } as const,
    ringSeconds,
    language: Object.keys(languages)[0] ?? 'en',
    onAnswer: { do: 'connect', dial } as const,
    expiresAt: new Date(Date.now() + EXPIRES_MS).toISOString(),
  };
  await db.inTx((tx) => outbox.add(tx, event('call-order.wanted', wanted)));
}
