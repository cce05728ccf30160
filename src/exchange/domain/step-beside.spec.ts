import { describe, expect, it } from '@jest/globals';
import { queueNewsOf } from '../queues/queue-news.js';
import { leg, ring, Told, trying } from './step.fixture.js';
import type { RingAttempt, ServeAttempt } from './verdict.js';

const queue: ServeAttempt = {
  kind: 'serve',
  service: { name: 'queue', to: { queue: 'q' }, visitor: { country: 'KR', dialled: '1' }, language: 'ko' },
};
const survey: ServeAttempt = { kind: 'serve', service: { name: 'survey', language: 'ko' } };
const agent = (name: string, more: Partial<RingAttempt> = {}): RingAttempt =>
  ring([{ ...leg('device'), agent: name }], more);

/** In a queue since 2,000. */
const waiting = () =>
  new Told().tell(trying([queue]), { type: 'saved', version: 1 }, { type: 'caller.answered', at: 2_000 });
/** Minjun's phone rings. */
const rung = (more: Partial<RingAttempt> = {}) => {
  const call = waiting().tell({ type: 'service.rings', ring: agent('minjun', more) });
  return call.tell(
    { type: 'saved', version: call.call.version },
    { type: 'bridge.ready' },
    { type: 'leg.created', leg: call.leg(2), at: 3_000 },
    { type: 'leg.ringing', leg: call.leg(2), at: 3_100 },
  );
};
const talking = (more: Partial<RingAttempt> = {}) => {
  const call = rung(more);
  return call.tell({ type: 'leg.answered', leg: call.leg(2), at: 5_000 });
};

describe('an agent is rung for a caller who waits', () => {
  it('given_it_is_wanted_then_nothing_is_made_before_it_is_saved', () => {
    const call = waiting().tell({ type: 'service.rings', ring: agent('minjun') });
    expect(call.deeds).toEqual(['create-bridge', 'save']);
    expect(call.tell({ type: 'saved', version: call.call.version }).deeds).toEqual(['create-leg']);
    expect(call.call.state).toBe('serving');
  });

  it('given_he_answers_then_the_service_stops_and_both_talk_since_the_queue_answered', () => {
    const call = talking();
    expect(call.call).toMatchObject({ state: 'talking', answeredAt: 2_000, attempt: 2 });
    expect(call.deeds).toEqual(['stop-timers', 'stop-service', 'join', 'answer', 'save']);
  });

  it('given_he_does_not_answer_then_the_caller_waits_on_and_the_next_is_rung', () => {
    const call = rung();
    const first = call.leg(2);
    call.tell({ type: 'leg.ended', leg: first, at: 9_000, q850: 19 });
    expect(call.call.state).toBe('serving');
    call.tell({ type: 'service.rings', ring: agent('emma') });
    expect(call.tell({ type: 'saved', version: call.call.version }).did('create-leg')).toMatchObject([
      { leg: { channel: call.leg(3), plan: { agent: 'emma' } } },
    ]);
  });

  it('given_he_is_given_up_before_he_was_rung_then_his_phone_never_rings', () => {
    const call = waiting().tell(
      { type: 'service.rings', ring: agent('minjun') },
      { type: 'service.gives-up' },
    );
    expect(call.call.legs).toMatchObject([{ status: 'ended' }]);
    expect(call.tell({ type: 'saved', version: call.call.version }).deeds).toEqual([]);
  });

  it('given_the_caller_hangs_up_then_his_phone_stops_and_the_call_is_paid_for_as_answered', () => {
    const call = rung().tell({ type: 'caller.ended', at: 6_000 });
    expect(call.did('hangup')).toMatchObject([{ channel: call.leg(2) }]);
    expect(call.call.ending).toMatchObject({ by: 'caller', reason: 'hangup', billable: true });
  });
});

