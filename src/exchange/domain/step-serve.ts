import { servePlanOf } from './attempt-plan.js';
import type { Call, Time } from './call.js';
import { q850 } from './causes.js';
import type { Effect } from './effect.js';
import { bridgeOf } from './ids.js';
import { finish } from './step-finish.js';
import { type Step, saving, still, then } from './step-result.js';

/** How long Asterisk may take to answer the caller for us before we look what became of it. */
const ANSWER_SECONDS = 5;

/** Takes the call for a service, as soon as it is recorded: nobody is answered without a record. */
export function serve(call: Call): Step {
  if (!call.secured || servePlanOf(call) === undefined) return still(call);
  const serving: Call = { ...call, state: 'serving' };
  return { call: serving, effects: [{ do: 'stop-timers' }, ...take(serving)] };
}

/** Out of the bridge where he waited for somebody, then answered; the cap holds with this process dead. */
function take(call: Call): readonly Effect[] {
  const bridged = call.legs.some((leg) => leg.join !== 'no');
  return [
    {
      do: 'take',
      channel: call.caller.channel,
      ...(bridged ? { bridge: bridgeOf(call.id) } : {}),
      capSeconds: call.plan?.maxSeconds ?? 0,
      ...(servePlanOf(call)?.late === true ? { late: true } : {}),
    },
    { do: 'start-timer', timer: 'answer', attempt: call.attempt, seconds: ANSWER_SECONDS },
    // Whoever was put through by a transfer was answered before, which no event says again.
    ...(call.borrowed === undefined ? [] : [{ do: 'reconcile' } as const]),
  ];
}

/** He is answered: the service begins. It is told to begin again after a restart of ours, and begins from the beginning. */
export function callerAnswered(call: Call, at: Time): Step {
  if (call.answeredAt !== undefined) return still(call);
  const answered: Call = { ...call, answeredAt: Math.max(at, call.startedAt) };
  const begun: Step = {
    call: answered,
    effects: [{ do: 'stop-timer', timer: 'answer' }, ...beginService(answered)],
  };
  return then(begun, (next) => saving(next, 'soon'));
}

/** He hears us: the service begins, and costs him nothing yet. */
export function callerReached(call: Call): Step {
  if (servePlanOf(call)?.late !== true || call.answeredAt !== undefined) return still(call);
  return { call, effects: [{ do: 'stop-timer', timer: 'answer' }, ...beginService(call)] };
}

export function beginService(call: Call): readonly Effect[] {
  const plan = servePlanOf(call);
  return plan === undefined ? [] : [{ do: 'serve', plan }];
}

/** Who was not answered for it gets a cause that says so. */
export const serviceEnded = (call: Call, cause: number): Step =>
  finish(call, {
    by: 'exchange',
    reason: 'served',
    q850: call.answeredAt === undefined && cause === q850.normal ? q850.noAnswer : cause,
  });

/** No news of the answer: asked for again, or, where the caller was answered, the service is told again (which is harmless). */
export const serveAgain = (call: Call): readonly Effect[] =>
  call.answeredAt === undefined ? take(call) : beginService(call);
