import type { Machine } from './machine.js';
import type { ServiceEffect } from './service-effect.js';
import type { ServiceEvent } from './service-event.js';

/** Tells a machine one event after the other; returns where it is and what it wanted done last. */
export function told<State extends { readonly at: string }>(
  machine: Machine<State>,
  ...events: readonly ServiceEvent[]
): { readonly at: State['at']; readonly state: State; readonly effects: readonly ServiceEffect[] } {
  let step = machine.begin();
  for (const event of events) step = machine.step(step.state, event);
  return { at: step.state.at, state: step.state, effects: step.effects };
}

export const played: ServiceEvent = { type: 'played', failed: false };
export const recorded: ServiceEvent = { type: 'recorded', failed: false };
export const timeout: ServiceEvent = { type: 'timeout' };
export const done: ServiceEvent = { type: 'done' };
export const failed: ServiceEvent = { type: 'failed' };
export const key = (digit: string): ServiceEvent => ({ type: 'digit', digit });
export const keys = (digits: string): readonly ServiceEvent[] => [...digits].map(key);

/** Names of what is to be heard, in order. */
export const heard = (effects: readonly ServiceEffect[]): readonly string[] =>
  effects.flatMap((effect) =>
    effect.do === 'play' ? effect.media.map((uri) => uri.replace('sound:anydial/', '')) : [],
  );
