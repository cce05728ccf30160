import { describe, expect, it } from '@jest/globals';
import { barredBy, guardedRanges } from './barring.js';

const ranges = guardedRanges([
  { prefix: '1900', kind: 'premium' },
  { prefix: '881', kind: 'satellite' },
  { prefix: '8816', kind: 'open' },
]);
const nothing = new Set<never>();

describe('barred ranges', () => {
  it('are closed to whoever was not allowed', () => {
    expect(barredBy(ranges, '+19005551234', nothing)).toBe('premium');
    expect(barredBy(ranges, '88171234', nothing)).toBe('satellite');
    expect(barredBy(ranges, '+12125551234', nothing)).toBeUndefined();
  });

  it('open by allowance of their kind, and by a hole in them', () => {
    expect(barredBy(ranges, '+19005551234', new Set(['premium'] as const))).toBeUndefined();
    expect(barredBy(ranges, '+88171234', new Set(['premium'] as const))).toBe('satellite');
    expect(barredBy(ranges, '+88161234', nothing)).toBeUndefined();
  });
});
