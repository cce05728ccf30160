import type { Assignment } from '../own/assignment.js';
import type { Found } from '../reading/directory.js';
import { cccOfRegion, regionsOf } from '../telephone/country-codes.js';

/**
 * A directory in which every conceivable number of ours is sold, with a branch under every code: whatever could be read
 * as ours, is. The hardest world for the promise that ours hide nothing.
 */
export const EVERYTHING_SOLD: Found = {
  assignments: everyKey(soldNumber),
  shadows: new Map(),
  domains: new Map(),
  emails: new Map(),
};

function everyKey(make: (key: string) => Assignment): ReadonlyMap<string, Assignment> {
  const map = new Map<string, Assignment>();
  map.get = make;
  map.has = () => true;
  return map;
}

const BRANCHES = ['KR', 'US', 'JP', 'DE', 'GB', 'FR'].map((region) => {
  return { id: region, region, ccc: cccOfRegion(region) ?? '', isDefault: true };
});

function soldNumber(key: string): Assignment {
  const sold = { id: key, key, holderId: key, shadows: [] };
  if (key.endsWith('#')) return { ...sold, kind: 'vns', ccc: '082', region: 'KR', branches: BRANCHES };
  const ccc = key.slice(-3);
  return { ...sold, kind: 'pin', ccc, region: regionsOf(ccc)[0] ?? '', identification: true };
}
