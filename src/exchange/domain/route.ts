import { assertNever } from '../../kernel/result.js';
import type { Reading } from '../../numbering/index.js';
import type { Origin } from './call.js';
import { calledParty } from './callee.js';
import { callingForRecord } from './calling.js';
import { q850 } from './causes.js';
import { inLine, type Onward, type Stop } from './course.js';
import type { Destination, RouteFacts } from './facts.js';
import { isVerified } from './identity.js';
import { calledOf, candidatesOf } from './route-account.js';
import { carrierLeads } from './route-carrier.js';
import { emergencyLeads, locationOf } from './route-emergency.js';
import { featureLeads } from './route-feature.js';
import { overLimit } from './route-limits.js';
import { memberLeads } from './route-member.js';
import { pstnLeads } from './route-pstn.js';
import { queueLeads } from './route-queue.js';
import { transferVerdict } from './route-transfer.js';
import { uriLeads } from './route-uri.js';
import { countedAgainst, languageOf, MOST_SECONDS } from './route-verdicts.js';
import type { Connect, Decision, Verdict } from './verdict.js';
import { type Considered, type Leads, refuse, type Walk } from './walk.js';

type TrunkOrigin = Extract<Origin, { kind: 'trunk' }>;

/** Where a call goes and how each leg is built, or why not. Pure: the same facts always give the same verdict. */
export function decideRoute(facts: RouteFacts): Decision {
  const considered: Considered[] = [];
  const leads = route({ facts, via: [], considered });
  const verdict = transferVerdict(facts, verdictOf(facts, leads));
  const called = calledOf(facts.reading);
  return {
    verdict,
    account: {
      reading: facts.reading.kind,
      ...(called === undefined ? {} : { called }),
      steps: facts.verdicts.map(({ step, outcome, text }) => ({ step, verdict: outcome, detail: text })),
      candidates: candidatesOf(considered, verdict.kind === 'connect' ? verdict.attempts : []),
    },
  };
}

function route(walk: Walk): Leads {
  const { facts } = walk;
  const { reading, origin } = facts;
  if (origin.kind === 'trunk' && isUnwelcome(origin, facts))
    return refuse('caller-unverified', q850.rejected);
  if (origin.kind === 'trunk' && !isOurs(reading)) return wall(reading);
  if (reading.kind === 'emergency') return emergencyLeads(walk, reading);
  const refusal = overLimit(facts);
  if (refusal !== undefined) return { refusal };
  if (reading.kind === 'feature') return featureLeads(walk, reading);
  // What is left to him are calls for help, and the services of his own telephone.
  if (facts.caller?.suspended === true) return refuse('suspended', q850.rejected);
  return follow(walk, facts, {});
}

/** A trunk that takes only verified callers takes none whom nobody looked at either. */
const isUnwelcome = ({ trunkId, identity }: TrunkOrigin, { network }: RouteFacts): boolean =>
  network.trunks.get(trunkId)?.verifies === 'reject' && !isVerified(identity);

/** Where a dialled string leads, the caller's own or one to which a member forwards his calls. */
function follow(walk: Walk, destination: Destination, onward: Onward): Leads {
  const { reading, callee } = destination;
  const party = calledParty(reading);
  if (party?.suspended === true) return refuse('number-suspended', q850.destinationOutOfOrder);
  if (party !== undefined)
    return queueLeads(walk.facts, party) ?? memberLeads(walk, callee, party, onward, follow);
  switch (reading.kind) {
    case 'pstn':
      return pstnLeads(walk, reading, onward);
    case 'carrier':
      return carrierLeads(walk, reading, onward);
    case 'uri':
      return uriLeads(walk, reading, destination.uri, onward);
    case 'unallocated':
      return refuse(reading.reason === 'no-branch' ? 'no-branch' : 'unallocated-number', reading.q850);
    case 'refused':
      return refuse(reading.reason === 'barred' ? 'barred' : 'invalid-number', reading.q850);
    // Nobody may have others' calls sent to the police, or to a service of his own telephone.
    case 'emergency':
    case 'feature':
      return refuse('not-allowed', q850.unallocated);
    case 'pin':
    case 'vns':
    case 'domain':
    case 'email':
      throw new Error(`a reading of kind ${reading.kind} has an owner`);
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
 * (404) for what is not ours and for what he may not reach. What a called member sends on is his own wish (`mayLeave`).
 */
const wall = (reading: Reading): Leads =>
  refuse(reading.kind === 'refused' ? 'invalid-number' : 'not-allowed', q850.unallocated);

function verdictOf(facts: RouteFacts, leads: Leads): Verdict {
  return 'refusal' in leads ? { ...leads.refusal, language: languageOf(facts) } : connect(facts, leads.start);
}

function connect(facts: RouteFacts, start: Stop): Connect {
  const emergency = facts.reading.kind === 'emergency';
  const calling = emergency ? locationOf(facts) : callingForRecord(facts);
  return {
    kind: 'connect',
    attempts: inLine(start),
    maxSeconds: MOST_SECONDS,
    emergency,
    called: canonicalCalled(facts),
    ...(calling === undefined ? {} : { calling }),
    language: languageOf(facts),
    limits: emergency ? {} : countedAgainst(facts),
  };
}

/** A member's number rather than the telephone number or address by which he was dialled. */
function canonicalCalled({ reading }: RouteFacts): string {
  return calledParty(reading)?.number ?? calledOf(reading) ?? '';
}
