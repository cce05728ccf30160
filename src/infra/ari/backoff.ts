export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Milliseconds before attempt `attempt` (0 = first retry): doubles up to the cap; half of it is random so that nodes don't knock in step. */
export function waitBefore(
  attempt: number,
  { firstMs, maxMs }: BackOff,
  random: () => number = Math.random,
): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
  return full / 2 + (full / 2) * random();
}
