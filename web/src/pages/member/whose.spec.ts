import { describe, expect, test } from '@jest/globals';
import { whoseOf } from './whose.js';

const words = { own: 'me', company: 'company' };
const values = (...given: Parameters<typeof whoseOf>) => whoseOf(...given).map(({ value }) => value);

describe('whose pages somebody sees', () => {
  test('a person sees his own; without a number, nobody’s', () => {
    expect(values({ memberId: 'm', companyId: null, roles: ['member'] }, [], words)).toEqual(['m']);
    expect(values({ memberId: null, companyId: null, roles: ['member'] }, [], words)).toEqual([]);
    expect(values(null, [], words)).toEqual([]);
  });
  test('an administrator sees the company, himself and the branches; who is none sees himself only', () => {
    const branch = [{ id: 'b', name: 'US' }];
    expect(
      values({ memberId: 'm', companyId: 'c', roles: ['company-admin', 'member'] }, branch, words),
    ).toEqual(['c', 'm', 'b']);
    expect(values({ memberId: 'm', companyId: 'c', roles: ['member'] }, [], words)).toEqual(['m']);
  });
});
