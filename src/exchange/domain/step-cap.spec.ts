import { describe, expect, it } from '@jest/globals';
import { bridgeOf } from './ids.js';
import { recordOf } from './record.js';
import { restored } from './restore.js';
import { fromMember, leg, ring, Told, trying } from './step.fixture.js';

const one = trying([ring([leg('trunk')])]);
const caps = (told: Told) => told.did('cap').map(({ channel, seconds }) => [channel, seconds]);
const timers = (told: Told) => told.did('start-timer').map(({ timer, seconds }) => [timer, seconds]);

describe('a call that somebody has to pay for', () => {
  it('is not dialled before it is known who does', () => {
    const told = new Told().tell(
      one,
      { type: 'bridge.ready' },
      { type: 'leg.created', leg: new Told().leg(), at: 1_010 },
      { type: 'saved', version: 1 },
    );
    expect(told.call.state).toBe('preparing');
    expect(told.tell({ type: 'money.granted', seconds: 180, now: 1_100 }).deeds).toEqual(['join']);
  });

  it('is refused when nobody does: told so, with 403, its leg given up', () => {
    const told = new Told(fromMember).tell(one, { type: 'leg.created', leg: new Told().leg(), at: 1_010 });
    told.tell({ type: 'money.refused', reason: 'no-credit' });
    expect(told.did('announce')).toMatchObject([{ media: 'sound:anydial/no-credit' }]);
    expect(told.did('hangup')).toEqual([{ do: 'hangup', channel: told.leg(), q850: 16 }]);
    expect(told.call.ending).toMatchObject({
      by: 'exchange',
      reason: 'no-credit',
      sip: 403,
      billable: false,
    });
  });

  it('asks nobody when it is a call for help', () => {
    expect(new Told().tell(trying([ring([leg('trunk')])], { emergency: true })).deeds).not.toContain(
      'reserve',
    );
  });
});

