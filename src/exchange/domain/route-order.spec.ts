import { describe, expect, it } from '@jest/globals';
import type { Origin } from './call.js';
import type { RouteFacts } from './facts.js';
import type { OnAnswer, Order } from './order.js';
import { calleeWith, factsOf, kim, lee } from './route.fixture.js';
import { decideOrder } from './route-order.js';

const origin: Origin = { kind: 'order', orderId: 'o', memberId: 'kim', country: 'KR', area: '02' };
const facts = (dialled: string, more: Partial<RouteFacts> = {}) =>
  factsOf(dialled, { origin, caller: kim, ...more });
const order = (ring: Order['ring'], onAnswer?: Order['onAnswer']): Order => ({
  id: 'o',
  ring,
  ringSeconds: 20,
  onAnswer: onAnswer ?? { do: 'speak', prompt: 'code', digits: '1', times: 1 },
  language: 'ko',
  digits: '',
});
const phone = (e164: string) => order({ kind: 'number', e164 });

describe('whom an order rings', () => {
  it('a telephone, by the ways that a call there takes, no longer than was wanted', () => {
    const { verdict } = decideOrder({ order: phone('+82262001234'), facts: facts('+82262001234') });
    expect(verdict).toMatchObject({
      kind: 'connect',
      maxSeconds: 300,
      attempts: [
        { kind: 'ring', answerWithin: 20, legs: [{ kind: 'trunk', target: 'gw-kr' }] },
        { kind: 'ring', answerWithin: 20, legs: [{ target: 'gw-us' }] },
      ],
    });
  });

  it('given_the_test_of_a_trunk_then_that_trunk_alone_and_given_no_way_over_it_then_nobody', () => {
    const over = (trunk: string) =>
      decideOrder({
        order: order({ kind: 'number', e164: '+82262001234', trunk }),
        facts: facts('+82262001234'),
      }).verdict;
    expect(over('gw-us')).toMatchObject({ kind: 'connect', attempts: [{ legs: [{ target: 'gw-us' }] }] });
    expect(over('gw-jp')).toMatchObject({ kind: 'refuse', reason: 'no-route' });
  });

  it('a supervisor as long as the talk that he hears may last', () => {
    const supervise: OnAnswer = { do: 'service', service: 'supervise', mode: 'listen', agent: '201' };
    const asked = order({ kind: 'number', e164: '+82262001234' }, supervise);
    const long = order({ kind: 'number', e164: '+82262001234' }, { do: 'connect', dial: '15' });
    const lasts = (one: Order) => {
      const { verdict } = decideOrder({ order: one, facts: facts('+82262001234') });
      return verdict.kind === 'connect' ? verdict.maxSeconds : undefined;
    };
    expect(lasts(asked)).toBeGreaterThan(300);
    expect(lasts(asked)).toBe(lasts(long));
  });

  it('a member by his own telephone number: his phones, never his voicemail', () => {
    const { verdict } = decideOrder({ order: phone('+82262006200'), facts: facts('+82262006200') });
    expect(verdict.kind).toBe('connect');
    const attempts = verdict.kind === 'connect' ? verdict.attempts : [];
    expect(attempts.every(({ kind }) => kind === 'ring')).toBe(true);
    expect(attempts[0]).toMatchObject({ legs: [{ kind: 'device' }], after: {} });
  });

  it('nobody, where only his voicemail would answer', () => {
    const deaf = calleeWith(lee, { doNotDisturb: true });
    const { verdict } = decideOrder({
      order: phone('+82262006200'),
      facts: { ...facts('+82262006200'), callee: deaf },
    });
    expect(verdict).toMatchObject({ kind: 'refuse', reason: 'no-device' });
  });

  it('never the police, nor a service of ours', () => {
    for (const dialled of ['119', '*43']) {
      const { verdict } = decideOrder({ order: phone(dialled), facts: facts(dialled) });
      expect(verdict.kind).toBe('refuse');
    }
  });

  it('one phone and no other; one that is not his (any more), or not enabled, is not there', () => {
    const one = order({ kind: 'device', memberId: 'kim', username: 'lab-a2' });
    const { verdict } = decideOrder({ order: one, facts: facts(''), target: kim });
    expect(verdict).toMatchObject({ attempts: [{ legs: [{ target: 'lab-a2' }], answerWithin: 20 }] });
    const anothers = order({ kind: 'device', memberId: 'kim', username: 'lab-b' });
    expect(decideOrder({ order: anothers, facts: facts(''), target: kim }).verdict).toMatchObject({
      reason: 'no-device',
    });
  });

  it('shows B on the phone that will be connected with him', () => {
    const ring = { kind: 'member', memberId: 'kim' } as const;
    const wish = order(ring, { do: 'connect', dial: '02-6200 1234' });
    expect(decideOrder({ order: wish, facts: facts(''), target: kim }).verdict).toMatchObject({
      attempts: [{ legs: [{ calling: { number: '0262001234' } }, {}] }],
      maxSeconds: 14_400,
    });
  });
});

describe('an order is refused', () => {
  it('when the number to be shown is not its account’s', () => {
    const facts2 = facts('+82262001234', { origin: { ...origin, shown: '+82262006200' } });
    expect(decideOrder({ order: phone('+82262001234'), facts: facts2 }).verdict).toMatchObject({
      reason: 'not-your-number',
    });
    const his = facts('+82262001234', { origin: { ...origin, shown: '+82262006100' } });
    expect(decideOrder({ order: phone('+82262001234'), facts: his }).verdict.kind).toBe('connect');
  });

  it('when its account is suspended, unknown, or has as many calls as it may', () => {
    const target = kim;
    const ring = order({ kind: 'member', memberId: 'kim' });
    const reasonOf = (more: Partial<RouteFacts>) => {
      const { verdict } = decideOrder({ order: ring, facts: facts('', more), target });
      return verdict.kind === 'connect' ? 'connect' : verdict.reason;
    };
    expect(reasonOf({ caller: { ...kim, active: false } })).toBe('suspended');
    expect(reasonOf({ caller: undefined })).toBe('directory-away');
    const load = { calls: () => 3, perSecond: () => 0 };
    expect(reasonOf({ load, memberLimits: { calls: 3, callsPerSecond: null } })).toBe('too-many-calls');
  });
});
