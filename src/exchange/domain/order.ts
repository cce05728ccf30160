import type { Call, Origin, Time } from './call.js';
import type { Service, SpokenPrompt, SuperviseMode } from './service.js';
import type { ServeAttempt } from './verdict.js';

/** Whom an order has rung: a telephone by the normal route decision, or these phones and nothing else. */
export type OrderRing =
  | {
      readonly kind: 'number';
      readonly e164: string;
      /** By this trunk and no other way: a test of it. */
      readonly trunk?: string;
    }
  /** At another company, in its own numbers. */
  | { readonly kind: 'carrier'; readonly carrierId: string; readonly number: string }
  | { readonly kind: 'member'; readonly memberId: string }
  /** `username`: the device's SIP user name. */
  | { readonly kind: 'device'; readonly memberId: string; readonly username: string };

/** What is done when he has answered. */
export type OnAnswer =
  | {
      readonly do: 'speak';
      readonly prompt: SpokenPrompt;
      readonly digits?: string;
      readonly times: number;
    }
  | { readonly do: 'service'; readonly service: 'echo' }
  /** Whose phone was rung hears an agent's talk, if that member may: decided when he has answered. */
  | {
      readonly do: 'service';
      readonly service: 'supervise';
      readonly mode: SuperviseMode;
      /** The agent's number. */
      readonly agent: string;
    }
  /** An operator hears the talk of that call. */
  | { readonly do: 'service'; readonly service: 'listen'; readonly call: string }
  /** B is dialled as the rung phone would dial him. */
  | { readonly do: 'connect'; readonly dial: string };

/** A call that the exchange starts itself (docs/call-orders.md). Part of the call that rings A, and saved with it. */
export interface Order {
  readonly id: string;
  readonly ring: OrderRing;
  readonly ringSeconds: number;
  readonly onAnswer: OnAnswer;
  /** BCP 47: A's. */
  readonly language: string;
  /** The name on A's own phone while it rings. */
  readonly display?: string;
  /** Keys that A pressed while he was spoken to. */
  readonly digits: string;
  /** What became of the call to B. */
  readonly second?: { readonly answeredAt?: Time; readonly reason?: string };
}

/** Nobody listens, or presses keys, for longer. */
export const MOST_KEYS = 32;

/** What becomes of an order, for its row and its event: told with the end of the call that rang A. */
export interface OrderOutcome {
  readonly id: string;
  /** `refused`: nobody was rung. */
  readonly state: 'ended' | 'refused';
  readonly cause: string;
  readonly answeredAt: Time | null;
  readonly connectedAt: Time | null;
  readonly digits: string;
}

export function orderOutcomeOf(call: Call): OrderOutcome | undefined {
  const { order, ending, answeredAt, moves } = call;
  if (order === undefined || ending === undefined) return undefined;
  const rung = answeredAt !== undefined || moves.some(({ to }) => to === 'dialling' || to === 'ringing');
  return {
    id: order.id,
    state: rung ? 'ended' : 'refused',
    cause: causeOf(order, ending.reason),
    answeredAt: answeredAt ?? null,
    connectedAt: order.second?.answeredAt ?? null,
    digits: order.digits,
  };
}

/** Of a connection that never was it is B's trouble that counts. */
function causeOf({ onAnswer, second }: Order, reason: string): string {
  if (onAnswer.do !== 'connect' || second === undefined) return reason;
  return second.answeredAt === undefined ? (second.reason ?? reason) : 'connected';
}

/** The service that A is served by; undefined where he is connected with somebody. */
export function serveOrder(order: Order): ServeAttempt | undefined {
  const service = serviceOf(order);
  return service && { kind: 'serve', service };
}

function serviceOf({ onAnswer, ring, language }: Order): Service | undefined {
  if (onAnswer.do === 'connect') return undefined;
  if (onAnswer.do === 'service') {
    if (onAnswer.service === 'echo') return { name: 'echo', language };
    if (onAnswer.service === 'listen') return { name: 'listen', call: onAnswer.call, language };
    // Who listens is whoever was rung, never who is said to: a telephone that is no member's hears nobody.
    const member = 'memberId' in ring ? ring.memberId : '';
    return { name: 'supervise', mode: onAnswer.mode, member, agent: onAnswer.agent, language };
  }
  const { prompt, digits = '', times } = onAnswer;
  return { name: 'speak', prompt, digits, times, language };
}

/** Who calls B: the account's member, as from the phone that was rung. */
export function originOfSecond({ order, origin, legs }: Call): Origin | undefined {
  if (order === undefined || origin.kind !== 'order') return undefined;
  const phone = legs.find(({ status, plan }) => status === 'answered' && plan.kind === 'device');
  return { ...origin, ...(phone === undefined ? {} : { username: phone.plan.target }) };
}
