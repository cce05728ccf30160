import { describe, expect, it } from '@jest/globals';
import { heard, key, played, timeout, told } from './machine.fixture.js';
import { speakMachine } from './speak-machine.js';
import { speechIn } from './speech.js';

const machine = speakMachine({ prompt: 'code', digits: '40', times: 2 }, speechIn('en'));

describe('a code that is spoken', () => {
  it('is said digit by digit, once he has the handset at his ear', () => {
    expect(told(machine).effects).toEqual([{ do: 'wait', seconds: 1 }]);
    expect(heard(told(machine, timeout).effects)).toEqual(['order-code', 'digit-4', 'digit-0']);
  });

  it('is repeated as often as was wanted, then goodbye', () => {
    expect(told(machine, timeout, played).effects).toEqual([{ do: 'wait', seconds: 2 }]);
    expect(heard(told(machine, timeout, played, timeout).effects)).toHaveLength(3);
    const closing = told(machine, timeout, played, timeout, played);
    expect(heard(closing.effects)).toEqual(['goodbye']);
    expect(told(machine, timeout, played, timeout, played, played).effects).toEqual([
      { do: 'end', q850: 16 },
    ]);
  });

  it('goes on when a key is pressed, which is told on', () => {
    const { at, effects } = told(machine, timeout, key('5'));
    expect({ at, effects }).toEqual({ at: 'saying', effects: [{ do: 'pressed', digit: '5' }] });
  });

  it('is not said for ever when nothing can be played', () => {
    const failed = { type: 'played', failed: true } as const;
    expect(told(machine, timeout, failed, timeout, failed, failed).at).toBe('ended');
  });
});
