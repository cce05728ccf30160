import { describe, expect, it } from '@jest/globals';
import { reconcile } from './reconcile.js';
import { recordOf } from './record.js';
import { restored } from './restore.js';
import { echo, fromMember, leg, ring, Told, trying } from './step.fixture.js';
import { stepAll } from './step-all.js';

const served = () =>
  new Told(fromMember).tell(
    trying([echo]),
    { type: 'saved', version: 1 },
    { type: 'caller.answered', at: 1_500 },
  );

describe('a call that an operator ends', () => {
  it('given_it_rings_then_nobody_is_charged_and_given_it_talks_then_what_was_talked_is', () => {
    const rings = new Told(fromMember)
      .dialled(trying([ring([leg('device')])]))
      .tell({ type: 'operator.ended', at: 3_000 });
    expect(rings.call.ending).toMatchObject({
      by: 'exchange',
      reason: 'operator',
      q850: 21,
      billable: false,
    });
    expect(rings.did('hangup').map(({ channel }) => channel)).toContain('caller');
    const talks = new Told(fromMember)
      .talking(trying([ring([leg('device')])]))
      .tell({ type: 'operator.ended', at: 3_000 });
    expect(talks.call.ending).toMatchObject({ by: 'exchange', reason: 'operator', q850: 16, billable: true });
    expect(
      talks
        .did('hangup')
        .map(({ channel }) => channel)
        .toSorted(),
    ).toEqual(['caller', talks.leg()].toSorted());
  });

  it('given_it_is_served_then_the_service_is_stopped_and_given_twice_then_once', () => {
    const told = served().tell({ type: 'operator.ended', at: 3_000 });
    expect(told.deeds).toContain('stop-service');
    expect(told.tell({ type: 'operator.ended', at: 3_000 }).effects).toEqual([]);
  });
});

describe('a call that the exchange takes itself', () => {
  it('is recorded, then answered, then served; it needs neither bridge nor money', () => {
    const told = new Told(fromMember).tell(trying([echo]));
    expect(told.deeds).toEqual(['save']);
    expect(told.tell({ type: 'saved', version: 1 }).did('take')).toEqual([
      { do: 'take', channel: 'caller', capSeconds: 600 },
    ]);
    expect(told.call).toMatchObject({ state: 'serving', bridge: 'none' });
    told.tell({ type: 'caller.answered', at: 1_500 });
    expect(told.deeds).toEqual(['stop-timer', 'serve', 'save']);
    expect(told.call.answeredAt).toBe(1_500);
  });

  it('is never answered when it cannot be recorded', () => {
    const told = new Told(fromMember).tell(trying([echo]), { type: 'save.failed', version: 1 });
    expect(told.deeds).not.toContain('take');
    expect(told.call.ending).toMatchObject({ reason: 'not-recorded' });
  });

  it('ends with its service, and costs nothing', () => {
    const told = served().tell({ type: 'service.ended', q850: 16 });
    expect(told.deeds).toEqual(['stop-timers', 'stop-service', 'hangup', 'start-timer']);
    told.tell({ type: 'caller.ended', at: 9_000 });
    expect(recordOf(told.call)).toMatchObject({ reason: 'served', answeredAt: 1_500, billable: false });
  });

  it('ends when the caller hangs up, and the service is stopped', () => {
    const told = served().tell({ type: 'caller.ended', at: 4_000 });
    expect(told.deeds).toContain('stop-service');
    expect(recordOf(told.call)).toMatchObject({ endedBy: 'caller', reason: 'hangup', endedAt: 4_000 });
  });

  it('follows an attempt that failed: the caller leaves the bridge in which he waited', () => {
    const told = new Told().dialled(trying([ring([leg('device')], { after: { busy: 2 } }), echo]));
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_500, q850: 17, sip: 486 });
    expect(told.call).toMatchObject({
      state: 'serving',
      attempt: 2,
      hunts: [{ attempt: 1, outcome: 'busy', next: 2 }],
    });
    expect(told.did('take')).toMatchObject([{ bridge: `${told.call.id}.b` }]);
  });

  it('begins its service again after a restart of ours, and is not answered a second time', () => {
    const told = served();
    told.call = restored(told.call);
    told.tell({ type: 'looked', present: ['caller'], bridged: [], now: 20_000 });
    expect(told.deeds).toEqual(['serve']);
  });

  it('asks again when nobody says that the caller was answered', () => {
    const told = new Told(fromMember).tell(trying([echo]), { type: 'saved', version: 1 });
    told.tell({ type: 'timer.fired', timer: 'answer', attempt: 1 });
    expect(told.deeds).toEqual(['reconcile', 'take', 'start-timer']);
  });

  it('was answered and hung up while nobody was looking: the log knows both', () => {
    const told = new Told(fromMember).tell(trying([echo]));
    const before = restored(told.call);
    const look = { at: 90_000, startedAt: 0, channels: new Map(), bridges: new Map() };
    const log = new Map([['caller', { createdAt: 1_000, answeredAt: 1_500, endedAt: 8_000, q850: 16 }]]);
    const known = { call: () => true, caller: () => true };
    const { events } = reconcile(look, [before], log, known);
    const { call, effects } = stepAll(before, events.get(before.id) ?? []);
    expect(recordOf(call)).toMatchObject({
      answeredAt: 1_500,
      endedAt: 8_000,
      endedBy: 'caller',
      reason: 'hangup',
      billable: false,
    });
    expect(effects.map((effect) => effect.do)).not.toContain('serve');
  });
});
