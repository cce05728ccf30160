import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agentCodeStates, agentMachine } from './agent-machine.js';
import { listenMachine, listenStates } from './listen-machine.js';
import { failed, heard, key, keys, played, timeout, told } from './machine.fixture.js';
import type { Machine } from './machine.js';
import type { EnteredFacts } from './queue-facts.js';
import { queueMachine, queueStates } from './queue-machine.js';
import type { ServiceEvent } from './service-event.js';
import { superviseMachine, superviseStates } from './supervise-machine.js';
import { surveyMachine, surveyStates } from './survey-machine.js';

const entered = (facts: Partial<EnteredFacts> = {}): ServiceEvent => ({
  type: 'entered',
  facts: { language: 'ko', choices: [], consent: false, announceSeconds: 20, ...facts },
});
const placed: ServiceEvent = { type: 'placed', position: 3, minutes: 2, callback: true };
const done: ServiceEvent = { type: 'done' };
const machine = () => queueMachine('en');
const deeds = (effects: readonly { readonly do: string }[]) => effects.map((effect) => effect.do);

describe('a caller in a queue', () => {
  it('given_his_language_is_known_then_he_may_be_taken_at_once_and_hears_his_place_in_it', () => {
    expect(deeds(told(machine(), entered()).effects)).toEqual(['line-up', 'place']);
    const { effects } = told(machine(), entered(), placed);
    expect(heard(effects).join(' ')).toBe(
      'queue-place n-3 queue-place-end queue-wait n-2 queue-wait-end queue-callback-offer',
    );
    expect(effects).toMatchObject([{ do: 'play', language: 'ko' }]);
  });

  it('given_nobody_knows_his_language_then_each_is_offered_in_itself_and_the_key_chooses', () => {
    const choices = ['en', 'ja'] as const;
    const asked = told(machine(), entered({ choices, language: 'en' }), played);
    expect(asked.effects).toMatchObject([
      { do: 'play', language: 'ja', media: ['sound:anydial/queue-language-2'] },
    ]);
    expect(told(machine(), entered({ choices }), key('2')).effects).toEqual([
      { do: 'choose', language: 'ja' },
    ]);
    // He may not be taken before.
    expect(deeds(told(machine(), entered({ choices }), key('9'), played, played).effects)).toEqual(['wait']);
    expect(told(machine(), entered({ choices }), played, played, timeout).effects).toEqual([
      { do: 'choose', language: 'en' },
    ]);
  });

  it('given_he_may_be_recorded_then_he_is_told_so_before_anybody_may_take_him', () => {
    const telling = told(machine(), entered({ consent: true }));
    expect(heard(telling.effects)).toEqual(['queue-consent']);
    expect(deeds(told(machine(), entered({ consent: true }), played).effects)).toEqual(['line-up', 'place']);
  });

  it('given_time_passes_then_he_hears_music_and_his_place_again', () => {
    const music = told(machine(), entered(), placed, played);
    expect(heard(music.effects)).toEqual(['queue-music']);
    expect(deeds(told(machine(), entered(), placed, played, played, played).effects)).toEqual(['place']);
  });

  it('given_music_cannot_be_played_then_it_is_not_tried_again_and_again_at_once', () => {
    const silent: ServiceEvent = { type: 'played', failed: true };
    expect(deeds(told(machine(), entered(), placed, played, silent).effects)).toEqual(['wait']);
  });

  it('given_he_presses_1_then_he_keeps_his_place_and_is_let_go', () => {
    expect(told(machine(), entered(), placed, key('1')).effects).toEqual([{ do: 'call-back' }]);
    expect(heard(told(machine(), entered(), placed, key('1'), done).effects)).toEqual([
      'queue-callback-done',
    ]);
    expect(heard(told(machine(), entered(), placed, key('1'), failed).effects)).toEqual(['queue-music']);
    const notOffered: ServiceEvent = { ...placed, callback: false } as ServiceEvent;
    expect(told(machine(), entered(), notOffered, key('1')).at).toBe('telling');
  });

  it.each([
    ['timed-out', 'queue-timed-out'],
    ['full', 'queue-full'],
    ['closed', 'queue-closed'],
  ] as const)('given_it_is_%s_then_he_is_told_in_his_language_and_hung_up', (word, said) => {
    const closing = told(machine(), entered(), placed, played, { type: 'told', word });
    expect(heard(closing.effects)).toEqual([said]);
    expect(told(machine(), entered(), { type: 'told', word }, played)).toMatchObject({
      at: 'ended',
      effects: [{ do: 'end', q850: 16 }],
    });
  });
});

