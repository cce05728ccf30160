import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import type { OutboxMessage } from '../../infra/outbox/topics.js';
import type { Activation } from './card-activations.service.js';

/** After that it is no news any more. */
const NEWS_MINUTES = 2;
const RING_SECONDS = 20;

/**
 * The call that tells at a desk phone that the card has left it for another terminal; nothing for browsers, whose pages hear it.
 * One for each time that a card was put in there: the order has the activation's id, and somebody stood there to key it in.
 */
export async function takeoverNotice(
  tx: Tx,
  { id, deviceId }: Activation,
): Promise<OutboxMessage | undefined> {
  const [phone] = await tx.rows<{ language: string; expiresAt: Date }>(
    `SELECT m.language, now() + make_interval(mins => $2) AS "expiresAt"
       FROM device d JOIN member m ON m.id = d.member_id WHERE d.id = $1 AND d.kind = 'sip' AND d.enabled`,
    [deviceId, NEWS_MINUTES],
  );
  if (phone === undefined) return undefined;
  return event('call-order.wanted', {
    orderId: id,
    purpose: 'card-left',
    account: { kind: 'house' },
    ring: { kind: 'device', deviceId },
    ringSeconds: RING_SECONDS,
    language: phone.language,
    onAnswer: { do: 'speak', prompt: 'card-left', times: 2 },
    expiresAt: phone.expiresAt.toISOString(),
  });
}
