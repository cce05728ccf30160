import { describe, expect, it } from '@jest/globals';
import { expectedWaitMs } from './expected-wait.js';

describe('the expected wait', () => {
  it('given_talks_of_a_minute_and_two_agents_then_the_fourth_waits_two_minutes', () => {
    expect(expectedWaitMs(4, 2, [10_000, 60_000, 600_000])).toBe(120_000);
  });
  it('given_nobody_is_logged_in_then_nobody_can_say', () => {
    expect(expectedWaitMs(1, 0, [60_000])).toBeUndefined();
  });
  it('given_nobody_has_talked_yet_then_a_talk_counts_three_minutes', () => {
    expect(expectedWaitMs(1, 1, [])).toBe(180_000);
  });
});
