import { describe, expect, it } from '@jest/globals';
import { qualityOf, type Sample, sampleOf } from './quality.js';

const sample = (changes: Partial<Sample> = {}): Sample => ({
  received: 0,
  lost: 0,
  jitter: 0.005,
  roundTrip: 0.02,
  ...changes,
});

describe('the quality of a talk', () => {
  it.each([
    ['all packets come', { received: 100 }, 'good'],
    ['one in thirty is lost', { received: 97, lost: 3 }, 'fair'],
    ['one in ten is lost', { received: 90, lost: 10 }, 'poor'],
    ['they come unevenly', { received: 100, jitter: 0.04 }, 'fair'],
    ['the way is long', { received: 100, roundTrip: 0.7 }, 'poor'],
    ['nothing comes', {}, 'poor'],
  ] as const)('given_%s_when_looked_at_then_it_is_told', (_, now, level) => {
    expect(qualityOf(sample(), sample(now)).level).toBe(level);
  });

  it('given_losses_of_long_ago_when_none_came_since_then_they_no_longer_count', () => {
    const before = sample({ received: 100, lost: 50 });
    expect(qualityOf(before, sample({ received: 200, lost: 50 })).lossPercent).toBe(0);
  });

  it('given_a_report_of_the_browser_when_read_then_times_and_counts_are_taken_of_it', () => {
    const reports = [
      { type: 'candidate-pair', state: 'succeeded', nominated: true, currentRoundTripTime: 0.05 },
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: 7, packetsLost: 1, jitter: 0.01 },
      { type: 'remote-inbound-rtp', roundTripTime: 0.03 },
    ];
    expect(sampleOf(reports)).toEqual({ received: 7, lost: 1, jitter: 0.01, roundTrip: 0.03 });
    expect(sampleOf(reports.slice(0, 1))).toBeUndefined();
  });
});
