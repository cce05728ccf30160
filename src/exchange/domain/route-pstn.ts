import { longestPrefix } from '../../kernel/prefix-table.js';
import { switchNumber } from '../../numbering/index.js';
import { callingForRecord, callingOnTrunk } from './calling.js';
import { q850 } from './causes.js';
import type { RouteFacts } from './facts.js';
import type { Route, Trunk } from './network.js';
import { candidate } from './route-account.js';
import { MOST_SECONDS, no, notNow, type Routed } from './route-verdicts.js';
import { spread } from './spread.js';
import type { AttemptPlan, Calling, LegPlan } from './verdict.js';

const MOST_ATTEMPTS = 4;
const RING_SECONDS = 120;
/** Between "trying" and the first sign of a called party abroad; a gateway that is dead is found after timer B (8 s). */
const PROGRESS_SECONDS = 20;

/** The routes to a number, one attempt each, every one converted anew from the canonical number. */
export function pstnAttempts(facts: RouteFacts, e164: string): Routed {
  if (facts.origin.kind === 'member' && facts.caller === undefined) {
    return notNow('directory-away', q850.congestion);
  }
  const routes = spread(longestPrefix(facts.network.routes, e164.slice(1)) ?? [], facts.dice);
  const legs = routes.map((route) => ({ route, plan: trunkLeg(route, e164, facts) }));
  const candidates = legs.map(({ route, plan }, at) =>
    candidate(plan, at < MOST_ATTEMPTS ? `attempt ${at + 1}` : 'not tried', route),
  );
  if (legs.length === 0) return no('no-route', q850.noRoute);
  const calling = callingForRecord(facts);
  return {
    verdict: {
      kind: 'connect',
      attempts: legs.slice(0, MOST_ATTEMPTS).map(({ plan }) => onTrunk(plan)),
      maxSeconds: MOST_SECONDS,
      emergency: false,
      called: e164,
      ...(calling === undefined ? {} : { calling }),
    },
    candidates,
  };
}

function trunkLeg({ trunk }: Route, e164: string, facts: RouteFacts): LegPlan {
  const called = switchNumber({ kind: 'e164', e164 }, trunk.calledFormat, trunk.country) ?? e164;
  return legOnTrunk(trunk, called, callingOnTrunk(facts, trunk));
}

export const legOnTrunk = (trunk: Trunk, called: string, calling: Calling): LegPlan => ({
  kind: 'trunk',
  target: trunk.id,
  endpoint: `PJSIP/${called}@${trunk.id}`,
  called,
  calling,
});

export const onTrunk = (plan: LegPlan): AttemptPlan => ({
  legs: [plan],
  answerWithin: RING_SECONDS,
  progressWithin: PROGRESS_SECONDS,
});
