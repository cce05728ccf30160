import { callingForRecord, callingToMember } from './calling.js';
import { q850 } from './causes.js';
import type { RouteFacts } from './facts.js';
import { candidate } from './route-account.js';
import { countedAgainst, languageOf, MOST_SECONDS, no, notNow, type Routed } from './route-verdicts.js';
import type { LegPlan } from './verdict.js';

const RING_SECONDS = 45;
/** A registered phone answers in milliseconds; one whose contact is stale never does (Asterisk gives up after timer B, 8 s). */
const PROGRESS_SECONDS = 12;

/** All devices of the member at once, but for the one that calls. */
export function memberAttempt(facts: RouteFacts, called: string): Routed {
  const { callee, origin } = facts;
  if (callee === undefined) return notNow(facts, 'directory-away', q850.congestion);
  if (!callee.active) return no(facts, 'unallocated-number', q850.unallocated);
  const calling = callingToMember(facts);
  const legs = callee.devices
    .filter((device) => origin.kind !== 'member' || device !== origin.username)
    .map(
      (device): LegPlan => ({ kind: 'device', target: device, endpoint: `PJSIP/${device}`, called, calling }),
    );
  const candidates = legs.map((leg) => candidate(leg, 'rung'));
  if (legs.length === 0) return no(facts, 'no-device', q850.absent);
  const shown = callingForRecord(facts);
  return {
    verdict: {
      kind: 'connect',
      attempts: [
        { kind: 'ring', legs, answerWithin: RING_SECONDS, progressWithin: PROGRESS_SECONDS, after: {} },
      ],
      maxSeconds: MOST_SECONDS,
      emergency: false,
      called,
      language: languageOf(facts),
      limits: countedAgainst(facts),
      ...(shown === undefined ? {} : { calling: shown }),
    },
    candidates,
  };
}
