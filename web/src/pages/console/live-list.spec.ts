import { describe, expect, it } from '@jest/globals';
import { fits, groupOf, type LiveCall, withMoves } from './live-list.js';

const call = (id: string, more: Partial<LiveCall> = {}): LiveCall => ({
  id,
  state: 'dialling',
  origin: 'member',
  member: { id: 'm', name: 'Kim Ara' },
  trunk: null,
  fromCountry: 'KR',
  calling: '02-6200-6100-082',
  dialled: '0262001234',
  called: '+82 2 6200 1234',
  toCountry: 'KR',
  via: ['gw-kr'],
  startedAt: '2026-11-27T00:00:00.000Z',
  answeredAt: null,
  price: null,
  emergency: false,
  ...more,
});

describe('live calls as events move them', () => {
  it('given_one_answered_and_one_ended_then_the_first_talks_since_then_and_the_other_is_gone', () => {
    const at = Date.parse('2026-11-27T00:00:05.000Z');
    const moves = new Map([
      ['a', { id: 'a', state: 'talking', answeredAt: at }],
      ['b', { id: 'b', state: 'ended', answeredAt: at }],
    ]);
    expect(withMoves([call('a'), call('b'), call('c')], moves)).toEqual([
      call('a', { state: 'talking', answeredAt: '2026-11-27T00:00:05.000Z' }),
      call('c'),
    ]);
  });

  it.each(['kim', '0262006100', '+82-2-6200', 'GW-KR', 'kr', ''])('given_%s_then_it_fits', (text) => {
    expect(fits(call('a'), { text, state: null })).toBe(true);
  });

  it('given_another_name_or_another_state_then_it_does_not_fit', () => {
    expect(fits(call('a'), { text: 'lee', state: null })).toBe(false);
    expect(fits(call('a'), { text: '', state: 'talking' })).toBe(false);
    expect(groupOf('early')).toBe('ringing');
  });
});
