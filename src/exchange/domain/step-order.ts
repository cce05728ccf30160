import { type Call, type Time, winnerOf } from './call.js';
import type { CallEvent } from './call-event.js';
import { MOST_KEYS, serveOrder } from './order.js';
import { type Step, saving, still, then } from './step-result.js';
import { transferCallIdOf } from './transfer.js';

type SecondEnded = Extract<CallEvent, { type: 'second.ended' }>;

/**
 * Whom an order has rung has answered: he is spoken to, or becomes the caller of a call to B, as by a transfer (the exchange
 * puts him through and is not there to take him back). Told again after a restart of ours, which is harmless.
 */
export function beginOrder(call: Call, at: Time): Step {
  const { order } = call;
  const winner = winnerOf(call);
  if (order === undefined || winner === undefined || call.transfer !== undefined) return still(call);
  const plan = serveOrder(order);
  if (plan !== undefined) return { call, effects: [{ do: 'serve', plan }] };
  if (order.onAnswer.do !== 'connect') return still(call);
  const by = call.caller.channel;
  const to = transferCallIdOf(call, by, call.answeredAt ?? at);
  const kept = winner.channel;
  const asked: Call = { ...call, transfer: { kind: 'blind', by, kept, at, to, done: false } };
  const { dial: dialled } = order.onAnswer;
  return then(
    { call: asked, effects: [{ do: 'open-transfer', id: to, by, kept, at, device: '', dialled }] },
    (next) => saving(next, 'or-journal'),
  );
}

export function keyPressed(call: Call, digit: string): Step {
  const { order } = call;
  if (order === undefined || order.digits.length >= MOST_KEYS) return still(call);
  return still({ ...call, order: { ...order, digits: order.digits + digit } });
}

/** B is gone, or was never had: A's own end follows, and the order's result says why. */
export function secondEnded(call: Call, { reason }: SecondEnded): Step {
  const { order } = call;
  if (order === undefined || order.second?.reason !== undefined) return still(call);
  return still({ ...call, order: { ...order, second: { ...order.second, reason } } });
}

/** B answered. */
export const secondAnswered = (call: Call, answeredAt: Time): Call =>
  call.order === undefined
    ? call
    : { ...call, order: { ...call.order, second: { ...call.order.second, answeredAt } } };
