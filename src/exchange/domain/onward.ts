import type { Outcome } from './causes.js';
import type { Onward, RingStop, Stop } from './course.js';
import { hunted } from './hunt.js';

/** The party was not reached by this way: he is looked for elsewhere. A person who is busy or said no is not. */
const NOT_REACHED: readonly Outcome[] = [...hunted.device, 'no-answer'];

/** After everything that leaves the person untold, that stop; everything else as before. */
export const lookingOn = (onward: Onward, next: Stop | undefined): Onward => after(onward, NOT_REACHED, next);

/** One stop after the other, each for the case of trouble with the one before; the last goes on as told. */
export function inTurn(stops: readonly Omit<RingStop, 'onward'>[], onward: Onward): RingStop | undefined {
  let next: RingStop | undefined;
  for (const stop of stops.toReversed()) next = { ...stop, onward: after(onward, hunted.trunk, next) };
  return next;
}

function after(onward: Onward, outcomes: readonly Outcome[], next: Stop | undefined): Onward {
  if (next === undefined) return onward;
  return { ...onward, ...Object.fromEntries(outcomes.map((outcome) => [outcome, next])) };
}
