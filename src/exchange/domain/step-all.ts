import { type Call, legOf } from './call.js';
import type { CallEvent } from './call-event.js';
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
        return at === lastSave;
      case 'create-leg':
        // A leg that was seen meanwhile, alive or gone, is not made a second time.
        return legOf(call, effect.leg.channel)?.status === 'creating';
      case 'dial':
      case 'join':
        return wanted(call, effect.leg);
      case 'start-timer':
        return call.state !== 'ended' && (effect.timer === 'clearing') === (call.state === 'clearing');
      default:
        return true;
    }
  });
}

const wanted = (call: Call, channel: string): boolean => {
  const leg = legOf(call, channel);
  return leg !== undefined && leg.status !== 'ended' && leg.dropped === undefined;
};
