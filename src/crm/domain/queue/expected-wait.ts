/** So many talks say how long one takes. */
const MOST_TALKS = 50;
/** Before anybody has talked. */
const FIRST_MS = 180_000;

/**
 * How long somebody at this place will wait: all before him, and he, are taken one after the other by those who are logged in, as long each
 * as the latest talks took (median, wrap-up included). Undefined where nobody is there to take anybody.
 * @param position counted from 1.
 */
export function expectedWaitMs(
  position: number,
  agents: number,
  talksMs: readonly number[],
): number | undefined {
  if (agents <= 0) return undefined;
  const latest = talksMs.slice(-MOST_TALKS).toSorted((a, b) => a - b);
  const each = latest[Math.floor(latest.length / 2)] ?? FIRST_MS;
  return Math.round((position * each) / agents);
}
