import { describe, expect, it } from '@jest/globals';
import { done, failed, heard, key, keys, played, timeout, told } from './machine.fixture.js';
import { type MemberSetting, setMachine } from './set-machine.js';
import { speechIn } from './speech.js';

const speech = speechIn('en');
const machine = (setting: MemberSetting, value: string | boolean | null) =>
  setMachine(setting, value, speech);

it.each([
  ['do-not-disturb', true, ['do-not-disturb-on']],
  ['do-not-disturb', false, ['do-not-disturb-off']],
  ['hide-number', true, ['hide-number-on']],
  ['forward-busy', null, ['forward-busy-off']],
  ['forward-always', '*12', ['forward-always-on', 'star', 'digit-1', 'digit-2']],
] as const)('%s becomes %s, and the member hears so', (setting, value, said) => {
  expect(told(machine(setting, value)).effects).toEqual([{ do: 'set', value }]);
  expect(heard(told(machine(setting, value), done).effects)).toEqual(said);
  expect(told(machine(setting, value), done, played).effects).toEqual([{ do: 'end', q850: 16 }]);
});

it.each([
  [{ type: 'refused' } as const, 'setting-refused'],
  [failed, 'try-later'],
])('%j is told, never a success', (event, said) => {
  expect(heard(told(machine('forward-always', '12'), event).effects)).toEqual([said]);
});

describe('a code without a number', () => {
  const asked = machine('forward-no-answer', '');

  it('asks for it until the pound key', () => {
    expect(heard(told(asked).effects)).toEqual(['forward-ask']);
    expect(told(asked, ...keys('02')).effects).toEqual([{ do: 'wait', seconds: 8 }]);
    expect(told(asked, ...keys('02#')).effects).toEqual([{ do: 'set', value: '02' }]);
    expect(heard(told(asked, ...keys('02#'), done).effects)).toEqual([
      'forward-no-answer-on',
      'digit-0',
      'digit-2',
    ]);
  });

  it('or until nothing more comes', () => {
    expect(told(asked, ...keys('02'), timeout).effects).toEqual([{ do: 'set', value: '02' }]);
  });

  it.each([[[key('#')]], [[played, timeout]]])('changes nothing without a number', (events) => {
    expect(heard(told(asked, ...events).effects)).toEqual(['cancelled']);
  });

  it('refuses endless digits', () => {
    expect(heard(told(asked, ...keys('1'.repeat(33))).effects)).toEqual(['setting-refused']);
  });
});
