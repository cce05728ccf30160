import { ringPlanOf } from './attempt-plan.js';
import { type Call, liveLegs, winnerOf } from './call.js';
import type { CallEvent } from './call-event.js';
import { q850 } from './causes.js';
import type { Effect } from './effect.js';
import { advance, joinWinner } from './step-attempt.js';
import { advanceBeside } from './step-beside.js';
import { arm } from './step-cap.js';
import { announcementTimer, clearingTimer } from './step-finish.js';
import { moveAgain } from './step-links.js';
import { beginOrder } from './step-order.js';
import { type Step, then } from './step-result.js';
import { serveAgain } from './step-serve.js';
import { isWaking, wakeTimer } from './wake.js';

type Looked = Extract<CallEvent, { type: 'looked' }>;

/**
 * After a look at Asterisk (a lost reply, a restart of ours): commands that had no effect are given again. What is gone
 * is told by `leg.ended` and `caller.ended` before, so everything that still lives in `call` lives in Asterisk.
 */
export function looked(call: Call, event: Looked): Step {
  const seen = notJoined(call, event.bridged);
  return then(mend(seen, event), (next) => ({ call: next, effects: hangups(next, event.present) }));
}

function mend(call: Call, { present, bridged, now }: Looked): Step {
  switch (call.state) {
    case 'clearing':
      return { call, effects: [clearingTimer(call)] };
    case 'refusing':
      return { call, effects: [announcementTimer(call)] };
    case 'serving':
      return then(advanceBeside(call), (next) => ({ call: next, effects: serveAgain(next) }));
    case 'talking': {
      const armed = then(joinWinner(call), (next) => arm(next, now));
      const again = (next: Call) => [...asking(next), ...moveAgain(next, present, bridged)];
      return then(
        then(armed, (next) => ({ call: next, effects: again(next) })),
        (next) => beginOrder(next, now),
      );
    }
    default:
      return then(advance(call), (next) => ({
        call: next,
        effects: [
          ...asking(next),
          ...progressTimer(next),
          ...(isWaking(next) ? wakeTimer(next, next.attempt) : []),
        ],
      }));
  }
}

/** A join that was asked for and did not happen is asked for again, and one that a stranger has undone. */
function notJoined(call: Call, bridged: readonly string[]): Call {
  const together = isTogether(call) ? [call.caller.channel, winnerOf(call)?.channel] : [];
  const apart = together.some((channel) => channel !== undefined && !bridged.includes(channel));
  const legs = call.legs.map((leg) => {
    const lost = leg.join === 'asked' && !bridged.includes(leg.channel);
    const undone = leg.join === 'done' && apart && together.includes(leg.channel);
    return lost || undone ? { ...leg, join: 'no' as const } : leg;
  });
  return legs.some((leg, at) => leg !== call.legs[at]) ? { ...call, legs } : call;
}

/** Two who talk to each other in this call's own bridge. */
const isTogether = ({ state, transfer, bridge, caller }: Call): boolean =>
  state === 'talking' && transfer === undefined && bridge === 'ready' && caller.endedAt === undefined;

/** Nobody has said yet who pays, perhaps because the question was lost with a former process. */
const asking = (call: Call): readonly Effect[] => (call.money === 'asked' ? [{ do: 'reserve' }] : []);

/** What was told to go, or was believed gone, and is still there is told (again). */
function hangups(call: Call, present: readonly string[]): readonly Effect[] {
  const legs = call.legs.flatMap(({ channel, dropped, status }): readonly Effect[] =>
    (dropped !== undefined || status === 'ended') && present.includes(channel)
      ? [{ do: 'hangup', channel, q850: dropped ?? q850.normal }]
      : [],
  );
  const { channel, dropped } = call.caller;
  return dropped !== undefined && present.includes(channel)
    ? [...legs, { do: 'hangup', channel, q850: dropped }]
    : legs;
}

function progressTimer(call: Call): readonly Effect[] {
  const silent = liveLegs(call).some((leg) => ['creating', 'created', 'dialled'].includes(leg.status));
  const plan = ringPlanOf(call, call.attempt);
  if (!silent || plan === undefined) return [];
  return [{ do: 'start-timer', timer: 'progress', attempt: call.attempt, seconds: plan.progressWithin }];
}
