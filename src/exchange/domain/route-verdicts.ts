import type { RefusalReason, RouteAccount } from './call.js';
import type { RouteFacts } from './facts.js';
import type { CountedAgainst, Verdict } from './verdict.js';

/** The longest that one call may last without anybody's renewing it: a forgotten handset must not talk for days. */
export const MOST_SECONDS = 4 * 3_600;

type Candidates = RouteAccount['candidates'];

/** A verdict, and the legs that were considered for it. */
export interface Routed {
  readonly verdict: Verdict;
  readonly candidates: Candidates;
}

const spokenIn: Readonly<Record<string, string>> = { KR: 'ko', JP: 'ja' };

/** The language of the country he calls from (BCP 47). */
export const languageOf = ({ origin }: Pick<RouteFacts, 'origin'>): string =>
  spokenIn[origin.country] ?? 'en';

export const countedAgainst = ({ origin }: RouteFacts): CountedAgainst =>
  origin.kind === 'member' ? { member: origin.memberId, device: origin.deviceId } : {};

export const no = (facts: RouteFacts, reason: RefusalReason, q850: number): Routed => ({
  verdict: { kind: 'refuse', reason, q850, language: languageOf(facts) },
  candidates: [],
});

export const notNow = (facts: RouteFacts, reason: RefusalReason, q850: number): Routed => ({
  verdict: { kind: 'unavailable', reason, q850, language: languageOf(facts) },
  candidates: [],
});
