import { q850 } from './causes.js';
import type { RouteFacts } from './facts.js';
import { isFull } from './route-trunk.js';
import { notNow, type Refusal, refuse } from './walk.js';

/**
 * Whether the caller may begin one more call: a member by his own limits or the operator's for everybody (486), a trunk by
 * its own (503: its network may try elsewhere). Counted from the calls that are open, so nothing can drift.
 */
export function overLimit(facts: RouteFacts): Refusal | undefined {
  const { origin, caller, memberLimits, load, network } = facts;
  if (origin.kind === 'trunk') {
    const trunk = network.trunks.get(origin.trunkId);
    return trunk !== undefined && isFull(trunk, facts) ? TRUNK_FULL : undefined;
  }
  const most = caller?.settings.maxCalls ?? memberLimits.calls;
  const fastest = caller?.settings.maxCallsPerSecond ?? memberLimits.callsPerSecond;
  const over =
    (most !== null && load.calls('member', origin.memberId) >= most) ||
    (fastest !== null && load.perSecond('member', origin.memberId) >= fastest) ||
    (origin.kind === 'member' && load.calls('device', origin.username) >= MOST_OF_ONE_DEVICE);
  return over ? TOO_MANY : undefined;
}

/** A telephone has a few lines; hundreds of calls at once from one account are a stolen secret. */
export const MOST_OF_ONE_DEVICE = 20;

const refusalOf = (leads: ReturnType<typeof refuse>): Refusal => {
  if ('start' in leads) throw new Error('a refusal leads nowhere');
  return leads.refusal;
};
const TOO_MANY = refusalOf(refuse('too-many-calls', q850.busy));
const TRUNK_FULL = refusalOf(notNow('trunks-busy', q850.congestion));
