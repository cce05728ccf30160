import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  checkMove,
  defineStates,
  flawsOf,
  isFinal,
  moveText,
  nextState,
  type StateTable,
  targets,
  toMarkdown,
} from './fsm.js';

type State = 'idle' | 'ringing' | 'talking' | 'ended';
type Event = 'dialled' | 'answered' | 'hung-up';

const door: StateTable<State, Event> = {
  name: 'door',
  initial: 'idle',
  final: ['ended'],
  moves: {
    idle: { dialled: 'ringing' },
    ringing: { answered: ['talking', 'ended'], 'hung-up': 'ended' },
    talking: { 'hung-up': 'ended' },
    ended: {},
  },
};

describe('state table', () => {
  test('a sound table is accepted', () => {
    expect(defineStates(door)).toBe(door);
  });

  test('a state that nothing leads to does not boot', () => {
    const { answered: _, ...ringing } = door.moves.ringing;
    expect(() => defineStates({ ...door, moves: { ...door.moves, ringing } })).toThrow(
      'state table door: talking cannot be reached',
    );
  });

  test('a state that can only come back to itself has no way out', () => {
    const moves = { ...door.moves, talking: { answered: 'talking' } } as const;
    expect(flawsOf({ ...door, moves })).toEqual([
      'talking has no way out',
      'talking never comes to a final state',
    ]);
  });

  test('two states that only lead to each other never end', () => {
    const moves = {
      ...door.moves,
      idle: { dialled: 'ringing' },
      ringing: { answered: 'talking' },
      talking: { answered: 'ringing' },
    } as const;
    expect(flawsOf({ ...door, moves })).toEqual([
      'idle never comes to a final state',
      'ringing never comes to a final state',
      'talking never comes to a final state',
      'ended cannot be reached',
    ]);
  });

  test('a final state that goes on is refused', () => {
    expect(flawsOf({ ...door, moves: { ...door.moves, ended: { dialled: 'ringing' } } })).toEqual([
      'ended is final but has moves',
    ]);
  });

  test('a single target is the next state; a choice or an unexpected event is not allowed', () => {
    expect(nextState(door, 'idle', 'dialled')).toEqual({ ok: true, value: 'ringing' });
    expect(nextState(door, 'ringing', 'answered')).toMatchObject({ failure: { code: 'fsm.not-allowed' } });
    expect(nextState(door, 'ended', 'dialled')).toMatchObject({ failure: { code: 'fsm.not-allowed' } });
    expect(targets(door, 'ringing', 'answered')).toEqual(['talking', 'ended']);
  });

  test('any walk over allowed moves passes the check, any other move does not', () => {
    const state = fc.constantFrom<State>('idle', 'ringing', 'talking', 'ended');
    const event = fc.constantFrom<Event>('dialled', 'answered', 'hung-up');
    fc.assert(
      fc.property(state, event, state, (from, on, to) => {
        const listed = targets(door, from, on).includes(to);
        expect(checkMove(door, { from, event: on, to }).ok).toBe(listed);
        if (listed) expect(isFinal(door, from)).toBe(false);
      }),
    );
  });

  test('prints as a table for people and as a line for logs', () => {
    expect(moveText({ from: 'ringing', event: 'answered', to: 'talking' })).toBe(
      'ringing -> answered -> talking',
    );
    expect(toMarkdown(door)).toBe(
      [
        '| state         | event    | leads to       |',
        '| ------------- | -------- | -------------- |',
        '| idle (start)  | dialled  | ringing        |',
        '| ringing       | answered | talking, ended |',
        '|               | hung-up  | ended          |',
        '| talking       | hung-up  | ended          |',
        '| ended (final) |          |                |',
        '',
      ].join('\n'),
    );
  });
});
