import { describe, expect, it } from '@jest/globals';
import type { Call, Leg } from '../domain/call.js';
import { directRings } from './direct-ring.js';

const leg = (more: object, ringingAt?: number) =>
  ({
    plan: { kind: 'device', member: 'minjun', calling: { withheld: false }, ...more },
    ...(ringingAt === undefined ? {} : { ringingAt }),
  }) as unknown as Leg;
const call = (...legs: Leg[]) =>
  ({
    id: 'c1',
    dialled: '62006200*082',
    seenAt: 9,
    plan: { calling: '+82262006100' },
    legs,
  }) as unknown as Call;
const rung = (before: Leg[], after: Leg[]) => directRings(call(...before), call(...after));

describe('a telephone that rings without a queue', () => {
  it('is told once a member, with who calls and what he dialled', () => {
    expect(rung([leg({}), leg({})], [leg({}, 5), leg({}, 5)])).toEqual([
      { callId: 'c1', memberId: 'minjun', at: 5, number: '+82262006100', dialled: '62006200*082' },
    ]);
    expect(rung([leg({}, 5), leg({})], [leg({}, 5), leg({}, 6)])).toEqual([]);
    expect(rung([leg({}, 5)], [leg({}, 5)])).toEqual([]);
  });

  it('is told of each member when several are rung', () => {
    const found = rung([leg({}), leg({ member: 'emma' })], [leg({}, 5), leg({ member: 'emma' }, 6)]);
    expect(found.map(({ memberId }) => memberId)).toEqual(['minjun', 'emma']);
  });

  it('says no number that is withheld', () => {
    expect(
      rung([leg({ calling: { withheld: true } })], [leg({ calling: { withheld: true } }, 5)]),
    ).toMatchObject([{ number: null }]);
  });

  it.each([
    ['a trunk', { kind: 'trunk', member: undefined }],
    ['a queue has sent it: that tells it itself', { agent: 'a1' }],
  ])('is not told of %s', (_, more) => {
    expect(rung([leg(more)], [leg(more, 5)])).toEqual([]);
  });
});
