import { describe, expect, it } from '@jest/globals';
import { fromMember, leg, ring, Told, trying } from '../domain/step.fixture.js';
import { membersOf, phaseIn, phaseOf } from './presence-of.js';

const to = (member: string) => trying([ring([{ ...leg('device'), member }])]);
/** `m` calls Lee. */
const ringing = () =>
  new Told(fromMember).dialled(to('lee')).tell({ type: 'leg.ringing', leg: new Told().leg(), at: 1_500 });

describe('what a call makes of those whom it concerns', () => {
  it('given_a_call_that_rings_then_who_calls_talks_and_who_is_called_rings', () => {
    const { call } = ringing();
    expect([...membersOf(call)]).toEqual(['m', 'lee']);
    expect([phaseIn(call, 'm'), phaseIn(call, 'lee'), phaseIn(call, 'kim')]).toEqual([
      'talking',
      'ringing',
      undefined,
    ]);
  });

  it('given_it_is_answered_and_over_then_both_talk_and_then_neither', () => {
    const told = ringing().tell({ type: 'leg.answered', leg: new Told().leg(), at: 2_000 });
    expect([phaseIn(told.call, 'm'), phaseIn(told.call, 'lee')]).toEqual(['talking', 'talking']);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 9_000, q850: 16 });
    expect([phaseIn(told.call, 'm'), phaseIn(told.call, 'lee')]).toEqual([undefined, undefined]);
  });

  it('given_several_calls_then_talking_is_told_before_ringing', () => {
    const talks = new Told().talking(to('lee')).call;
    expect(phaseOf([ringing().call, talks], 'lee')).toBe('talking');
    expect(phaseOf([ringing().call], 'lee')).toBe('ringing');
    expect(phaseOf([], 'lee')).toBeUndefined();
  });
});
