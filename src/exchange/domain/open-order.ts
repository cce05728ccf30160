import type { Call, Origin, Time } from './call.js';
import type { Order } from './order.js';
import type { Step } from './step-result.js';

/** An order as an exchange begins it: whose account it is on, and from where the rung phone would dial. */
export interface OrderBegun {
  /** Known beforehand: the same order never makes two calls. */
  readonly callId: string;
  readonly node: string;
  readonly at: Time;
  readonly order: Order;
  readonly origin: Extract<Origin, { kind: 'order' }>;
}

/** The call that rings the first party. Nobody is at its caller's end, so that one has gone from the beginning. */
export function openOrder({ callId, node, at, order, origin }: OrderBegun): Step {
  const call: Call = {
    id: callId,
    node,
    version: 0,
    state: 'routing',
    origin,
    caller: { channel: `${callId}.o`, number: '', name: '', endedAt: at },
    dialled: dialledBy(order),
    startedAt: at,
    attempt: 0,
    legs: [],
    bridge: 'none',
    secured: false,
    language: order.language,
    order,
    moves: [],
    seenAt: at,
  };
  return { call, effects: [{ do: 'route' }] };
}

function dialledBy({ ring }: Order): string {
  switch (ring.kind) {
    case 'number':
      return ring.e164;
    case 'carrier':
      return ring.number;
    case 'device':
      return ring.username;
    case 'member':
      return ring.memberId;
  }
}
