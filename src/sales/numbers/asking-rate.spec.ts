import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { AskingRate } from './asking-rate.js';

const asked = (rate: AskingRate, place: string, times: number): number =>
  Array.from({ length: times }, () => rate.admits(place)).filter(Boolean).length;

describe('how often one place may ask', () => {
  it('is 60 at once, then 15 a second, whoever else asks', () => {
    const clock = new ManualClock();
    const rate = new AskingRate(clock);
    expect(asked(rate, 'here', 100)).toBe(60);
    expect(asked(rate, 'there', 1)).toBe(1);
    clock.advance(1_000);
    expect(asked(rate, 'here', 100)).toBe(15);
    clock.advance(60_000);
    expect(asked(rate, 'here', 100)).toBe(60);
  });
});
