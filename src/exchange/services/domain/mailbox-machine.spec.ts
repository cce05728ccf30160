import { describe, expect, it } from '@jest/globals';
import { done, failed, heard, key, keys, played, recorded, timeout, told } from './machine.fixture.js';
import { mailboxMachine } from './mailbox-machine.js';
import type { MessageFacts } from './message-facts.js';
import type { ServiceEvent } from './service-event.js';
import { speechIn } from './speech.js';

const machine = mailboxMachine({ speech: speechIn('en'), newGreeting: 'voicemail/m/greeting-new' });
const message = (id: string, more: Partial<MessageFacts> = {}): MessageFacts => ({
  id,
  from: '15',
  receivedAt: { month: 11, day: 23, hour: 15, minute: 5 },
  recording: `voicemail/m/${id}`,
  heard: false,
  ...more,
});
const listed = (...messages: readonly MessageFacts[]): ServiceEvent => ({ type: 'listed', messages });
const three = listed(message('a'), message('b', { heard: true }), message('c'));
const at1 = [three, key('1')];
const heading = (position: string) => [
  'message',
  position,
  'from',
  'digit-1',
  'digit-5',
  ...['received', 'month-11', 'n-20', 'n-3', 'at', 'n-3', 'oh', 'n-5', 'pm'],
];

describe('the owner calls his mailbox', () => {
  it('and hears how many messages there are, then what he can do', () => {
    expect(heard(told(machine, three).effects)).toEqual([
      'you-have',
      'n-2',
      'new-messages',
      'and',
      'n-1',
      'saved-message',
      'mailbox-menu',
    ]);
    expect(heard(told(machine, listed()).effects)).toEqual(['mailbox-no-messages', 'mailbox-menu']);
  });

  it('and hears number and time of a message, the message, and what to do with it', () => {
    expect(heard(told(machine, ...at1).effects)).toEqual(heading('n-1'));
    expect(heard(told(machine, ...at1, played).effects)).toEqual(['recording:voicemail/m/a']);
    expect(told(machine, ...at1, played, played).effects).toEqual([
      { do: 'mark-heard', id: 'a' },
      { do: 'play', media: ['sound:anydial/mailbox-message-menu'] },
    ]);
  });

  it.each(['5', '6', '7', '9', '#'])('and a message interrupted by %s counts as heard', (digit) => {
    expect(told(machine, ...at1, played, key(digit)).effects).toContainEqual({ do: 'mark-heard', id: 'a' });
  });

  it('and a message of which only the number was heard stays new', () => {
    expect(told(machine, ...at1, key('6')).effects).not.toContainEqual({ do: 'mark-heard', id: 'a' });
  });

  it('and a message that was heard before is not marked again', () => {
    expect(told(machine, three, ...keys('16'), played, played).effects).not.toContainEqual({
      do: 'mark-heard',
      id: 'b',
    });
  });

  it.each([
    ['5', heading('n-1')],
    ['6', heading('n-2')],
    ['9', heading('n-2')],
    ['4', heading('n-1')],
    ['66', heading('n-3')],
    ['664', heading('n-2')],
    ['666', ['mailbox-no-more', 'mailbox-menu']],
    ['#', ['mailbox-menu']],
    ['2', ['wrong-key', 'mailbox-message-menu']],
  ])('and after the first message presses %s', (digits, said) => {
    expect(heard(told(machine, ...at1, played, played, played, ...keys(digits)).effects)).toEqual(said);
  });

  it('and deletes the first message: the next one follows', () => {
    expect(told(machine, ...at1, played, played, key('7')).effects).toEqual([{ do: 'delete', id: 'a' }]);
    const after = told(machine, ...at1, played, played, key('7'), done);
    expect(heard(after.effects)).toEqual(['mailbox-deleted', ...heading('n-1')]);
    expect(told(machine, ...at1, key('7'), done, played).effects).toEqual([
      { do: 'play', media: ['recording:voicemail/m/b'] },
    ]);
  });

  it('and deletes the last message: back to the menu', () => {
    const events = [listed(message('a')), ...keys('17'), done];
    expect(heard(told(machine, ...events).effects)).toEqual([
      'mailbox-deleted',
      'mailbox-no-more',
      'mailbox-menu',
    ]);
    expect(heard(told(machine, ...events, key('1')).effects)).toEqual([
      'mailbox-no-messages',
      'mailbox-menu',
    ]);
  });

  it('and a message that could not be deleted is still there', () => {
    const after = told(machine, ...at1, key('7'), failed);
    expect(heard(after.effects)).toEqual(['try-later', 'mailbox-message-menu']);
    expect(after.state.messages).toHaveLength(3);
  });

  it('and presses nothing: he is asked three times, then the call ends', () => {
    const silence = [played, timeout];
    expect(told(machine, three, ...silence, ...silence).at).toBe('menu');
    const last = told(machine, three, ...silence, ...silence, ...silence);
    expect(heard(last.effects)).toEqual(['goodbye']);
    expect(told(machine, three, ...silence, ...silence, ...silence, played).effects).toEqual([
      { do: 'end', q850: 16 },
    ]);
  });

  it('and hears that it does not work now when the messages cannot be read', () => {
    expect(heard(told(machine, failed).effects)).toEqual(['try-later', 'goodbye']);
  });
});

describe('the owner records his greeting', () => {
  const spoken = [three, ...keys('01'), played, recorded];

  it('after a tone, hears it, and keeps it', () => {
    expect(heard(told(machine, three, ...keys('01')).effects)).toEqual(['greeting-record', 'beep']);
    expect(told(machine, three, ...keys('01'), played).effects).toMatchObject([
      { do: 'record', what: 'greeting' },
    ]);
    expect(heard(told(machine, ...spoken).effects)).toEqual([
      'recording:voicemail/m/greeting-new',
      'greeting-review',
    ]);
    expect(told(machine, ...spoken, key('1')).effects).toEqual([{ do: 'keep', what: 'greeting' }]);
    expect(heard(told(machine, ...spoken, key('1'), done).effects)).toEqual([
      'greeting-saved',
      'mailbox-menu',
    ]);
  });

  it('again, or not at all', () => {
    expect(heard(told(machine, ...spoken, key('2')).effects)).toEqual(['greeting-record', 'beep']);
    expect(told(machine, ...spoken, key('#')).at).toBe('greetings');
  });

  it('back to the standard one', () => {
    expect(told(machine, three, ...keys('02')).effects).toEqual([{ do: 'forget-greeting' }]);
  });
});
