import type { Call } from '../domain/call.js';
import type { Connect, LegPlan } from '../domain/verdict.js';

/** Who pays for a call that goes out of our net, and to which numbers (E.164) it may go by its plan. */
export interface Payable {
  readonly memberId: string;
  readonly numbers: readonly string[];
  /** He is called and has the call sent on; without his money it may still go on within our net. */
  readonly sentOn: boolean;
}

const E164 = /^\+[1-9][0-9]{2,14}$/;

/**
 * Undefined when nobody has to pay beforehand: it stays on our net, or comes in by a trunk and stays. Who had the call sent
 * out of it (forwarding, find-me) pays for that; the caller pays for what he dialled. It is charged the same way when it has ended
 * (`endedEvent`).
 */
export function payableOf(call: Pick<Call, 'origin'>, plan: Connect): Payable | undefined {
  const legs = plan.attempts.flatMap((attempt) => (attempt.kind === 'ring' ? attempt.legs : []));
  const payer = legs.find((leg) => leg.payer !== undefined)?.payer;
  if (payer !== undefined) {
    return { memberId: payer, numbers: numbersOf(legs.filter((leg) => leg.payer === payer)), sentOn: true };
  }
  const goesOut = legs.some(({ kind }) => kind === 'trunk');
  if (call.origin.kind === 'trunk' || !goesOut || !E164.test(plan.called)) return undefined;
  return { memberId: call.origin.memberId, numbers: [plan.called], sentOn: false };
}

const numbersOf = (legs: readonly LegPlan[]): readonly string[] => [
  ...new Set(legs.flatMap(({ e164 }) => (e164 !== undefined && E164.test(e164) ? [e164] : []))),
];
