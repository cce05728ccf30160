import { type Call, type Caller, type Origin, type Time } from './call.js';
import { callIdOf } from './ids.js';
import type { Step } from './step-result.js';

/** A caller's channel as it came in. */
export interface Arrival {
  readonly node: string;
  readonly caller: Pick<Caller, 'channel' | 'number' | 'name' | 'sipCallId'>;
  readonly channelCreatedAt: Time;
  readonly at: Time;
  readonly origin: Origin;
  readonly dialled: string;
}

/** A new call, and its first deed: to find out where it goes. */
export function openCall(arrival: Arrival): Step {
  const call: Call = {
    id: callIdOf(arrival.node, arrival.caller.channel, arrival.channelCreatedAt),
    node: arrival.node,
    version: 0,
    state: 'routing',
    origin: arrival.origin,
    caller: arrival.caller,
    dialled: arrival.dialled,
    startedAt: arrival.at,
    attempt: 0,
    legs: [],
    bridge: 'none',
    secured: false,
    moves: [],
    seenAt: arrival.at,
  };
  return { call, effects: [{ do: 'route' }] };
}
