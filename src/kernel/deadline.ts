import { type Clock, systemClock } from './clock.js';

/** The promise's outcome, or an error once `ms` have passed. It can't stop the work: only the waiting ends. */
export function withDeadline<T>(work: Promise<T>, ms: number, clock: Clock = systemClock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error(`no answer within ${ms} ms`)));
    work.then(resolve, reject).finally(cancel);
  });
}
