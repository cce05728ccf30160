import { q850 } from './causes.js';
import type { Onward } from './course.js';
import { inTurn } from './onward.js';
import { isCallerUnknown } from './route-pstn.js';
import { isFull, trunkLeg, trunkStop } from './route-trunk.js';
import type { Trunk } from './trunk.js';
import { type Leads, mayLeave, notNow, refuse, type Walk } from './walk.js';

/** To a number of ours that lives at a partner's centre: over its trunk as the number itself, whatever form telephones have there. */
export function centreLeads(walk: Walk, trunk: Trunk, number: string, onward: Onward): Leads {
  if (!mayLeave(walk)) return refuse('not-allowed', q850.unallocated);
  if (isCallerUnknown(walk.facts)) return notNow('directory-away', q850.congestion);
  const plan = trunkLeg(walk, { trunk, called: number });
  if (isFull(trunk, walk.facts)) {
    walk.considered.push({ plan, why: 'carries as many calls as it may' });
    return notNow('trunks-busy', q850.congestion);
  }
  walk.considered.push({ plan });
  const start = inTurn([trunkStop(walk, trunk, plan)], onward);
  return start === undefined ? refuse('no-route', q850.noRoute) : { start };
}
