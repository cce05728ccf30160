/** Seconds between one attempt and the next: soon at first, up to a day; about two and a half days in all. */
const WAITS = [
  5,
  30,
  120,
  600,
  1_800,
  3_600,
  3 * 3_600,
  6 * 3_600,
  12 * 3_600,
  24 * 3_600,
  24 * 3_600,
] as const;

/** How long after its `attempts`-th failure a message is tried again; undefined: it is given up. `random`: 0 up to 1. */
export function waitSeconds(attempts: number, random: number): number | undefined {
  const wait = WAITS[attempts - 1];
  // Half of it by chance, so that a server that comes back is not met by everybody at once; never more than a day.
  return wait === undefined ? undefined : Math.max(1, Math.round(wait * (0.5 + random / 2)));
}

/** An endpoint that has taken nothing for so long is disabled. */
export const DISABLE_AFTER_DAYS = 5;
/** For how long the secret before still signs, too. */
export const OVERLAP_HOURS = 24;

export const webhookEvents = [
  'call.ended',
  'order.changed',
  'payment.settled',
  'number.assigned',
  'voicemail.left',
  'case.changed',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];
