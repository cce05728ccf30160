import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toMarkdown } from '../../../kernel/fsm.js';
import { type AgentNow, OFFLINE, stepAgent } from './agent.js';
import { type AgentEvent, agentStates } from './agent-states.js';

const told = (...events: readonly AgentEvent[]): AgentNow =>
  events.reduce((agent, event, at) => stepAgent(agent, event, at + 1), OFFLINE);
const logIn: AgentEvent = { type: 'logged-in', device: 'lab-a' };
const rung: AgentEvent = { type: 'rung', call: 'c1' };
const answered: AgentEvent = { type: 'answered', call: 'c1' };
const talked: AgentEvent = { type: 'talked', call: 'c1', wrapUpMs: 30_000 };

describe('an agent', () => {
  it('given_he_does_not_answer_then_he_is_paused_and_says_why', () => {
    const missed: AgentEvent = { type: 'missed', call: 'c1', reason: 'no-answer' };
    expect(told(logIn, rung, missed)).toEqual({
      state: 'paused',
      since: 3,
      reason: 'no-answer',
      device: 'lab-a',
    });
  });

  it('given_the_caller_hangs_up_while_he_is_rung_then_he_is_ready_again', () => {
    expect(told(logIn, rung, { type: 'missed', call: 'c1' })).toMatchObject({ state: 'ready', since: 3 });
  });

  it('given_a_talk_is_over_then_he_wraps_up_until_its_time_is_over', () => {
    const wrapping = told(logIn, rung, answered, talked);
    expect(wrapping).toMatchObject({ state: 'wrap-up', until: 30_004 });
    expect(stepAgent(wrapping, { type: 'wrapped-up' }, 30_004)).toEqual({
      state: 'ready',
      since: 30_004,
      device: 'lab-a',
    });
  });

  it('given_he_wishes_a_pause_while_talking_then_he_is_paused_after_it', () => {
    const wish: AgentEvent = { type: 'paused', reason: 'lunch' };
    expect(told(logIn, rung, answered, wish)).toMatchObject({ state: 'talking' });
    expect(told(logIn, rung, answered, wish, talked)).toMatchObject({ state: 'paused', reason: 'lunch' });
    expect(told(logIn, rung, answered, wish, { type: 'resumed' }, talked)).toMatchObject({
      state: 'wrap-up',
    });
    expect(told(logIn, rung, answered, { type: 'logged-out' }, talked)).toEqual({
      state: 'offline',
      since: 5,
    });
  });

  it('given_news_of_another_call_then_nothing_changes', () => {
    const talking = told(logIn, rung, answered);
    expect(stepAgent(talking, { ...talked, call: 'c2' }, 9)).toBe(talking);
    expect(stepAgent(talking, { type: 'rung', call: 'c2' }, 9)).toBe(talking);
  });

  it('given_any_events_then_he_has_a_call_exactly_while_ringing_or_talking_and_a_phone_unless_offline', () => {
    const call = fc.constantFrom('c1', 'c2');
    const event = fc.oneof(
      fc.constant(logIn),
      fc.record({ type: fc.constantFrom('logged-out', 'resumed', 'wrapped-up') }),
      fc.record({ type: fc.constantFrom('rung', 'answered'), call }),
      fc.record({ type: fc.constant('paused'), reason: fc.constant('break') }),
      fc.record({ type: fc.constant('missed'), call, reason: fc.constantFrom('declined', undefined) }),
      fc.record({ type: fc.constant('talked'), call, wrapUpMs: fc.constantFrom(0, 5) }),
    ) as fc.Arbitrary<AgentEvent>;
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const { state, call, device, until, reason } = told(...events);
        expect(call !== undefined).toBe(state === 'ringing' || state === 'talking');
        expect(device !== undefined).toBe(state !== 'offline');
        expect(until !== undefined).toBe(state === 'wrap-up');
        expect(reason !== undefined).toBe(state === 'paused');
      }),
    );
  });

  it('is printed in the documentation as it is', async () => {
    expect(await readFile('docs/agent-states.md', 'utf8')).toContain(toMarkdown(agentStates));
  });
});
