import { describe, expect, it } from '@jest/globals';
import type { PageEvent } from '../../infra/http/events/page-event.js';
import { payloadOf } from '../../infra/http/events/page-event.js';
import { ManualClock } from '../../kernel/clock.js';
import type { Call } from '../domain/call.js';
import { callNews } from './call-news.js';

const call = (id: string, state: Call['state'], answeredAt?: number) =>
  ({ id, state, ...(answeredAt === undefined ? {} : { answeredAt }) }) as Call;

function watched() {
  const clock = new ManualClock();
  const told: PageEvent[] = [];
  const watch = callNews((...events) => void told.push(...events), clock);
  const moved = (before: Call, after: Call) => watch.moved?.(before, after);
  return { clock, told, moved };
}

describe('what pages hear of calls', () => {
  it('given_a_call_moves_twice_in_half_a_second_then_its_latest_state_is_told_once', () => {
    const { clock, told, moved } = watched();
    moved(call('a', 'dialling'), call('a', 'ringing'));
    moved(call('a', 'ringing'), call('a', 'talking', 9));
    expect(told).toEqual([]);
    clock.advance(500);
    expect(told.map(({ data }) => data)).toEqual([{ calls: [{ id: 'a', state: 'talking', answeredAt: 9 }] }]);
    clock.advance(10_000);
    expect(told).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('given_something_else_than_its_state_changes_then_nothing_is_told', () => {
    const { clock, moved } = watched();
    moved(call('a', 'talking'), call('a', 'talking', 9));
    expect(clock.pending).toBe(0);
  });

  it('given_a_thousand_calls_at_once_then_each_notice_fits', () => {
    const { clock, told, moved } = watched();
    const id = (n: number) => `01a208cc-1d71-75a6-a3d3-${String(n).padStart(12, '0')}`;
    for (let n = 0; n < 1_000; n++)
      moved(call(id(n), 'dialling'), call(id(n), 'preparing', 1_795_804_000_000));
    clock.advance(500);
    expect(told).toHaveLength(20);
    expect(() => told.map(payloadOf)).not.toThrow();
  });
});
