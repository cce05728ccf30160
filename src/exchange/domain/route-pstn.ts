import { longestPrefix } from '../../kernel/prefix-table.js';
import { switchNumber } from '../../numbering/index.js';
import { callingForRecord, callingOnTrunk } from './calling.js';
import { q850 } from './causes.js';
import type { RouteFacts } from './facts.js';
import { huntingOn } from './hunt.js';
import type { Route, Trunk } from './network.js';
import { candidate } from './route-account.js';
import { countedAgainst, languageOf, MOST_SECONDS, no, notNow, type Routed } from './route-verdicts.js';
import { spread } from './spread.js';
import type { AttemptPlan, Calling, LegPlan } from './verdict.js';

const MOST_ATTEMPTS = 4;
const RING_SECONDS = 120;
/** Between "trying" and the first sign of a called party abroad; a gateway that is dead is found after timer B (8 s). */
const PROGRESS_SECONDS = 20;

/** The routes to a number, one attempt each, every one converted anew from the canonical number. */
export function pstnAttempts(facts: RouteFacts, e164: string): Routed {
  if (facts.origin.kind === 'member' && facts.caller === undefined) {
    return notNow(facts, 'directory-away', q850.congestion);
  }
  const routes = spread(longestPrefix(facts.network.routes, e164.slice(1)) ?? [], facts.dice);
  const legs = routes.map((route) => ({ route, plan: trunkLeg(route, e164, facts) }));
  const candidates = legs.map(({ route, plan }, at) =>
    candidate(plan, at < MOST_ATTEMPTS ? `attempt ${at + 1}` : 'not tried', route),
  );
  if (legs.length === 0) return no(facts, 'no-route', q850.noRoute);
  const calling = callingForRecord(facts);
  return {
    verdict: {
      kind: 'connect',
      attempts: inTurn(legs.slice(0, MOST_ATTEMPTS).map(({ plan }) => plan)),
      maxSeconds: MOST_SECONDS,
      emergency: false,
      called: e164,
      language: languageOf(facts),
      limits: countedAgainst(facts),
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

/** One attempt each; the network's trouble leads on to the next. */
export const inTurn = (legs: readonly LegPlan[]): readonly AttemptPlan[] =>
  legs.map((plan, at) => ({
    kind: 'ring',
    legs: [plan],
    answerWithin: RING_SECONDS,
    progressWithin: PROGRESS_SECONDS,
    after: huntingOn('trunk', at + 1 < legs.length ? at + 2 : undefined),
  }));
