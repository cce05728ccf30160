import { describe, expect, it } from '@jest/globals';
import type { Leg } from '../domain/call.js';
import { signOf } from './sign.js';

const leg = (changes: Partial<Leg>, kind: Leg['plan']['kind'] = 'trunk'): Leg => ({
  attempt: 1,
  leg: 1,
  channel: 'c',
  plan: { kind, target: 'gw', endpoint: 'PJSIP/1@gw', called: '1', calling: { withheld: true } },
  status: 'dialled',
  join: 'no',
  ...changes,
});
const ended = (q850: number, sip?: number): Leg =>
  leg({ status: 'ended', q850, ...(sip === undefined ? {} : { sip }) });

describe('what a leg tells of its trunk', () => {
  it.each([
    [34, 503, 'trouble'],
    [38, 500, 'trouble'],
    [17, 486, 'well'],
    [1, 404, 'well'],
    [19, 480, 'well'],
    [21, 403, 'well'],
    [18, 408, 'dead'],
    [20, undefined, 'dead'],
    [58, 488, undefined],
    [16, 487, undefined],
  ] as const)('an end with cause %i and status %s: %s', (q850, sip, sign) => {
    expect(signOf(leg({}), ended(q850, sip))).toBe(sign);
  });

  it('ringing is a sign of life, once', () => {
    const ringing = leg({ status: 'ringing', ringingAt: 1 });
    expect(signOf(leg({}), ringing)).toBe('well');
    expect(signOf(ringing, leg({ status: 'answered', ringingAt: 1, answeredAt: 2 }))).toBeUndefined();
  });

  it('a leg that we gave up for its silence was dead; one that we gave up for another reason tells nothing', () => {
    expect(signOf(leg({}), { ...ended(16), dropped: 18 })).toBe('dead');
    expect(signOf(leg({}), { ...ended(16), dropped: 26 })).toBeUndefined();
  });

  it('a device is no trunk', () => {
    expect(signOf(leg({}, 'device'), leg({ status: 'ended', q850: 34 }, 'device'))).toBeUndefined();
  });
});
