import { type Call, type Leg, withLeg } from './call.js';
import type { Effect, SaveHow } from './effect.js';

/** What a call becomes, and what is to be done. */
export interface Step {
  readonly call: Call;
  readonly effects: readonly Effect[];
}

export const still = (call: Call): Step => ({ call, effects: [] });

/** One step after another: the second sees the first's call, effects add up in order. */
export function then(first: Step, next: (call: Call) => Step): Step {
  const second = next(first.call);
  return { call: second.call, effects: [...first.effects, ...second.effects] };
}

/** Counts the record's version up and asks for the save; always the last word of a step. */
export const saving = (call: Call, how: SaveHow): Step => ({
  call: { ...call, version: call.version + 1 },
  effects: [{ do: 'save', how }],
});

/** Nothing of a step is done before it is saved: what Asterisk has done of it a crash can not make us forget. */
export const savedFirst = ({ call, effects }: Step): Step => ({
  call: { ...call, version: call.version + 1 },
  effects: [{ do: 'save', how: 'or-journal', afterwards: effects }],
});

/** Gives a leg up. A leg whose channel does not exist yet is hung up when it comes: a hang-up must never overtake its creation. */
export function dropLeg(call: Call, leg: Leg, q850: number): Step {
  if (leg.status === 'ended' || leg.dropped !== undefined) return still(call);
  if (leg.waits !== undefined) {
    const never: Leg = { ...leg, status: 'ended', dropped: q850, q850, endedAt: call.seenAt };
    return still(withLeg(call, never));
  }
  const dropped = withLeg(call, { ...leg, dropped: q850 });
  return leg.status === 'creating'
    ? still(dropped)
    : { call: dropped, effects: [{ do: 'hangup', channel: leg.channel, q850 }] };
}

export const dropLegs = (call: Call, legs: readonly Leg[], q850: number): Step =>
  legs.reduce<Step>((step, leg) => then(step, (next) => dropLeg(next, leg, q850)), still(call));
