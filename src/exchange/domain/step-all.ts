import { type Call, legOf } from './call.js';
import type { CallEvent, TimerName } from './call-event.js';
import type { CallState } from './call-states.js';
import type { Effect } from './effect.js';
import { step } from './step.js';
import type { Step } from './step-result.js';

/**
 * Takes several events at once, as the recovery finds them: what one of them asks for and a later one shows to be over
 * is not done (a leg of the past must not be rung again), and only the last state is saved.
 */
export function stepAll(call: Call, events: readonly CallEvent[]): Step {
  const effects: Effect[] = [];
  let now = call;
  for (const event of events) {
    const next = step(now, event);
    now = next.call;
    effects.push(...next.effects);
  }
  return { call: now, effects: events.length > 1 ? stillWanted(now, effects) : effects };
}

function stillWanted(call: Call, effects: readonly Effect[]): readonly Effect[] {
  const lastSave = effects.findLastIndex((effect) => effect.do === 'save');
  return effects.filter((effect, at) => {
    switch (effect.do) {
      case 'save':
        return at === lastSave || effect.afterwards !== undefined;
      case 'create-leg':
        // A leg that was seen meanwhile, alive or gone, is not made a second time.
        return legOf(call, effect.leg.channel)?.status === 'creating';
      case 'dial':
        // One that rings or was answered meanwhile was dialled.
        return legOf(call, effect.leg)?.status === 'dialled' && wanted(call, effect.leg);
      case 'join':
        return wanted(call, effect.leg);
      case 'probe':
        return wanted(call, effect.leg);
      case 'announce':
        return call.state === 'refusing';
      case 'take':
        return call.state === 'serving' && call.answeredAt === undefined;
      case 'serve':
        return call.state === 'serving' || (call.state === 'talking' && call.order !== undefined);
      case 'start-timer':
        return timed[effect.timer].includes(call.state);
      default:
        return true;
    }
  });
}

/** The states in which a timer means anything. */
const timed: { readonly [T in TimerName]: readonly CallState[] } = {
  progress: ['preparing', 'dialling', 'ringing', 'early'],
  wake: ['preparing', 'dialling', 'ringing', 'early'],
  silent: ['preparing', 'dialling', 'ringing', 'early'],
  cap: ['talking'],
  warn: ['talking'],
  answer: ['serving'],
  announcement: ['refusing'],
  clearing: ['clearing'],
};

const wanted = (call: Call, channel: string): boolean => {
  const leg = legOf(call, channel);
  return leg !== undefined && leg.status !== 'ended' && leg.dropped === undefined;
};
