import { setTimeout as pause } from 'node:timers/promises';

/**
 * Looks again every 20 ms until `look` gives something. A bench watches programs that announce nothing (SIPp's socket,
 * Asterisk's channels), so it has to ask.
 * @throws when `seconds` have passed: a part that does not come up ends the run.
 */
export async function until<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await pause(20);
  }
}
