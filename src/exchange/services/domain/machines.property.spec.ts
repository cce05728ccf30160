import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFinal, type StateTable } from '../../../kernel/fsm.js';
import { cardCodeStates, cardMachine } from './card-machine.js';
import { echoMachine, echoStates } from './echo-machine.js';
import type { Machine } from './machine.js';
import { mailboxMachine } from './mailbox-machine.js';
import { mailboxStates } from './mailbox-state.js';
import { pageLinkMachine, pageLinkStates } from './page-link-machine.js';
import type { ServiceEvent, ServiceEventType } from './service-event.js';
import { setMachine, setStates } from './set-machine.js';
import { speechIn } from './speech.js';
import { voicemailMachine, voicemailStates } from './voicemail-machine.js';

const speech = speechIn('ko');
const message = fc.record({
  id: fc.uuid(),
  receivedAt: fc.constant({ month: 2, day: 29, hour: 23, minute: 59 }),
  recording: fc.string(),
  heard: fc.boolean(),
});
const anyEvent: fc.Arbitrary<ServiceEvent> = fc.oneof(
  fc.record({ type: fc.constantFrom('played', 'recorded'), failed: fc.boolean() }),
  fc.record({
    type: fc.constant('digit'),
    digit: fc.oneof(fc.constantFrom(...'0123456789*#ABCD'), fc.string()),
  }),
  fc.record({ type: fc.constantFrom('timeout', 'done', 'nothing', 'refused', 'failed') }),
  fc.record({ type: fc.constant('listed'), messages: fc.array(message, { maxLength: 4 }) }),
  fc.record({
    type: fc.constant('looked'),
    deposit: fc.record({
      ownGreeting: fc.boolean(),
      full: fc.boolean(),
      recording: fc.constantFrom('none', 'begun', 'left'),
    }),
  }),
) as fc.Arbitrary<ServiceEvent>;

interface Case {
  readonly table: StateTable<string, ServiceEventType>;
  readonly machine: Machine<{ readonly at: string }>;
}
/** Each machine's own state type is its secret; here only its place counts. */
const one = <At extends string, State extends { readonly at: At }>(
  table: StateTable<At, ServiceEventType>,
  machine: Machine<State>,
) => ({ table, machine }) as unknown as Case;
const cases: readonly Case[] = [
  one(voicemailStates, voicemailMachine('no-answer', 'g')),
  one(mailboxStates, mailboxMachine({ speech, newGreeting: 'g' })),
  one(echoStates, echoMachine('echo/1')),
  one(setStates, setMachine('forward-always', '', speech)),
  one(setStates, setMachine('do-not-disturb', true, speech)),
  one(cardCodeStates, cardMachine('put-in')),
  one(pageLinkStates, pageLinkMachine()),
];

describe.each(cases.map(({ table, machine }) => [table.name, table, machine] as const))(
  '%s',
  (_, table, machine) => {
    it('takes any event in any order without a throw, and is silent once it has ended', () => {
      fc.assert(
        fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
          let { state } = machine.begin();
          for (const event of events) {
            const ended = isFinal(table, state.at);
            const next = machine.step(state, event);
            if (ended) expect(next).toEqual({ state, effects: [] });
            state = next.state;
          }
        }),
      );
    });

    it('says once that it has ended, exactly when it has', () => {
      fc.assert(
        fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
          let { state, effects } = machine.begin();
          for (const event of events) {
            ({ state, effects } = machine.step(state, event));
            if (effects.some((effect) => effect.do === 'end')) expect(isFinal(table, state.at)).toBe(true);
          }
        }),
      );
    });

    it('comes to its end by itself when the person says and presses nothing', () => {
      let { state, effects } = machine.begin();
      for (let turn = 0; turn < 200 && !isFinal(table, state.at); turn++) {
        const asked = effects.at(-1)?.do;
        const answers: Record<string, ServiceEvent> = {
          play: { type: 'played', failed: false },
          record: { type: 'recorded', failed: false },
          wait: { type: 'timeout' },
          look: { type: 'looked', deposit: { ownGreeting: false, full: false, recording: 'none' } },
          list: { type: 'listed', messages: [] },
          keep: { type: 'done' },
          set: { type: 'done' },
        };
        ({ state, effects } = machine.step(state, answers[asked ?? ''] ?? { type: 'failed' }));
      }
      expect(isFinal(table, state.at)).toBe(true);
    });
  },
);
