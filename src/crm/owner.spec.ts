import { describe, expect, it } from '@jest/globals';
import { HOUSE, seenBy } from './owner.js';

const company = '01990000-0000-7000-8000-000000000001';

describe('whose rows somebody sees', () => {
  it.each([
    ['the operator sees all', null, ['operator'], { only: null, own: HOUSE }],
    ['an agent of the house sees the house', null, ['agent'], { only: HOUSE, own: HOUSE }],
    ['an agent of a company sees the company', company, ['agent'], { only: company, own: company }],
    [
      'a company never sees more, whatever else its people are',
      company,
      ['operator', 'agent'],
      { only: company, own: company },
    ],
    ['a company admin without a company sees nothing', null, ['company-admin'], undefined],
    ['a member sees nothing', null, ['member'], undefined],
  ] as const)('%s', (_, companyId, roles, seen) => {
    expect(seenBy({ companyId, roles })).toEqual(seen);
  });
});
