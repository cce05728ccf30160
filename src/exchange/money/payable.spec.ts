import { describe, expect, it } from '@jest/globals';
import type { Origin } from '../domain/call.js';
import type { Connect, LegPlan } from '../domain/verdict.js';
import { payableOf } from './payable.js';

const member: Origin = {
  kind: 'member',
  memberId: 'caller',
  deviceId: 'd',
  country: 'KR',
  username: 'lab-a',
};
const trunk: Origin = { kind: 'trunk', trunkId: 'gw-kr', country: 'KR' };
const leg = (changes: Partial<LegPlan>): LegPlan => ({
  kind: 'trunk',
  target: 'gw-kr',
  endpoint: 'PJSIP/1@gw-kr',
  called: '0262001234',
  calling: { withheld: true },
  ...changes,
});
const device = leg({ kind: 'device', target: 'lab-b' });
const plan = (called: string, ...legs: readonly LegPlan[]): Connect => ({
  kind: 'connect',
  attempts: legs.map((one) => ({
    kind: 'ring',
    legs: [one],
    answerWithin: 45,
    progressWithin: 20,
    after: {},
  })),
  maxSeconds: 14_400,
  emergency: false,
  called,
  language: 'ko',
  limits: {},
});

describe('who pays for a call', () => {
  it('the caller, for the number he dialled', () => {
    expect(payableOf({ origin: member }, plan('+82262001234', leg({}), leg({})))).toEqual({
      memberId: 'caller',
      numbers: ['+82262001234'],
      sentOn: false,
    });
  });

  it('nobody, while it stays on our net', () => {
    expect(payableOf({ origin: member }, plan('0262006200082', device))).toBeUndefined();
    expect(
      payableOf({ origin: member }, plan('0666001000081', leg({ target: 'partner-jp' }))),
    ).toBeUndefined();
    expect(payableOf({ origin: trunk }, plan('+82262006200', device))).toBeUndefined();
  });

  it('who has it sent on, for wherever that is: the caller does not', () => {
    const onward = [
      leg({ payer: 'callee', e164: '+821012345678' }),
      leg({ payer: 'callee', e164: '+827012345678' }),
    ];
    for (const origin of [member, trunk]) {
      expect(payableOf({ origin }, plan('0262006200082', device, ...onward))).toEqual({
        memberId: 'callee',
        numbers: ['+821012345678', '+827012345678'],
        sentOn: true,
      });
    }
  });
});
