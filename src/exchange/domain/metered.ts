import type { After, Connect, LegPlan, RingAttempt } from './verdict.js';

/** Somebody had the call sent out of our net: he pays for that, and the caller for nothing. */
const isSentOn = ({ attempts }: Connect): boolean =>
  attempts.some((attempt) => attempt.kind === 'ring' && attempt.legs.some(isElsewheres));

/** A leg that another than the caller pays for. */
export const isElsewheres = (leg: LegPlan): boolean => leg.payer !== undefined;

/** Whether money is held for talking on this leg. On a member's own device, or a partner's, it costs nothing. */
export const isMetered = (plan: Connect, leg: LegPlan): boolean =>
  leg.kind === 'trunk' && (isElsewheres(leg) || !isSentOn(plan));

/**
 * The plan without the ways out of our net that the called member would have to pay for: an attempt that has only such is passed
 * over as if nobody could be reached there.
 */
export function keptIn(plan: Connect): Connect {
  const attempts = plan.attempts.map((attempt) =>
    attempt.kind === 'ring'
      ? { ...attempt, legs: attempt.legs.filter((leg) => !isElsewheres(leg)) }
      : attempt,
  );
  const past = (next: number | undefined): number | undefined => {
    const attempt = next === undefined ? undefined : attempts[next - 1];
    return attempt?.kind === 'ring' && attempt.legs.length === 0 ? past(attempt.after.unreachable) : next;
  };
  const redirected = ({ after }: RingAttempt): After =>
    Object.fromEntries(
      Object.entries(after).flatMap(([outcome, next]) => {
        const then = past(next);
        return then === undefined ? [] : [[outcome, then]];
      }),
    );
  return {
    ...plan,
    attempts: attempts.map((attempt) =>
      attempt.kind === 'ring' ? { ...attempt, after: redirected(attempt) } : attempt,
    ),
  };
}