describe('an agent at any phone', () => {
  it('given_it_is_his_own_then_he_hears_that_he_is_logged_in', () => {
    expect(heard(told(agentMachine('log-in', ''), done).effects)).toEqual(['agent-logged-in']);
  });

  it('given_it_is_nobodys_then_his_number_and_his_secret_number_are_asked', () => {
    const nothing: ServiceEvent = { type: 'nothing' };
    const asked = told(agentMachine('log-in', ''), nothing, ...keys('201#'), ...keys('4711#'));
    expect(asked.effects).toEqual([{ do: 'agent', number: '201', pin: '4711' }]);
    expect(told(agentMachine('log-in', '201'), ...keys('4711'), timeout).effects).toEqual(asked.effects);
    expect(heard(told(agentMachine('log-in', '201'), ...keys('1#'), { type: 'refused' }).effects)).toEqual([
      'agent-refused',
    ]);
  });
});

describe('a survey', () => {
  it('given_a_key_from_1_to_5_then_it_is_kept_and_others_are_not', () => {
    expect(told(surveyMachine(), played, key('7')).effects).toEqual([]);
    expect(told(surveyMachine(), key('4')).effects).toEqual([{ do: 'score', value: 4 }]);
    expect(heard(told(surveyMachine(), played, timeout).effects)).toEqual(['survey-thanks']);
  });
});

describe('a supervisor', () => {
  it('given_keys_4_5_and_6_then_he_changes_between_hearing_whispering_and_barging_in', () => {
    expect(told(superviseMachine('listen'), done, key('5')).effects).toEqual([
      { do: 'supervise', mode: 'whisper' },
    ]);
    expect(told(superviseMachine('listen'), done, key('4')).effects).toEqual([]);
    expect(deeds(told(superviseMachine('barge'), { type: 'refused' }).effects)).toEqual(['let-go', 'play']);
    expect(deeds(told(superviseMachine('barge'), done, { type: 'told', word: 'closed' }).effects)).toEqual([
      'let-go',
      'play',
    ]);
  });
});

describe('an operator who listens', () => {
  const failedNotice: ServiceEvent = { type: 'played', failed: true };
  it('given_those_who_talk_were_told_then_he_hears_them_and_given_they_could_not_be_told_then_he_does_not', () => {
    expect(listenMachine().begin().effects).toEqual([{ do: 'notice' }]);
    expect(told(listenMachine(), played).effects).toEqual([{ do: 'supervise', mode: 'listen' }]);
    expect(deeds(told(listenMachine(), failedNotice).effects)).toEqual(['let-go', 'play']);
  });

  it('given_any_key_then_he_never_speaks', () => {
    for (const digit of '0123456789*#')
      expect(told(listenMachine(), played, done, key(digit)).effects).toEqual([]);
  });
});

describe.each([
  ['queue', queueStates, queueMachine('ko')],
  ['survey', surveyStates, surveyMachine()],
  ['agent-code', agentCodeStates, agentMachine('log-in', '')],
  ['supervise', superviseStates, superviseMachine('listen')],
  ['listen', listenStates, listenMachine()],
] as const)('%s', (_, table, one) => {
  it('takes any event in any order without a throw, and is silent once it has ended', () => {
    const event = fc.oneof(
      fc.constantFrom<ServiceEvent>(played, timeout, done, failed, entered(), placed, { type: 'nothing' }),
      fc.constantFrom<ServiceEvent>(entered({ choices: ['ko', 'ja'], consent: true }), { type: 'refused' }),
      fc.constantFrom<ServiceEvent>({ type: 'told', word: 'full' }, { type: 'played', failed: true }),
      fc.constantFrom(...'0123456789*#').map(key),
    );
    const any = one as unknown as Machine<{ readonly at: never }>;
    fc.assert(
      fc.property(fc.array(event, { maxLength: 50 }), (events) => {
        let { state } = any.begin();
        for (const next of events) {
          const ended = (table.final as readonly string[]).includes(state.at);
          const step = any.step(state, next);
          if (ended) expect(step).toEqual({ state, effects: [] });
          state = step.state;
        }
      }),
    );
  });
});
