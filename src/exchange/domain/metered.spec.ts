import { describe, expect, it } from '@jest/globals';
import { isMetered, keptIn } from './metered.js';
import { echo, fromMember, leg, ring, Told, trying } from './step.fixture.js';
import type { AttemptPlan, Connect, LegPlan } from './verdict.js';

const device = leg('device');
const trunk = leg('trunk');
const onward: LegPlan = { ...trunk, payer: 'callee' };
const planOf = (...attempts: readonly AttemptPlan[]): Connect => ({
  kind: 'connect',
  emergency: false,
  maxSeconds: 600,
  called: '1',
  language: 'ko',
  limits: {},
  attempts,
});

describe('what is metered', () => {
  it("a caller's way out, and a called member's; not the devices, nor a partner's, of a call that is sent on", () => {
    expect(isMetered(planOf(ring([trunk])), trunk)).toBe(true);
    const sentOn = planOf(ring([device]), ring([trunk]), ring([onward]));
    expect([device, trunk, onward].map((one) => isMetered(sentOn, one))).toEqual([false, false, true]);
  });

  it('a talk on the own device of somebody who has calls sent on is not cut for want of his money', () => {
    const both = trying([ring([device], { after: { 'no-answer': 2 } }), ring([onward])]);
    const told = new Told(fromMember).dialled(both, 120);
    expect(told.did('cap')).toEqual([]);
    told.tell({ type: 'leg.answered', leg: told.leg(), at: 2_000 });
    expect(told.call.cap).toBeUndefined();
    expect(told.did('start-timer')).toEqual([]);
  });

  it('a talk where it was sent to is', () => {
    const both = trying([ring([device], { after: { 'no-answer': 2 } }), ring([onward])]);
    const told = new Told(fromMember).dialled(both, 120);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_500, q850: 19, sip: 480 });
    told.tell({ type: 'leg.ringing', leg: told.leg(2), at: 1_600 });
    expect(told.call.cap).toMatchObject({ seconds: 120 });
  });
});

describe('a called member who cannot pay', () => {
  const attempts = [
    ring([device, onward], { after: { 'no-answer': 2, unreachable: 2, busy: 3 } }),
    ring([onward], { after: { unreachable: 3, 'no-answer': 3 } }),
    echo,
  ];

  it('is not sought outside our net: such ways are passed over', () => {
    const [first, second, third] = keptIn(planOf(...attempts)).attempts;
    expect(first).toMatchObject({ legs: [device], after: { 'no-answer': 3, unreachable: 3, busy: 3 } });
    expect(second).toMatchObject({ legs: [] });
    expect(third).toBe(echo);
  });

  it('is rung on his own devices all the same, and his other legs are given up', () => {
    const told = new Told(fromMember).tell(
      trying(attempts),
      { type: 'bridge.ready' },
      { type: 'leg.created', leg: new Told(fromMember).leg(1, 1), at: 1_010 },
      { type: 'leg.created', leg: new Told(fromMember).leg(1, 2), at: 1_010 },
      { type: 'saved', version: 1 },
    );
    told.tell({ type: 'money.granted', now: 1_020, keptIn: true });
    expect(told.did('hangup')).toMatchObject([{ channel: told.leg(1, 2) }]);
    expect(told.did('join')).toMatchObject([{ leg: told.leg(1, 1), dialWithin: 45 }]);
    expect(told.did('cap')).toMatchObject([{ channel: told.leg(1, 1), seconds: 645 }]);
  });

  it('with nothing but such ways is unreachable', () => {
    const told = new Told(fromMember).tell(
      trying([ring([onward])]),
      { type: 'bridge.ready' },
      { type: 'leg.created', leg: new Told(fromMember).leg(), at: 1_010 },
      { type: 'money.granted', now: 1_020, keptIn: true },
      { type: 'leg.ended', leg: new Told(fromMember).leg(), at: 1_030, q850: 16 },
    );
    expect(told.call.ending).toMatchObject({ reason: 'unreachable' });
  });
});