describe('talking for what is paid for', () => {
  it('is limited in Asterisk itself from the making of the leg, to less than what is held for most calls', () => {
    const told = new Told().tell(one);
    expect(told.did('create-leg')).toMatchObject([{ capSeconds: 175 }]);
    told.dialled(one, 180).tell({ type: 'leg.answered', leg: told.leg(), at: 2_000 });
    // Asterisk has to be told nothing: the limit stands, and more is asked for in time.
    expect(caps(told)).toEqual([]);
    expect(timers(told)).toEqual([['cap', (1_010 + 175_000 - 2_000) / 1_000 - 75]]);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_010 + 175_000, q850: 16 });
    expect(told.call.ending).toMatchObject({ by: 'exchange', reason: 'credit' });
  });

  it('is limited anew at the answer where that took long', () => {
    const told = new Told()
      .dialled(one, 180)
      .tell({ type: 'leg.answered', leg: new Told().leg(), at: 61_000 });
    expect(caps(told)).toEqual([[told.leg(), 180]]);
    expect(timers(told)).toEqual([['cap', 105]]);
  });

  it('is limited to less where less is held: before the answer (ringing and talking) and at the answer (talking alone)', () => {
    const told = new Told().dialled(one, 20);
    expect(caps(told)).toEqual([[told.leg(), 45 + 20]]);
    told.tell({ type: 'leg.answered', leg: told.leg(), at: 2_000 });
    expect(caps(told)).toEqual([[told.leg(), 20]]);
  });

  it('is limited for as long as the plan allows where nobody has to pay beforehand', () => {
    expect(caps(new Told().dialled(one))).toEqual([[new Told().leg(), 45 + 600]]);
  });

  it('leaves whoever is rung for a long time some seconds to talk', () => {
    const patient = trying([ring([leg('trunk')], { answerWithin: 160 })]);
    expect(new Told().tell(patient).did('create-leg')).toMatchObject([{ capSeconds: 190 }]);
  });

  it('limits later legs from their creation', () => {
    const two = trying([ring([leg('trunk')], { after: { congestion: 2 } }), ring([leg('trunk')])]);
    const told = new Told().dialled(two, 180);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_500, q850: 34 });
    expect(told.did('create-leg')).toMatchObject([{ capSeconds: 175 }]);
    expect(caps(told.tell({ type: 'leg.created', leg: told.leg(2), at: 1_600 }))).toEqual([]);
  });

  it('is prolonged while they talk: the limit anew, then the next slice asked for', () => {
    const told = new Told().talking(one, 180);
    expect(told.tell({ type: 'timer.fired', timer: 'cap', attempt: 1 }).deeds).toEqual(['extend']);
    told.tell({ type: 'cap.extended', maxSeconds: 240, now: 50_000 });
    expect(caps(told)).toEqual([[told.leg(), 240 - 48]]);
    expect(timers(told)).toEqual([['cap', 240 - 48 - 75]]);
    expect(told.deeds.at(-1)).toBe('save');
  });

  it('never goes beyond what the plan allows', () => {
    const told = new Told().talking(one, 180);
    told.tell({ type: 'cap.extended', maxSeconds: 5_000, now: 2_000 });
    expect(caps(told)).toEqual([[told.leg(), 600]]);
    expect(timers(told)).toEqual([['warn', 540]]);
    expect(told.call.cap).toMatchObject({ last: 'time-limit' });
  });

  it('goes to the last second that is paid for where the limit that stood was a little shorter', () => {
    const told = new Told().talking(one, 180);
    told.tell({ type: 'cap.last', reason: 'credit', now: 47_000 });
    expect(caps(told)).toEqual([[told.leg(), 2 + 180 - 47]]);
  });

  it('that can not be prolonged ends with a warning a minute before, in the bridge, and the cut as its reason', () => {
    const told = new Told().talking(one, 180);
    told.tell({ type: 'cap.last', reason: 'credit', now: 47_000 });
    expect(timers(told)).toEqual([['warn', 75]]);
    told.tell({ type: 'timer.fired', timer: 'warn', attempt: 1 });
    expect(told.effects).toEqual([
      {
        do: 'warn',
        bridge: bridgeOf(told.call.id),
        media: 'sound:anydial/one-minute-left',
        language: 'ko',
      },
    ]);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 182_005, q850: 16 });
    expect(told.call.ending).toMatchObject({ by: 'exchange', reason: 'credit', billable: true });
  });

  it('that nobody prolongs is cut by Asterisk: for want of credit', () => {
    const told = new Told().talking(one, 20);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 22_000, q850: 16 });
    expect(told.call.ending).toMatchObject({ by: 'exchange', reason: 'credit' });
  });

  it('ends like any other call when somebody hangs up earlier', () => {
    const told = new Told().talking(one, 180);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 100_000, q850: 16 });
    expect(told.call.ending).toMatchObject({ by: 'callee', reason: 'hangup' });
  });

  it('is limited anew after a restart of ours, for what is left of it', () => {
    const told = new Told().talking(one, 180);
    told.call = restored(told.call);
    told.tell({
      type: 'looked',
      present: ['caller', told.leg()],
      bridged: ['caller', told.leg()],
      now: 32_000,
    });
    expect(caps(told)).toEqual([[told.leg(), 150]]);
    expect(timers(told)).toEqual([['cap', 75]]);
    expect(told.tell({ type: 'looked', present: [], bridged: [], now: 33_000 }).did('cap')).toEqual([]);
  });

  it('is never cut short by us when the restart comes late: more is asked for, and Asterisk keeps its own limit', () => {
    const told = new Told().talking(one, 180);
    told.call = restored(told.call);
    told.tell({ type: 'looked', present: ['caller', told.leg()], bridged: [], now: 190_000 });
    expect(caps(told)).toEqual([]);
    expect(told.deeds).toContain('extend');
  });

  it('is not limited where nothing is metered', () => {
    const told = new Told().talking(one);
    expect([...caps(told), ...timers(told)]).toEqual([]);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 9_000, q850: 16 });
    expect(recordOf(told.call)).toMatchObject({ reason: null, state: 'clearing' });
  });
});
