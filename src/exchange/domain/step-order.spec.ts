import { describe, expect, it } from '@jest/globals';
import type { Call } from './call.js';
import type { CallEvent } from './call-event.js';
import type { Effect } from './effect.js';
import { legChannelOf } from './ids.js';
import { openOrder } from './open-order.js';
import type { OnAnswer } from './order.js';
import { orderOutcomeOf } from './order.js';
import { recordOf } from './record.js';
import { leg, ring, trying } from './step.fixture.js';
import { step } from './step.js';
import { stepAll } from './step-all.js';

const CALL = '01a21e49-7807-7ccc-bc73-3716ead0e93b';
const A = legChannelOf(CALL, 1, 1);
const speak: OnAnswer = { do: 'speak', prompt: 'code', digits: '42', times: 2 };
const connect: OnAnswer = { do: 'connect', dial: '15' };

class Ordered {
  call: Call;
  effects: readonly Effect[];

  constructor(onAnswer: OnAnswer) {
    const opened = openOrder({
      callId: CALL,
      node: 'n1',
      at: 1_000,
      origin: { kind: 'order', orderId: 'o', memberId: 'house', country: 'KR' },
      order: {
        id: 'o',
        ring: { kind: 'device', memberId: 'm', username: 'u' },
        ringSeconds: 20,
        onAnswer,
        language: 'ko',
        digits: '',
      },
    });
    this.call = opened.call;
    this.effects = opened.effects;
  }

  tell(...events: readonly CallEvent[]): this {
    this.effects = [];
    for (const event of events) {
      const { call, effects } = step(this.call, event);
      this.call = call;
      this.effects = [...this.effects, ...effects];
    }
    return this;
  }

  dialled(): this {
    return this.tell(
      trying([ring([leg('device')])]),
      { type: 'leg.created', leg: A, at: 1_010 },
      { type: 'money.granted', now: 1_012 },
      { type: 'saved', version: 1 },
    );
  }

  answered(): this {
    return this.dialled().tell({ type: 'leg.answered', leg: A, at: 2_000 });
  }

  get deeds(): readonly string[] {
    return this.effects.map((effect) => effect.do);
  }
}

const gone = (at: number): CallEvent => ({ type: 'leg.ended', leg: A, at, q850: 16 });

