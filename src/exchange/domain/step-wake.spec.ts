import { describe, expect, it } from '@jest/globals';
import { leg, ring, Told, trying } from './step.fixture.js';
import type { LegPlan } from './verdict.js';

const wakes = { member: 'lee', called: '0262006200082', calling: { number: '1', withheld: false } } as const;
const desk: LegPlan = { ...leg('device'), target: 'desk', endpoint: 'PJSIP/desk', member: 'lee' };
const next = ring([leg('trunk')]);
const after = { unreachable: 2, 'no-answer': 2, busy: 2 };
const woken = (...devices: readonly string[]) => ({ type: 'member.woken', devices }) as const;

/** Told by push; whoever is in `legs` is rung at once. */
const waking = (legs: readonly LegPlan[] = []) =>
  new Told().tell(
    trying([ring(legs, { wakes, after }), next]),
    { type: 'bridge.ready' },
    { type: 'money.granted', now: 1_012 },
    { type: 'saved', version: 1 },
  );
/** A browser that came on while it rang, dialled. */
const come = (call: Told, n = 1) =>
  call
    .tell(woken('browser'))
    .tell({ type: 'saved', version: call.call.version })
    .tell({ type: 'leg.created', leg: call.leg(1, n), at: 3_000 });

describe('a call to somebody who is told of it by a push message', () => {
  it('given_no_telephone_of_his_is_there_then_the_caller_hears_ringing_and_the_call_waits', () => {
    const call = waking();
    expect(call.deeds).toContain('ring');
    expect(call.call).toMatchObject({ state: 'dialling', waking: 1, legs: [] });
  });

  it('given_a_telephone_comes_on_then_it_is_made_only_when_that_is_recorded_and_then_dialled', () => {
    const call = waking();
    expect(call.tell(woken('browser')).deeds).toEqual(['save']);
    expect(call.tell({ type: 'saved', version: call.call.version }).did('create-leg')).toMatchObject([
      {
        leg: {
          channel: call.leg(1, 1),
          plan: { endpoint: 'PJSIP/browser', member: 'lee', called: wakes.called },
        },
      },
    ]);
    expect(call.tell({ type: 'leg.created', leg: call.leg(1, 1), at: 3_000 }).deeds).toContain('dial');
  });

  it('given_it_answers_then_they_talk_and_a_desk_phone_that_rang_beside_it_is_given_up', () => {
    const call = waking([desk]).tell(
      { type: 'leg.created', leg: new Told().leg(), at: 2_000 },
      { type: 'leg.ringing', leg: new Told().leg(), at: 2_100 },
    );
    come(call, 2).tell({ type: 'leg.answered', leg: call.leg(1, 2), at: 5_000 });
    expect(call.call).toMatchObject({ state: 'talking', answeredAt: 5_000 });
    expect(call.did('hangup')).toMatchObject([{ channel: call.leg(1, 1) }]);
    expect(call.did('join')).toMatchObject([{ leg: call.leg(1, 2) }]);
  });

  it('given_the_only_telephone_cannot_be_reached_then_the_call_waits_and_rings_it_when_it_registers_anew', () => {
    const call = waking([desk]).tell({ type: 'leg.created', leg: new Told().leg(), at: 2_000 });
    call.tell({ type: 'leg.ended', leg: call.leg(), at: 2_500, q850: 20 });
    expect(call.call).toMatchObject({ state: 'dialling', attempt: 1 });
    expect(call.deeds).toContain('ring');
    expect(call.tell(woken('desk')).deeds).toEqual(['save']);
  });

  it('given_nobody_comes_in_time_then_what_follows_is_tried', () => {
    const call = waking().tell({ type: 'timer.fired', timer: 'wake', attempt: 1 });
    expect(call.call).toMatchObject({ attempt: 2, hunts: [{ attempt: 1, outcome: 'unreachable', next: 2 }] });
  });

  it('given_it_rings_and_is_not_answered_in_time_then_it_is_given_up_and_what_follows_is_tried', () => {
    const call = come(waking()).tell({ type: 'leg.ringing', leg: new Told().leg(), at: 4_000 });
    call.tell({ type: 'timer.fired', timer: 'wake', attempt: 1 });
    expect(call.did('hangup')).toMatchObject([{ channel: call.leg(), q850: 19 }]);
    call.tell({ type: 'leg.ended', leg: call.leg(), at: 46_000, q850: 19 });
    expect(call.call).toMatchObject({ attempt: 2, hunts: [{ outcome: 'no-answer' }] });
  });

  it('given_he_declines_on_one_then_nobody_is_waited_for_any_more', () => {
    const call = come(waking()).tell({ type: 'leg.ringing', leg: new Told().leg(), at: 4_000 });
    call.tell({ type: 'leg.ended', leg: call.leg(), at: 5_000, q850: 21, sip: 603 });
    expect(call.call.ending).toMatchObject({ reason: 'declined' });
  });

  it.each([
    ['it rings already', () => waking([desk]), 'desk'],
    ['the same one is woken twice', () => come(waking()), 'browser'],
  ] as const)('given_%s_then_it_is_not_rung_again', (_, call, device) => {
    expect(call().tell(woken(device)).effects).toEqual([]);
  });

  it('given_he_talks_or_the_call_woke_nobody_then_a_telephone_that_comes_on_is_not_rung', () => {
    const talks = come(waking()).tell({ type: 'leg.answered', leg: new Told().leg(), at: 5_000 });
    expect(talks.tell(woken('other')).effects).toEqual([]);
    const ordinary = new Told().dialled(trying([ring([desk])]));
    expect(ordinary.tell(woken('browser')).effects).toEqual([]);
  });

  it('given_a_telephone_that_comes_and_goes_then_it_is_rung_a_dozen_times_at_most', () => {
    const call = waking();
    for (let n = 1; n <= 20; n++) {
      call.tell(woken('browser')).tell({ type: 'saved', version: call.call.version });
      call.tell(
        { type: 'leg.created', leg: call.leg(1, n), at: 3_000 },
        { type: 'leg.ended', leg: call.leg(1, n), at: 3_001, q850: 20 },
      );
    }
    expect(call.call.legs).toHaveLength(12);
  });

  it('given_the_caller_gives_up_before_it_is_recorded_then_it_never_rings', () => {
    const call = waking().tell(woken('browser')).tell({ type: 'caller.ended', at: 4_000 });
    expect(call.tell({ type: 'saved', version: call.call.version }).deeds).not.toContain('create-leg');
  });

  it('given_this_process_was_started_anew_then_his_time_is_minded_again', () => {
    const call = waking().tell({ type: 'looked', present: ['caller'], bridged: [], now: 9_000 });
    expect(call.did('start-timer')).toMatchObject([{ timer: 'wake', attempt: 1 }]);
  });
});
