import { describe, expect, it } from '@jest/globals';
import { vns } from '../vectors/world.js';
import type { Branch } from './assignment.js';
import { chooseBranch } from './branch.js';

function company(home: string, branches: readonly Branch[]) {
  return { ...vns('62006200', home, []), branches };
}
const branch = (region: string, ccc: string, isDefault = false): Branch => ({
  id: region,
  region,
  ccc,
  isDefault,
});

const KR = branch('KR', '082', true);
const US = branch('US', '001', true);
const CA = branch('CA', '001');

describe('the branch that a company number rings', () => {
  const acme = company('KR', [KR, CA, US]);

  it.each<[string | undefined, string, string, string]>([
    ['082', 'US', 'KR', 'the only one under the code'],
    ['001', 'CA', 'CA', 'the caller’s region lies under the code'],
    ['001', 'KR', 'US', 'the default of the code'],
    ['001', 'JM', 'US', 'the default, the caller’s region having none'],
    [undefined, 'CA', 'CA', 'the caller’s region'],
    [undefined, 'JP', 'KR', 'home'],
    [undefined, 'JM', 'KR', 'home, even though the code has others'],
  ])('for %s from %s is %s: %s', (ccc, from, region) => {
    expect(chooseBranch(acme, ccc, from)?.region).toBe(region);
  });

  it('is none where the company has none', () => {
    expect(chooseBranch(acme, '081', 'JP')).toBeUndefined();
    expect(chooseBranch(company('KR', []), undefined, 'KR')).toBeUndefined();
  });

  it('is the only one under a code even if nobody said that it is the default, but none of two', () => {
    expect(chooseBranch(company('KR', [CA]), '001', 'KR')).toBe(CA);
    expect(chooseBranch(company('KR', [CA, { ...US, isDefault: false }]), '001', 'KR')).toBeUndefined();
  });

  it('is the home code’s default where the home region itself has none', () => {
    expect(chooseBranch(company('CA', [KR, US]), undefined, 'JP')).toBe(US);
  });
});
