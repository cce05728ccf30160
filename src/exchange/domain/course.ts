import type { Outcome } from './causes.js';
import type { AttemptPlan, RingAttempt, ServeAttempt } from './verdict.js';

/**
 * One stop on a call's course, and which stop follows which outcome. Built from the end to the beginning, so a course has
 * no circles.
 */
export type Stop = RingStop | ServeAttempt;

export interface RingStop extends Omit<RingAttempt, 'after'> {
  readonly onward: Onward;
}

export type Onward = { readonly [O in Outcome]?: Stop };

/** More stops than that no caller waits for; what would come after them is left out. */
const MOST_STOPS = 24;

/** The stops as a verdict lists them: the first is where the call begins, each later than all that lead to it. */
export function inLine(start: Stop): readonly AttemptPlan[] {
  const line = ordered(start).slice(0, MOST_STOPS);
  const places = new Map(line.map((stop, at) => [stop, at + 1]));
  return line.map((stop): AttemptPlan => {
    if (stop.kind === 'serve') return stop;
    const { onward, ...ring } = stop;
    const after: { [O in Outcome]?: number } = {};
    for (const [outcome, next] of nexts(onward)) {
      const place = places.get(next);
      if (place !== undefined) after[outcome] = place;
    }
    return { ...ring, after };
  });
}

/** Reverse postorder: a stop comes before everything that it leads to. */
function ordered(start: Stop): readonly Stop[] {
  const seen = new Set<Stop>();
  const backwards: Stop[] = [];
  const visit = (stop: Stop): void => {
    if (seen.has(stop)) return;
    seen.add(stop);
    // What is visited last comes next in line: another way of the same kind, before what happens after all of them.
    if (stop.kind === 'ring') for (const [, next] of nexts(stop.onward)) visit(next);
    backwards.push(stop);
  };
  visit(start);
  return backwards.toReversed();
}

const nexts = (onward: Onward): readonly (readonly [Outcome, Stop])[] =>
  (Object.keys(onward) as Outcome[]).flatMap((outcome) => {
    const next = onward[outcome];
    return next === undefined ? [] : [[outcome, next] as const];
  });
