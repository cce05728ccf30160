import { describe, expect, it } from '@jest/globals';
import { calleeWith, factsOf, kim } from './route.fixture.js';
import { decideRoute } from './route.js';

const outside = '0262001234';
const verdictOf = (dialled: string, more: Parameters<typeof factsOf>[1]) =>
  decideRoute(factsOf(dialled, more)).verdict;
const fromTrunk = { transferred: { fromTrunk: true } };
const fromMember = { transferred: { fromTrunk: false } };
const forbids = calleeWith(kim, { transferOut: false });

describe('a transfer goes where the transferor could have called', () => {
  it.each([
    ['a caller from a trunk to the outside, where the member allows it', outside, fromTrunk],
    [
      'a caller from a trunk to a member, though he may not go out',
      '0262006200',
      { ...fromTrunk, caller: forbids },
    ],
    ['a member to the outside, though trunks’ callers may not', outside, { ...fromMember, caller: forbids }],
  ])('%s', (_, dialled, more) => {
    expect(verdictOf(dialled, more).kind).toBe('connect');
  });
});

describe('a transfer is refused', () => {
  it('to the outside, for a caller from a trunk, where the member forbids it', () => {
    expect(verdictOf(outside, { ...fromTrunk, caller: forbids })).toMatchObject({
      kind: 'refuse',
      reason: 'not-allowed',
      q850: 21,
    });
  });

  it('to the outside, for a caller from a trunk, while nobody knows whether the member allows it', () => {
    expect(verdictOf(outside, { ...fromTrunk, caller: undefined }).kind).not.toBe('connect');
  });

  it('to the police, and is no call for help then', () => {
    expect(verdictOf('119', fromMember)).toMatchObject({ kind: 'refuse', reason: 'not-allowed' });
    expect(verdictOf('119', {})).toMatchObject({ kind: 'connect', emergency: true });
  });
});
