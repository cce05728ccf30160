import { describe, expect, it } from '@jest/globals';
import type { Call } from '../domain/call.js';
import { phonesChanged, phonesInUse } from './phones-in-use.js';

const leg = (target: string, more: object = {}, status = 'dialled') => ({
  plan: { kind: 'device', target, member: `member-${target}`, ...more },
  status,
});
const call = (more: object = {}) =>
  ({
    id: 'c1',
    state: 'ringing',
    origin: { kind: 'member', memberId: 'ara', username: 'lab-a' },
    caller: {},
    plan: {},
    legs: [leg('lab-b')],
    ...more,
  }) as unknown as Call;
const devices = (more: object) => phonesInUse(call(more)).map(({ device }) => device);

describe('telephones in use', () => {
  it("are the caller's and those that are rung, with whose they are", () => {
    expect(phonesInUse(call())).toEqual([
      { device: 'lab-a', memberId: 'ara' },
      { device: 'lab-b', memberId: 'member-lab-b' },
    ]);
  });

  it.each([
    ['the call is not let through yet', { plan: undefined }, []],
    ['it is over', { state: 'ended' }, []],
    ['the caller has gone', { caller: { endedAt: 1 } }, ['lab-b']],
    ['he has put his party through and pays for the call', { borrowed: { from: 'c0' } }, ['lab-b']],
    ['the leg is over', { legs: [leg('lab-b', {}, 'ended')] }, ['lab-a']],
    ['a queue rings it, and knows that itself', { legs: [leg('lab-b', { agent: 'a1' })] }, ['lab-a']],
    ['the leg is a trunk', { legs: [leg('t1', { kind: 'trunk', member: undefined })] }, ['lab-a']],
    ['nobody of ours calls', { origin: { kind: 'trunk' } }, ['lab-b']],
  ])('given_%s', (_, more, used) => {
    expect(devices(more)).toEqual(used);
  });

  it('are told when they change, all of them, and else not', () => {
    expect(phonesChanged(call({ plan: undefined }), call())).toMatchObject({
      callId: 'c1',
      phones: [{ device: 'lab-a' }, { device: 'lab-b' }],
    });
    expect(phonesChanged(call(), call({ state: 'talking' }))).toBeUndefined();
    expect(phonesChanged(call(), call({ state: 'ended' }))).toEqual({ callId: 'c1', phones: [] });
  });
});