describe('a call that the exchange starts', () => {
  it('has no caller, no bridge and no originator, and dials only when it is recorded', () => {
    const told = new Ordered(speak).tell(trying([ring([leg('device')])]), {
      type: 'leg.created',
      leg: A,
      at: 1_010,
    });
    expect(told.call.bridge).toBe('none');
    expect(told.deeds).not.toContain('dial');
    expect(told.effects.find((effect) => effect.do === 'create-leg')).not.toHaveProperty('originator');
    told.tell({ type: 'money.granted', now: 1_011 }, { type: 'saved', version: 1 });
    expect(told.deeds).toEqual(['dial']);
  });

  it('speaks when it is answered, and its end by itself is paid for', () => {
    const told = new Ordered(speak).answered();
    expect(told.effects).toContainEqual({
      do: 'serve',
      plan: {
        kind: 'serve',
        service: { name: 'speak', prompt: 'code', digits: '42', times: 2, language: 'ko' },
      },
    });
    told.tell({ type: 'key.pressed', digit: '7' }, { type: 'key.pressed', digit: '#' });
    told.tell({ type: 'service.ended', q850: 16 });
    expect(told.effects).toContainEqual({ do: 'hangup', channel: A, q850: 16 });
    told.tell(gone(9_000));
    expect(told.call).toMatchObject({ state: 'ended', ending: { reason: 'served', billable: true } });
    expect(orderOutcomeOf(told.call)).toEqual({
      id: 'o',
      state: 'ended',
      cause: 'served',
      answeredAt: 2_000,
      connectedAt: null,
      digits: '7#',
    });
    expect(recordOf(told.call)).toMatchObject({ origin: 'order', memberId: 'house', endedAt: 9_000 });
  });

  it('ends when he hangs up: the service is stopped', () => {
    const told = new Ordered(speak).answered().tell(gone(3_000));
    expect(told.deeds).toContain('stop-service');
    expect(orderOutcomeOf(told.call)).toMatchObject({ state: 'ended', cause: 'hangup' });
  });

  it('was refused where nobody was rung, ended where somebody was', () => {
    const refused = new Ordered(speak).tell(trying([ring([leg('trunk')])]), {
      type: 'money.refused',
      reason: 'barred',
    });
    refused.tell({ type: 'leg.created', leg: A, at: 1_020 }, gone(1_030));
    expect(orderOutcomeOf(refused.call)).toMatchObject({ state: 'refused', cause: 'barred' });
    const busy = new Ordered(speak).dialled();
    busy.tell({ type: 'leg.ended', leg: A, at: 1_500, q850: 17 });
    expect(busy.call.state).toBe('ended');
    expect(orderOutcomeOf(busy.call)).toMatchObject({ state: 'ended', cause: 'busy', answeredAt: null });
  });

  it('answered before it began, by a clock that is behind ours, it was answered when it began', () => {
    const told = new Ordered(speak).dialled().tell({ type: 'leg.answered', leg: A, at: 400 });
    expect(told.call.answeredAt).toBe(1_000);
    expect(recordOf(told.tell({ type: 'service.ended', q850: 16 }, gone(500)).call)).toMatchObject({
      answeredAt: 1_000,
      endedAt: 1_000,
    });
  });

  it('nobody presses more keys than are kept', () => {
    const told = new Ordered(speak).answered();
    for (let key = 0; key < 100; key++) told.tell({ type: 'key.pressed', digit: '1' });
    expect(told.call.order?.digits).toHaveLength(32);
  });

  it('found answered after a crash, he is spoken to and not dialled once more', () => {
    const { call } = new Ordered(speak).tell(trying([ring([leg('device')])]));
    const { call: found, effects } = stepAll({ ...call, secured: true, money: 'granted' }, [
      { type: 'leg.created', leg: A, at: 1_010 },
      { type: 'leg.answered', leg: A, at: 2_000 },
      { type: 'looked', present: [A], bridged: [], now: 3_000 },
    ]);
    expect(found.state).toBe('talking');
    const deeds = effects.map((effect) => effect.do);
    expect(deeds).toContain('serve');
    expect(deeds).not.toContain('dial');
  });
});

describe('an order that connects', () => {
  it('opens the call to B with A as its caller, once', () => {
    const told = new Ordered(connect).answered();
    expect(told.effects).toContainEqual(
      expect.objectContaining({ do: 'open-transfer', kept: A, dialled: '15' }),
    );
    told.tell({ type: 'looked', present: [A], bridged: [], now: 2_500 });
    expect(told.deeds).not.toContain('open-transfer');
  });

  const to = (told: Ordered): string => (told.call.transfer?.kind === 'blind' ? told.call.transfer.to : '');

  it('B answered: connected, whoever hangs up', () => {
    const told = new Ordered(connect).answered();
    told.tell({ type: 'transfer.answered', call: to(told), at: 5_000 });
    told.tell({ type: 'second.ended', call: to(told), reason: 'hangup', at: 9_000 }, gone(9_010));
    expect(orderOutcomeOf(told.call)).toMatchObject({ cause: 'connected', connectedAt: 5_000 });
    expect(told.call.ending?.billable).toBe(true);
  });

  it('B was not had: that is the cause', () => {
    const told = new Ordered(connect).answered();
    told.tell({ type: 'second.ended', call: to(told), reason: 'busy', at: 4_000 }, gone(4_010));
    expect(orderOutcomeOf(told.call)).toMatchObject({ state: 'ended', cause: 'busy', connectedAt: null });
  });

  it('the call to B is gone after a crash: A is let go', () => {
    const told = new Ordered(connect).answered();
    told.tell({ type: 'transfer.failed', call: to(told), at: 6_000, progress: 'unavailable' });
    expect(told.effects).toContainEqual({ do: 'hangup', channel: A, q850: 16 });
  });
});
