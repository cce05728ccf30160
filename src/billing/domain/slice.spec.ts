import { describe, expect, it } from '@jest/globals';
import { affordable } from './affordable.js';
import { sampleDeck, sampleRate } from './sample-deck.js';
import { SLICE_MS, sliceAfter } from './slice.js';

const talk = { e164: '+82262006200', onNet: false, answeredAt: 0 };

describe('a slice', () => {
  it('asks at set-up for three minutes with the connect fee, at least for the first increment', () => {
    const deck = sampleDeck([sampleRate({ connectFee: 5_000n, firstMs: 30_000, nextMs: 6_000 })]);
    expect(sliceAfter(deck, talk, 0)).toMatchObject({
      wanted: { micros: 185_000n },
      least: { micros: 35_000n },
    });
  });

  it('asks later for the whole talk so far and three minutes more, at least one increment more', () => {
    const deck = sampleDeck([sampleRate({ firstMs: 30_000, nextMs: 6_000 })]);
    expect(sliceAfter(deck, talk, 126_000)).toMatchObject({
      wanted: { micros: 306_000n },
      least: { micros: 132_000n },
    });
  });

  it('asks for the first increment even where the first seconds are free', () => {
    const deck = sampleDeck([sampleRate({ freeMs: 10_000, firstMs: 6_000 })]);
    expect(sliceAfter(deck, talk, 0)).toMatchObject({
      wanted: { micros: 180_000n },
      least: { micros: 6_000n },
    });
  });

  it('needs nothing where talk is free, and cannot say where there is no rate', () => {
    const deck = sampleDeck([sampleRate()]);
    expect(sliceAfter(deck, { ...talk, onNet: true }, 0)).toMatchObject({ wanted: { micros: 0n } });
    expect(sliceAfter(deck, { ...talk, e164: '+1' }, 0)).toBeUndefined();
  });

  it('buys, when wholly had, a slice more than was covered', () => {
    const deck = sampleDeck([sampleRate({ connectFee: 7n, firstMs: 60_000, nextMs: 60_000 })]);
    const first = sliceAfter(deck, talk, 0);
    const covered = first && affordable(deck, talk, first.wanted);
    expect(covered).toBe(SLICE_MS);
    const second = sliceAfter(deck, talk, covered ?? 0);
    expect(second && affordable(deck, talk, second.wanted)).toBe(2 * SLICE_MS);
  });
});