describe('when a talk is over', () => {
  it('given_the_agent_hangs_up_first_and_a_survey_waits_then_the_caller_is_asked', () => {
    const call = talking({ follow: survey });
    call.tell({ type: 'leg.ended', leg: call.leg(2), at: 9_000, q850: 16 });
    expect(call.call.state).toBe('serving');
    expect(call.did('leave-bridge')).toHaveLength(1);
    expect(call.did('serve')).toEqual([{ do: 'serve', plan: survey }]);
  });

  it('given_the_caller_hangs_up_first_then_nobody_is_asked', () => {
    const call = talking({ follow: survey }).tell({ type: 'caller.ended', at: 9_000 });
    expect(call.call.ending).toMatchObject({ by: 'caller', reason: 'hangup' });
  });

  it('given_he_is_put_through_then_he_waits_again_and_the_agent_is_hung_up', () => {
    const call = talking().tell({ type: 'service.follows', serve: queue });
    expect(call.call).toMatchObject({ state: 'serving', answeredAt: 2_000 });
    expect(call.did('hangup')).toMatchObject([{ channel: call.leg(2) }]);
  });
});

describe('a queue that answers late', () => {
  it('given_he_hears_it_then_the_service_begins_and_his_call_when_the_agent_lifts', () => {
    const call = new Told().tell(trying([{ ...queue, late: true }]), { type: 'saved', version: 1 });
    expect(call.did('take')).toMatchObject([{ late: true }]);
    expect(call.tell({ type: 'caller.reached' }).did('serve')).toHaveLength(1);
    expect(call.call.answeredAt).toBeUndefined();
    call.tell({ type: 'service.rings', ring: agent('minjun') });
    call.tell(
      { type: 'saved', version: call.call.version },
      { type: 'bridge.ready' },
      { type: 'leg.created', leg: call.leg(2), at: 3_000 },
      { type: 'leg.answered', leg: call.leg(2), at: 5_000 },
    );
    expect(call.call.answeredAt).toBe(5_000);
    expect(call.did('answer')).toEqual([{ do: 'answer', channel: 'caller' }]);
  });

  it('given_nobody_takes_him_then_he_gets_no_answer_and_pays_nothing', () => {
    const call = new Told().tell(
      trying([{ ...queue, late: true }]),
      { type: 'saved', version: 1 },
      { type: 'caller.reached' },
      { type: 'service.ended', q850: 16 },
    );
    expect(call.call.ending).toMatchObject({ q850: 19, billable: false });
  });
});

describe('what a queue is told', () => {
  it('given_an_agent_answers_and_talks_and_the_call_ends_then_each_once', () => {
    const call = rung();
    const ringing = call.call;
    const answered = call.tell({ type: 'leg.answered', leg: call.leg(2), at: 5_000 }).call;
    expect(queueNewsOf(ringing, answered)).toMatchObject([
      { type: 'agent.answered', agentId: 'minjun', at: 5_000 },
    ]);
    const over = call.tell({ type: 'leg.ended', leg: call.leg(2), at: 9_000, q850: 16 }).call;
    expect(queueNewsOf(answered, over)).toMatchObject([
      { type: 'agent.talked', agentId: 'minjun', transferred: false },
      { type: 'call.over' },
    ]);
    expect(queueNewsOf(over, over)).toEqual([]);
  });

  it.each([
    [{ q850: 17, sip: 486 }, 'busy'],
    [{ q850: 19 }, 'no-answer'],
    [{ q850: 21, sip: 603 }, 'declined'],
  ] as const)('given_his_phone_ends_with_%j_then_it_is_%s', (how, why) => {
    const call = rung();
    const before = call.call;
    const after = call.tell({ type: 'leg.ended', leg: call.leg(2), at: 9_000, ...how }).call;
    expect(queueNewsOf(before, after)).toMatchObject([{ type: 'agent.missed', agentId: 'minjun', why }]);
  });

  it('given_we_gave_him_up_then_it_is_not_his_doing', () => {
    const call = rung();
    const dropped = call.tell({ type: 'service.gives-up' }).call;
    const after = call.tell({ type: 'leg.ended', leg: call.leg(2), at: 9_000, q850: 16 }).call;
    expect(queueNewsOf(dropped, after)).toMatchObject([{ why: 'given-up' }]);
  });
});
