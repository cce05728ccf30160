import type { Reading } from '../../numbering/index.js';
import type { RouteAccount } from './call.js';
import type { Route } from './network.js';
import type { LegPlan } from './verdict.js';

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

/** One line of the trace: a leg that was considered and what was thought of it. */
export function candidate(plan: LegPlan, verdict: string, route?: Route): RouteAccount['candidates'][number] {
  return {
    kind: plan.kind,
    target: plan.target,
    called: plan.called,
    ...(plan.calling.number === undefined ? {} : { calling: plan.calling.number }),
    ...(route === undefined ? {} : { costMicro: String(route.costMicro), currency: route.currency }),
    verdict,
  };
}
