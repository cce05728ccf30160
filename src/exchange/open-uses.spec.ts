import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../kernel/clock.js';
import type { Call, Leg } from './domain/call.js';
import { factsOf, fromSeoul, phoneOfKim } from './domain/route.fixture.js';
import { decideRoute } from './domain/route.js';
import { OpenUses } from './open-uses.js';

let now = 0;
const clock: Clock = { now: () => new Date(now), elapsed: () => now, after: () => () => undefined };
const verdictOf = (dialled: string, more = {}) => decideRoute(factsOf(dialled, more)).verdict;
const legs = (...targets: readonly (readonly ['device' | 'trunk', string, Leg['status']])[]) =>
  targets.map(([kind, target, status], at) => ({
    attempt: 1,
    leg: at + 1,
    channel: `${at}`,
    plan: { kind, target, endpoint: '', called: '', calling: { withheld: true } },
    status,
    join: 'no',
  })) as Leg[];
const call = (id: string, more: Partial<Call> = {}): Call => {
  const plan = verdictOf('0262001234');
  if (plan.kind !== 'connect') throw new Error('no route');
  return { id, origin: phoneOfKim, state: 'dialling', plan, legs: [], ...more } as Call;
};

describe('what open calls use', () => {
  it('counts a call from the moment it is let through, until it has ended', () => {
    const uses = new OpenUses(clock);
    uses.begin({ id: 'one', origin: phoneOfKim }, verdictOf('0262001234'));
    const seen = () =>
      (['member:kim', 'device:lab-a', 'trunk:gw-kr', 'route:82 by gw-kr', 'trunk:gw-us'] as const).map(
        (use) => {
          const [kind, id] = [use.slice(0, use.indexOf(':')), use.slice(use.indexOf(':') + 1)];
          return uses.calls(kind as 'member', id);
        },
      );
    expect(seen()).toEqual([1, 1, 1, 1, 0]);
    uses.moved(call('one', { legs: legs(['trunk', 'gw-kr', 'ended'], ['trunk', 'gw-us', 'dialled']) }));
    expect(seen()).toEqual([1, 1, 0, 0, 1]);
    uses.moved(call('one', { state: 'ended' }));
    expect(seen()).toEqual([0, 0, 0, 0, 0]);
    uses.moved(call('one', { state: 'ended' }));
    expect(seen()).toEqual([0, 0, 0, 0, 0]);
  });

  it('counts the called member, and a call taken up after a crash, once', () => {
    const uses = new OpenUses(clock);
    uses.begin({ id: 'one', origin: phoneOfKim }, verdictOf('0262006200082'));
    expect(uses.calls('member', 'lee')).toBe(1);
    const adopted = call('two', { legs: legs(['trunk', 'gw-kr', 'answered']) });
    uses.moved(adopted);
    uses.moved(adopted);
    expect(uses.calls('trunk', 'gw-kr')).toBe(1);
  });

  it('a trunk that brings a call is in use by it; a refused call uses nothing', () => {
    const uses = new OpenUses(clock);
    uses.begin({ id: 'one', origin: fromSeoul }, verdictOf('0262006200', { origin: fromSeoul }));
    expect(uses.calls('trunk', 'gw-kr')).toBe(1);
    uses.begin({ id: 'two', origin: fromSeoul }, verdictOf('119', { origin: fromSeoul }));
    expect(uses.calls('trunk', 'gw-kr')).toBe(1);
  });

  it('counts what began within the last second, ended or not', () => {
    const uses = new OpenUses(clock);
    for (const [at, id] of [
      [0, 'one'],
      [400, 'two'],
      [900, 'three'],
    ] as const) {
      now = at;
      uses.begin({ id, origin: phoneOfKim }, verdictOf('0262001234'));
      uses.moved(call(id, { state: 'ended' }));
    }
    const rate = () => uses.perSecond('member', 'kim');
    expect(rate()).toBe(3);
    now = 1_000;
    expect(rate()).toBe(2);
    now = 1_900;
    expect([rate(), uses.perSecond('trunk', 'gw-kr')]).toEqual([0, 0]);
  });
});
