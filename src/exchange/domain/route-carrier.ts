import { q850 } from './causes.js';
import type { Onward } from './course.js';
import { inTurn } from './onward.js';
import { isCallerUnknown } from './route-pstn.js';
import { isFull, trunkLeg, trunkStop } from './route-trunk.js';
import { type Leads, mayLeave, notNow, refuse, type Walk } from './walk.js';

interface CarrierCall {
  readonly carrierId: string;
  /** As that carrier's own number system has it: never converted. */
  readonly number: string;
  readonly ringSeconds?: number;
}

/** To another company's number: over its trunk, as it is. */
export function carrierLeads(
  walk: Walk,
  { carrierId, number, ringSeconds }: CarrierCall,
  onward: Onward,
): Leads {
  const { facts, considered } = walk;
  if (!mayLeave(walk)) return refuse('not-allowed', q850.unallocated);
  if (isCallerUnknown(facts)) return notNow('directory-away', q850.congestion);
  const trunk = facts.network.carriers.get(carrierId);
  if (trunk === undefined) return refuse('no-route', q850.noRoute);
  // `alice@carrier.example`: the trunk is that carrier's domain already.
  const plan = trunkLeg(walk, { trunk, called: number.replace(/@.*$/s, '') });
  if (isFull(trunk, facts)) {
    considered.push({ plan, why: 'carries as many calls as it may' });
    return notNow('trunks-busy', q850.congestion);
  }
  considered.push({ plan });
  const start = inTurn([trunkStop(walk, trunk, plan, ringSeconds)], onward);
  return start === undefined ? refuse('no-route', q850.noRoute) : { start };
}
