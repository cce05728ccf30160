import type { RouteFacts } from './facts.js';
import type { CountedAgainst } from './verdict.js';

/** The longest that one call may last without anybody's renewing it: a forgotten handset must not talk for days. */
export const MOST_SECONDS = 4 * 3_600;

const spokenIn: Readonly<Record<string, string>> = { KR: 'ko', KP: 'ko', JP: 'ja' };

/** The caller's own language, else that of the country he calls from (BCP 47). */
export const languageOf = ({ origin, caller }: Pick<RouteFacts, 'origin' | 'caller'>): string =>
  caller?.language ?? spokenIn[origin.country] ?? 'en';

export function countedAgainst({ origin }: RouteFacts): CountedAgainst {
  if (origin.kind === 'trunk') return {};
  const { memberId: member } = origin;
  return origin.kind === 'member' ? { member, device: origin.deviceId } : { member };
}
