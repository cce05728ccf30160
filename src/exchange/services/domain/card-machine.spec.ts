import { describe, expect, it } from '@jest/globals';
import { cardMachine } from './card-machine.js';
import type { ServiceEvent } from './service-event.js';

function run(wish: 'put-in' | 'take-out', events: readonly ServiceEvent[]) {
  const machine = cardMachine(wish);
  let { state, effects } = machine.begin();
  const done = [...effects];
  for (const event of events) {
    ({ state, effects } = machine.step(state, event));
    done.push(...effects);
  }
  return { at: state.at, done };
}
const keys = (text: string): readonly ServiceEvent[] => [...text].map((digit) => ({ type: 'digit', digit }));
const played: ServiceEvent = { type: 'played', failed: false };

describe('the code of a flash card', () => {
  it('given_number_and_pin_were_dialled_when_they_fit_then_it_says_so_and_hangs_up', () => {
    const { at, done } = run('put-in', [{ type: 'done' }, played]);
    expect(at).toBe('ended');
    expect(done).toMatchObject([
      { do: 'card', keyed: '' },
      { media: ['sound:anydial/card-in'] },
      { do: 'end' },
    ]);
  });

  it('given_only_the_code_was_dialled_then_number_and_pin_are_asked_for_one_after_the_other', () => {
    const events = [{ type: 'nothing' } as const, ...keys('123456789012'), played, ...keys('654321')];
    const { at, done } = run('put-in', events);
    expect(at).toBe('looking');
    expect(done.at(-1)).toEqual({ do: 'card', keyed: '123456789012*654321' });
  });

  it('given_it_is_refused_or_nothing_is_keyed_then_it_says_so', () => {
    expect(run('put-in', [{ type: 'refused' }]).done.at(-1)).toMatchObject({
      media: ['sound:anydial/card-refused'],
    });
    expect(run('take-out', [{ type: 'refused' }]).done.at(-1)).toMatchObject({
      media: ['sound:anydial/card-none'],
    });
    expect(run('put-in', [{ type: 'nothing' }, { type: 'timeout' }]).done.at(-1)).toMatchObject({
      media: ['sound:anydial/cancelled'],
    });
  });
});
