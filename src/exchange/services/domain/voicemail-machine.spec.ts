import { describe, expect, it } from '@jest/globals';
import { done, failed, heard, key, played, recorded, told } from './machine.fixture.js';
import type { DepositFacts, ServiceEvent } from './service-event.js';
import { voicemailMachine } from './voicemail-machine.js';

const machine = voicemailMachine('busy', 'voicemail/m1/greeting');
const looked = (facts: Partial<DepositFacts> = {}): ServiceEvent => ({
  type: 'looked',
  deposit: { ownGreeting: false, full: false, recording: 'none', ...facts },
});
const record = { do: 'record', what: 'message', maxSeconds: 180, maxSilenceSeconds: 6 };

describe('a caller who may leave a message', () => {
  it('hears why nobody answers and what to do, then a tone, then is recorded', () => {
    expect(heard(told(machine, looked()).effects)).toEqual(['voicemail-busy', 'voicemail-leave']);
    expect(heard(told(machine, looked(), played).effects)).toEqual(['beep']);
    expect(told(machine, looked(), played, played).effects).toEqual([record]);
  });

  it("hears the owner's own greeting where there is one", () => {
    expect(heard(told(machine, looked({ ownGreeting: true })).effects)).toEqual([
      'recording:voicemail/m1/greeting',
    ]);
  });

  it('goes past the greeting with the pound key, and with no other', () => {
    expect(heard(told(machine, looked(), key('#')).effects)).toEqual(['beep']);
    for (const other of '0123456789*ABCD') {
      expect(told(machine, looked(), key(other))).toMatchObject({ at: 'greeting', effects: [] });
    }
  });

  it('is thanked when the message is safe, and the call ends', () => {
    const left = [looked(), played, played, recorded];
    expect(told(machine, ...left).effects).toEqual([{ do: 'keep', what: 'message' }]);
    expect(heard(told(machine, ...left, done).effects)).toEqual(['voicemail-thanks']);
    expect(told(machine, ...left, done, played).effects).toEqual([{ do: 'end', q850: 16 }]);
  });

  it.each([
    ['said nothing', { type: 'nothing' }, 'voicemail-nothing'],
    ['could not be recorded', failed, 'try-later'],
  ] as const)('hears that he %s', (_, event, said) => {
    expect(heard(told(machine, looked(), played, played, recorded, event).effects)).toEqual([said]);
  });

  it('is recorded even if nothing is known of the mailbox', () => {
    expect(heard(told(machine, failed).effects)).toEqual(['voicemail-busy', 'voicemail-leave']);
  });

  it('is recorded even if the greeting cannot be played', () => {
    const events: ServiceEvent[] = [looked({ ownGreeting: true }), { type: 'played', failed: true }];
    expect(heard(told(machine, ...events).effects)).toEqual(['beep']);
  });
});

it('given a full mailbox, the caller hears so and the call ends', () => {
  expect(heard(told(machine, looked({ full: true })).effects)).toEqual(['voicemail-full']);
  expect(told(machine, looked({ full: true }), played).at).toBe('ended');
});

it('given a recording that a former process began, it is taken up where it is', () => {
  const step = told(machine, looked({ recording: 'begun', full: true, ownGreeting: true }));
  expect(step).toMatchObject({ at: 'recording', effects: [{ do: 'resume' }] });
});

it('given a message that was left before a crash, it is not recorded over', () => {
  const step = told(machine, looked({ recording: 'left' }));
  expect(step.at).toBe('closing');
  expect(heard(step.effects)).toEqual(['voicemail-thanks']);
});
