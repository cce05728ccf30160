import type { Call, Ending, EndReason } from './call.js';
import { spokenLanguageOf } from './language.js';

/** Names of prompts (asterisk/sounds/prompts), each spoken in every language. */
export const announcements = [
  'service-away',
  'unallocated',
  'incomplete',
  'no-branch',
  'unreachable',
  'declined',
  'no-route',
  'barred',
  'no-credit',
  'too-many-calls',
  'suspended',
  'out-of-service',
] as const;
export type Announcement = (typeof announcements)[number];

/**
 * What a caller is told before the cause. Busy and no answer stay bare causes: every telephone has a tone of its own for them.
 * With the house full, a recorded voice would only fill it more.
 */
const told: { readonly [R in EndReason]?: Announcement } = {
  unallocated: 'unallocated',
  'unallocated-number': 'unallocated',
  'invalid-number': 'incomplete',
  'no-branch': 'no-branch',
  unreachable: 'unreachable',
  'no-device': 'unreachable',
  declined: 'declined',
  'do-not-disturb': 'declined',
  congestion: 'no-route',
  unacceptable: 'no-route',
  failed: 'no-route',
  'no-route': 'no-route',
  'trunks-busy': 'no-route',
  'no-sip-service': 'no-route',
  'address-forbidden': 'barred',
  barred: 'barred',
  'no-credit': 'no-credit',
  'no-tariff': 'no-route',
  'too-many-calls': 'too-many-calls',
  suspended: 'suspended',
  'number-suspended': 'out-of-service',
  'caller-unknown': 'suspended',
  'directory-away': 'service-away',
  'billing-away': 'service-away',
  'not-recorded': 'service-away',
  'no-bridge': 'service-away',
};

/**
 * What is said to the caller of an ending call, if anything. Members are told in words; another network's caller gets the cause
 * alone, which his own network says in his language; so does somebody put through by a transfer, who was answered long ago. Whoever heard the far network's voice already is not told twice, and a
 * call for help is never held up.
 */
export function announcementOf(call: Call, ending: Pick<Ending, 'reason'>): Announcement | undefined {
  const { origin, caller, answeredAt, borrowed, plan, state } = call;
  const waits = caller.endedAt === undefined && answeredAt === undefined && borrowed === undefined;
  const listens = waits && state !== 'early';
  if (!listens || origin.kind !== 'member' || plan?.emergency === true) return undefined;
  return told[ending.reason];
}

/** The sound's place below Asterisk's folder of the caller's language, as ARI names media, and that language. */
export const soundOf = (name: Announcement | 'one-minute-left'): string => `sound:anydial/${name}`;

export const languageOfCaller = (call: Call): string => spokenLanguageOf(call.language ?? 'en');
