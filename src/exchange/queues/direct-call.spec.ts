import { describe, expect, it } from '@jest/globals';
import type { Call, Leg } from '../domain/call.js';
import { directCalls } from './direct-call.js';

const leg = (more: object, now: Partial<Leg> = {}) =>
  ({
    plan: { kind: 'device', member: 'minjun', calling: { withheld: false }, ...more },
    status: 'dialled',
    ...now,
  }) as unknown as Leg;
const rings: Partial<Leg> = { status: 'ringing', ringingAt: 5 };
const talks: Partial<Leg> = { status: 'answered', ringingAt: 5, answeredAt: 7 };
const over: Partial<Leg> = { status: 'ended', ringingAt: 5, endedAt: 8 };
const call = (legs: Leg[], more: object = {}) =>
  ({
    id: 'c1',
    dialled: '62006200*082',
    seenAt: 9,
    state: 'ringing',
    language: 'ko',
    origin: { kind: 'member', memberId: 'ara', country: 'KR' },
    plan: { calling: '+82262006100' },
    legs,
    ...more,
  }) as unknown as Call;
const told = (before: Leg[], after: Leg[], more: object = {}) =>
  directCalls(call(before, more), call(after, more));
const about = {
  callId: 'c1',
  memberId: 'minjun',
  number: '+82262006100',
  callerMemberId: 'ara',
  country: 'KR',
  language: 'ko',
  dialled: '62006200*082',
};

describe('a call straight to a telephone', () => {
  it('is told once a member when it rings, with who calls and what he dialled', () => {
    expect(told([leg({}), leg({})], [leg({}, rings), leg({}, rings)])).toEqual([
      { stage: 'ringing', at: 5, ...about },
    ]);
    expect(told([leg({}, rings), leg({})], [leg({}, rings), leg({}, { ...rings, ringingAt: 6 })])).toEqual(
      [],
    );
    expect(told([leg({}, rings)], [leg({}, rings)])).toEqual([]);
  });

  it('is told when it is answered at one of his telephones, and when the last is silent', () => {
    expect(told([leg({}, rings), leg({}, rings)], [leg({}, talks), leg({}, over)])).toEqual([
      { stage: 'talking', at: 9, ...about },
    ]);
    expect(told([leg({}, rings), leg({}, rings)], [leg({}, over), leg({}, rings)])).toEqual([]);
    expect(told([leg({}, talks)], [leg({}, over)])).toEqual([{ stage: 'ended', at: 9, ...about }]);
    expect(told([leg({}, rings)], [leg({}, over)])).toEqual([{ stage: 'ended', at: 9, ...about }]);
  });

  it('is told of each member when several are rung', () => {
    const emma = { member: 'emma' };
    const found = told([leg({}), leg(emma)], [leg({}, rings), leg(emma, rings)]);
    expect(found.map(({ memberId }) => memberId)).toEqual(['minjun', 'emma']);
  });

  it('says neither number nor member of who hides, and no member of who is none', () => {
    const hides = { calling: { withheld: true } };
    expect(told([leg(hides)], [leg(hides, rings)])).toMatchObject([{ number: null, callerMemberId: null }]);
    const trunk = { origin: { kind: 'trunk', country: 'JP' } };
    expect(told([leg({})], [leg({}, rings)], trunk)).toMatchObject([{ callerMemberId: null, country: 'JP' }]);
  });

  it.each([
    ['a trunk', { kind: 'trunk', member: undefined }, {}],
    ['a queue has sent it: that tells it itself', { agent: 'a1' }, {}],
    ['he has ordered it himself', {}, { origin: { kind: 'order', memberId: 'minjun', country: 'KR' } }],
  ])('is not told of %s', (_, plan, more) => {
    expect(told([leg(plan)], [leg(plan, rings)], more)).toEqual([]);
  });
});
