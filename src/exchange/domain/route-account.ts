import type { Reading } from '../../numbering/index.js';
import type { RouteAccount } from './call.js';
import type { AttemptPlan } from './verdict.js';
import type { Considered } from './walk.js';

/** The canonical called number of a reading, for the record; undefined for what could not be read. */
export function calledOf(reading: Reading): string | undefined {
  switch (reading.kind) {
    case 'emergency':
    case 'carrier':
      return reading.number;
    case 'pin':
    case 'vns':
      return reading.key;
    case 'pstn':
      return reading.e164;
    case 'domain':
      return reading.domain;
    case 'email':
      return reading.email;
    case 'uri':
      return reading.uri;
    case 'feature':
      return reading.code;
    default:
      return undefined;
  }
}

/** So many lines of a trace people read. */
const MOST_CANDIDATES = 24;

/** Every leg that was considered, in the order of the attempts, with what was thought of it: for the trace. */
export function candidatesOf(
  considered: readonly Considered[],
  attempts: readonly AttemptPlan[],
): RouteAccount['candidates'] {
  const legs = attempts.map((attempt) => (attempt.kind === 'ring' ? attempt.legs : []));
  const placed = considered.map((one) => ({ ...one, at: legs.findIndex((of) => of.includes(one.plan)) }));
  const ways = placed
    .toSorted((a, b) => placeOf(a.at) - placeOf(b.at))
    .map(({ plan, route, why, at }) => ({
      kind: plan.kind,
      target: plan.target,
      called: plan.called,
      ...(plan.calling.number === undefined ? {} : { calling: plan.calling.number }),
      ...(route === undefined ? {} : { costMicro: String(route.costMicro), currency: route.currency }),
      verdict: at < 0 ? (why ?? 'not tried') : `attempt ${at + 1}`,
    }));
  return [...ways, ...attempts.flatMap(queueCandidate)].slice(0, MOST_CANDIDATES);
}

function queueCandidate(attempt: AttemptPlan, at: number): RouteAccount['candidates'] {
  if (attempt.kind !== 'serve' || attempt.service.name !== 'queue') return [];
  const { to, visitor } = attempt.service;
  const target = 'queue' in to ? to.queue : to.extension;
  return [{ kind: 'queue', target, called: visitor.dialled, verdict: `attempt ${at + 1}` }];
}

const placeOf = (at: number): number => (at < 0 ? Number.MAX_SAFE_INTEGER : at);
