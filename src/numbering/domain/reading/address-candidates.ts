import { type Address, sipUserAtHost } from '../input/address.js';
import { readDial } from '../input/input.js';
import type { Plan } from '../plan/plan.js';
import type { CallerContext } from './caller.js';
import type { Candidate, Candidates } from './candidate.js';
import { dialCandidates } from './dial-candidates.js';
import { verdict } from './verdict.js';

/** Step 6, and what an address turns into: a dial string at our own domain, a user of a carrier. */
export function addressCandidates(
  raw: string,
  address: Address,
  caller: CallerContext,
  plan: Plan,
): Candidates {
  const { user, host, scheme } = address;
  if (user !== undefined && plan.ownDomains.has(host)) {
    const dial = readDial(user.folded);
    if (dial.kind === 'dial') return dialCandidates(raw, dial, caller, plan);
  }
  const list: Candidate[] = [];
  const carrierId = user === undefined || scheme === 'mailto' ? undefined : plan.carriers.byDomain.get(host);
  if (carrierId !== undefined)
    list.push({ step: 'carrier', kind: 'carrier', carrierId, number: sipUserAtHost(address) });
  list.push(
    user === undefined
      ? { step: 'address', kind: 'domain', domain: host }
      : { step: 'address', kind: 'email', email: `${user.folded}@${host}` },
  );
  if (scheme !== 'mailto' && !plan.ownDomains.has(host)) {
    list.push({ step: 'address', kind: 'uri', address, allowed: plan.config.foreignSip });
  }
  const text = user === undefined ? `the domain ${host}` : `the address ${user.folded}@${host}`;
  return { raw, caller, list, misses: [verdict('input', 'understood', 'input.address', text)] };
}
