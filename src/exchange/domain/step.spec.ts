import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from './call-event.js';
import { huntingOn } from './hunt.js';
import { endedAtOf, recordOf } from './record.js';
import { leg, ring, Told as ToldAnything, trying } from './step.fixture.js';
import type { LegPlan } from './verdict.js';

/** Tries these legs in turn, as gateways are. */
const connect = (...attempts: LegPlan[][]): CallEvent =>
  trying(
    attempts.map((legs, at) =>
      ring(legs, { after: huntingOn('trunk', at + 1 < attempts.length ? at + 2 : undefined) }),
    ),
  );

class Told extends ToldAnything {
  along(...attempts: LegPlan[][]): this {
    return this.dialled(connect(...attempts));
  }
  talkingOnce(): this {
    return this.talking(connect([leg('device')]));
  }
}

const dropped = (told: Told) =>
  told.effects.flatMap((effect) => (effect.do === 'hangup' ? [[effect.channel, effect.q850]] : []));

describe('step', () => {
  it('starts record, bridge and leg together, and joins and dials in one when all is there, recorded and paid for', () => {
    const told = new Told().tell(connect([leg('device')]));
    expect(told.deeds).toEqual(['create-bridge', 'reserve', 'create-leg', 'start-timer', 'save']);
    const one = told.leg();
    expect(told.tell({ type: 'leg.created', leg: one, at: 1_010 }).deeds).toEqual([]);
    expect(told.tell({ type: 'bridge.ready' }).deeds).toEqual([]);
    expect(told.tell({ type: 'saved', version: 1 }).deeds).toEqual([]);
    expect(told.tell({ type: 'money.granted', now: 1_012 }).did('join')).toMatchObject([
      { leg: one, dialWithin: 45 },
    ]);
    expect(told.call.state).toBe('dialling');
    expect(told.tell({ type: 'leg.joined', leg: one }).deeds).toEqual([]);
  });

  it('keeps the bridge of a call that was not answered until the caller has his cause', () => {
    const told = new Told().along([leg('device')]);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_200, q850: 17 });
    expect(told.deeds).not.toContain('destroy-bridge');
    told.tell({ type: 'caller.ended', at: 1_210 });
    expect(told.deeds).toEqual(['stop-timers', 'destroy-bridge', 'save']);
  });

  it('joins anew what was dialled and is not in the bridge', () => {
    const told = new Told().tell(
      connect([leg('device')]),
      { type: 'bridge.ready' },
      { type: 'leg.created', leg: new Told().leg(), at: 1_010 },
      { type: 'money.granted', now: 1_012 },
      { type: 'saved', version: 1 },
    );
    told.tell({ type: 'looked', present: ['caller', told.leg()], bridged: [], now: 1_300 });
    expect(told.did('join')).toMatchObject([{ leg: told.leg() }]);
    expect(told.did('join')[0]?.dialWithin).toBeUndefined();
  });

  it('caps each leg in Asterisk itself: ringing and talking time', () => {
    const told = new Told().tell(connect([leg('device')]));
    expect(told.effects).toContainEqual(expect.objectContaining({ do: 'create-leg', capSeconds: 645 }));
  });

  it('refuses a call whose set-up cannot be recorded: 503, never dialled, closed with the next version', () => {
    const told = new Told().tell(connect([leg('device')]), {
      type: 'leg.created',
      leg: new Told().leg(),
      at: 1_010,
    });
    told.tell({ type: 'save.failed', version: 1 });
    expect(dropped(told)).toEqual([
      [told.leg(), 16],
      ['caller', 34],
    ]);
    told.tell(
      { type: 'bridge.ready' },
      { type: 'leg.ended', leg: told.leg(), at: 1_020, q850: 16 },
      { type: 'caller.ended', at: 1_030 },
    );
    expect(recordOf(told.call)).toMatchObject({
      version: 2,
      state: 'ended',
      reason: 'not-recorded',
      sip: 503,
      snapshot: null,
    });
  });

  it('never hangs a leg up before it exists: the hang-up waits for its creation', () => {
    const told = new Told().tell(connect([leg('device')]));
    told.tell({ type: 'caller.ended', at: 1_005 });
    expect(dropped(told)).toEqual([]);
    expect(told.tell({ type: 'leg.created', leg: told.leg(), at: 1_010 }).effects).toEqual([
      { do: 'hangup', channel: told.leg(), q850: 16 },
    ]);
  });

  it.each([
    ['busy', 17, 486, 'callee', 486],
    ['declined', 21, 603, 'callee', 403],
    ['unallocated', 1, 404, 'network', 404],
    ['congestion', 34, 503, 'network', 503],
    ['unreachable', 18, 408, 'network', 480],
  ] as const)('tells the caller %s when the only leg ends with %i', (reason, q850, sip, by, told) => {
    const call = new Told().along([leg('trunk')]);
    call.tell(
      { type: 'leg.ended', leg: call.leg(), at: 1_500, q850, sip },
      { type: 'caller.ended', at: 1_510 },
    );
    expect(call.call.state).toBe('ended');
    expect(call.call.ending).toMatchObject({ by, reason, sip: told, billable: false });
  });

  it('tells no answer when it rang and nobody came', () => {
    const told = new Told().along([leg('device')]);
    told.tell(
      { type: 'leg.ringing', leg: told.leg(), at: 1_200 },
      { type: 'leg.ended', leg: told.leg(), at: 46_000, q850: 19, sip: 480 },
    );
    expect(told.call.ending).toMatchObject({ by: 'callee', reason: 'no-answer', q850: 19 });
  });

  it('does not go on to the next attempt when the person was busy, and does when the network failed', () => {
    const hunting = (q850: number, sip: number) => {
      const told = new Told().along([leg('trunk')], [leg('trunk')]);
      return told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_500, q850, sip });
    };
    expect(hunting(17, 486).deeds).not.toContain('create-leg');
    expect(hunting(34, 503).deeds).toEqual(['create-leg', 'start-timer']);
    expect(hunting(34, 503).call.attempt).toBe(2);
  });

  it('cancels the legs when the caller gives up, and records it as his', () => {
    const told = new Told().along([leg('device')]);
    told.tell({ type: 'leg.ringing', leg: told.leg(), at: 1_200 }).tell({ type: 'caller.ended', at: 3_000 });
    expect(dropped(told)).toEqual([[told.leg(), 16]]);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 3_010, q850: 16 });
    expect(told.call.ending).toMatchObject({ by: 'caller', reason: 'cancelled', sip: 487, billable: false });
    expect(endedAtOf(told.call)).toBe(3_000);
  });

  it('ends a talking call with the first hang-up, whoever it was, its bridge with it, and counts its time from there', () => {
    const told = new Told().talkingOnce();
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 9_000, q850: 16 });
    expect(dropped(told)).toEqual([['caller', 16]]);
    expect(told.deeds).toEqual(['stop-timers', 'hangup', 'destroy-bridge', 'start-timer']);
    told.tell({ type: 'caller.ended', at: 9_050 });
    expect(told.deeds).toEqual(['stop-timers', 'save']);
    expect(told.call.ending).toMatchObject({ by: 'callee', reason: 'hangup', billable: true });
    expect(endedAtOf(told.call)).toBe(9_000);
  });

  it("knows Asterisk's own cut at the cap from a hang-up", () => {
    const told = new Told().talkingOnce();
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_010 + 645_000, q850: 16 });
    expect(told.call.ending).toMatchObject({ by: 'exchange', reason: 'time-limit' });
  });

  it('knows silence on the media from a hang-up', () => {
    const told = new Told().talkingOnce();
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 125_000, q850: 44 });
    expect(told.call.ending).toMatchObject({ by: 'network', reason: 'media-lost' });
  });

  it('takes the first of two answers, hangs the other up as answered elsewhere, and keeps that it answered', () => {
    const told = new Told().tell(
      connect([leg('device'), leg('device')]),
      { type: 'bridge.ready' },
      { type: 'money.granted', now: 1_005 },
      { type: 'saved', version: 1 },
    );
    const [one, two] = [told.leg(1, 1), told.leg(1, 2)];
    told.tell({ type: 'leg.created', leg: one, at: 1_010 }, { type: 'leg.created', leg: two, at: 1_010 });
    expect(told.deeds).toEqual(['dial', 'dial']);
    expect(told.tell({ type: 'leg.ringing', leg: one, at: 1_100 }).deeds).toEqual(['ring']);
    told.tell({ type: 'leg.answered', leg: two, at: 2_000 });
    expect(told.deeds).toEqual(['stop-timers', 'hangup', 'join', 'answer', 'save']);
    expect(dropped(told)).toEqual([[one, 26]]);
    told.tell(
      { type: 'leg.answered', leg: one, at: 2_001 },
      { type: 'leg.ended', leg: one, at: 2_010, q850: 26 },
    );
    told.tell({ type: 'caller.ended', at: 5_000 }, { type: 'leg.ended', leg: two, at: 5_010, q850: 16 });
    expect(recordOf(told.call).legs.map(({ answeredAt }) => answeredAt)).toEqual([2_001, 2_000]);
    expect(recordOf(told.call).answeredAt).toBe(2_000);
  });

  it('ends the call when a member declines on one of his phones', () => {
    const told = new Told().tell(
      connect([leg('device'), leg('device')]),
      { type: 'bridge.ready' },
      { type: 'money.granted', now: 1_005 },
      { type: 'saved', version: 1 },
    );
    const [one, two] = [told.leg(1, 1), told.leg(1, 2)];
    told.tell({ type: 'leg.created', leg: one, at: 1_010 }, { type: 'leg.created', leg: two, at: 1_010 });
    told.tell({ type: 'leg.ended', leg: one, at: 2_000, q850: 21, sip: 603 });
    expect(dropped(told)).toEqual([[two, 16]]);
    told.tell({ type: 'leg.ended', leg: two, at: 2_010, q850: 16 });
    expect(told.call.ending).toMatchObject({ reason: 'declined' });
  });

  it('gives up far ends that neither ring nor send anything', () => {
    const told = new Told().along([leg('trunk')], [leg('trunk')]);
    told.tell({ type: 'timer.fired', timer: 'progress', attempt: 1 });
    expect(dropped(told)).toEqual([[told.leg(), 18]]);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 20_000, q850: 16 });
    expect(told.call.attempt).toBe(2);
  });

  it('hangs up a channel that comes to life after its leg was given up, even when the call has ended', () => {
    const told = new Told().along([leg('device')]);
    told.tell(
      { type: 'leg.ended', leg: told.leg(), at: 1_500, q850: 17, sip: 486 },
      { type: 'caller.ended', at: 1_510 },
    );
    const { version } = told.call;
    told.tell({ type: 'leg.created', leg: told.leg(), at: 1_600 });
    expect(dropped(told)).toEqual([[told.leg(), 16]]);
    expect(told.call).toMatchObject({ state: 'ended', version });
  });

  it('closes everything at once when the node was lost', () => {
    const told = new Told().talkingOnce();
    told.tell(
      { type: 'caller.ended', at: 7_000, unseen: 'node-lost' },
      { type: 'leg.ended', leg: told.leg(), at: 7_000, q850: 41, unseen: 'node-lost' },
    );
    expect(recordOf(told.call)).toMatchObject({
      endedBy: 'node-lost',
      reason: 'node-lost',
      q850: 41,
      sip: null,
      endedAt: 7_000,
    });
  });

  it('keeps the moves of a call for its trace', () => {
    const told = new Told().talkingOnce();
    expect(told.call.moves.map(({ from, event, to }) => `${from} -> ${event} -> ${to}`)).toEqual([
      'routing -> routed -> preparing',
      'preparing -> saved -> dialling',
      'dialling -> leg.answered -> talking',
    ]);
  });
});
