import type { Call, CallMove, Cap, Hunt, RouteAccount } from './call.js';
import type { Identity } from './identity.js';
import { linksOf, type TransferLink } from './transfer.js';
import type { AttemptPlan, Connect } from './verdict.js';

/**
 * "Why did my call fail?": how the number was read and routed, what was decided, what became of each attempt, and each move
 * of the call. Legs have their own table. What is optional is absent in records of old, and where it never came to it.
 */
export interface CallTrace {
  readonly steps: RouteAccount['steps'];
  readonly candidates: RouteAccount['candidates'];
  readonly verdict?: TracedVerdict;
  /** Each attempt that failed, with the one that followed it. */
  readonly hunts?: readonly Hunt[];
  /** Seconds of talking that were paid for, where they were counted. */
  readonly cap?: Pick<Cap, 'seconds' | 'last'>;
  /** Calls that a transfer linked this one with. */
  readonly links?: readonly TransferLink[];
  /** Who signed for the caller, where the trunk's calls are verified. */
  readonly identity?: Identity;
  readonly moves: readonly CallMove[];
}

export type TracedVerdict =
  | {
      readonly kind: 'connect';
      readonly emergency: boolean;
      readonly maxSeconds: number;
      readonly attempts: readonly TracedAttempt[];
    }
  | NonNullable<Call['refused']>;

/** Counted from 1 by its place. */
export type TracedAttempt =
  | ({ readonly kind: 'ring'; readonly targets: readonly string[] } & Pick<
      Extract<AttemptPlan, { kind: 'ring' }>,
      'answerWithin' | 'progressWithin' | 'silentWithin' | 'after'
    >)
  | { readonly kind: 'serve'; readonly service: string };

/** The trace as it is saved; of an open call without what its snapshot says anyway. */
export function traceOf(call: Call): CallTrace {
  const { account, moves, refused, hunts, cap } = call;
  return {
    steps: account?.steps ?? [],
    candidates: account?.candidates ?? [],
    ...(refused === undefined ? {} : { verdict: refused }),
    ...(call.state === 'ended' && call.plan !== undefined ? { verdict: verdictOf(call.plan) } : {}),
    ...(hunts === undefined ? {} : { hunts }),
    ...(cap === undefined ? {} : { cap: { seconds: cap.seconds, ...(cap.last && { last: cap.last }) } }),
    ...linksOf(call),
    ...identityOf(call),
    moves,
  };
}

/** Everything that is known of a call that is not over. */
export const openTraceOf = (call: Call): CallTrace => ({
  ...traceOf(call),
  ...(call.plan === undefined ? {} : { verdict: verdictOf(call.plan) }),
});

const identityOf = ({ origin }: Call): { identity?: Identity } =>
  origin.kind === 'trunk' && origin.identity !== undefined ? { identity: origin.identity } : {};

const verdictOf = ({ emergency, maxSeconds, attempts }: Connect): TracedVerdict => ({
  kind: 'connect',
  emergency,
  maxSeconds,
  attempts: attempts.map(attemptOf),
});

function attemptOf(plan: AttemptPlan): TracedAttempt {
  if (plan.kind === 'serve') return { kind: 'serve', service: plan.service.name };
  const { legs, answerWithin, progressWithin, silentWithin, after } = plan;
  return {
    kind: 'ring',
    targets: legs.map(({ kind, target }) => `${kind} ${target}`),
    answerWithin,
    progressWithin,
    ...(silentWithin === undefined ? {} : { silentWithin }),
    after,
  };
}
