import { assertNever } from '../../kernel/result.js';
import type { Reading } from '../../numbering/index.js';
import { q850 } from './causes.js';
import type { RouteFacts } from './facts.js';
import { calledOf } from './route-account.js';
import { emergencyLegs } from './route-emergency.js';
import { memberAttempt } from './route-member.js';
import { pstnAttempts } from './route-pstn.js';
import { no, type Routed } from './route-verdicts.js';
import type { Decision } from './verdict.js';

/** Where a call goes and how each leg is built, or why not. Pure: the same facts always give the same verdict. */
export function decideRoute(facts: RouteFacts): Decision {
  const { verdict, candidates } = route(facts);
  const called = calledOf(facts.reading);
  return {
    verdict,
    account: {
      reading: facts.reading.kind,
      ...(called === undefined ? {} : { called }),
      steps: facts.verdicts.map(({ step, outcome, text }) => ({ step, verdict: outcome, detail: text })),
      candidates,
    },
  };
}

function route(facts: RouteFacts): Routed {
  const { reading, origin } = facts;
  if (origin.kind === 'trunk' && !isOurs(reading)) return wall(facts);
  switch (reading.kind) {
    case 'emergency':
      return emergencyLegs(facts, reading);
    case 'pin':
    case 'vns':
    case 'domain':
    case 'email':
      return memberAttempt(facts, calledOf(reading) ?? '');
    case 'pstn':
      return reading.holder === undefined
        ? pstnAttempts(facts, reading.e164)
        : memberAttempt(facts, reading.holder.key);
    case 'unallocated':
      return no(facts, 'unallocated-number', reading.q850);
    case 'refused':
      return no(facts, reading.reason === 'barred' ? 'barred' : 'invalid-number', reading.q850);
    case 'feature':
    case 'carrier':
    case 'uri':
      return no(facts, 'no-route', q850.noRoute);
    default:
      return assertNever(reading);
  }
}

/** What a trunk may reach: our own numbers, and E.164 numbers that are a member's. */
function isOurs(reading: Reading): boolean {
  switch (reading.kind) {
    case 'pin':
    case 'vns':
      return true;
    case 'pstn':
      return reading.holder !== undefined;
    default:
      return false;
  }
}

/**
 * The toll-fraud wall: a call from a trunk never reaches an outbound route, whatever it dials. A stranger is told the same
 * (404) for what is not ours and for what he may not reach.
 */
const wall = (facts: RouteFacts): Routed =>
  no(facts, facts.reading.kind === 'refused' ? 'invalid-number' : 'not-allowed', q850.unallocated);
