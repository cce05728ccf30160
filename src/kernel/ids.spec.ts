import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Clock, ManualClock, systemClock } from './clock.js';
import { idSource, isId, newId, timeOfId } from './ids.js';

const clockReading = (readings: readonly number[]): Clock => {
  let index = 0;
  return { ...systemClock, now: () => new Date(readings[Math.min(index++, readings.length - 1)] ?? 0) };
};

describe('ids', () => {
  test('are canonical UUIDv7 that tell when they were made', () => {
    const clock = new ManualClock(new Date('2031-05-06T07:08:09.123Z'));
    const id = idSource(clock)();
    expect(isId(id)).toBe(true);
    expect(timeOfId(id)).toEqual(new Date('2031-05-06T07:08:09.123Z'));
    expect(timeOfId('01890a5d-ac96-474b-8c4d-0123456789ab')).toBeUndefined();
  });

  test('strictly grow whatever the clock does, and are never repeated', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_020 }), {
          minLength: 1,
          maxLength: 200,
        }),
        (readings) => {
          const next = idSource(clockReading(readings));
          const ids = readings.map(() => next());
          expect(ids).toEqual([...ids].sort());
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
    );
  });

  test('a standing clock outlives the sequence: 10,000 ids in one millisecond still grow', () => {
    const next = idSource(new ManualClock());
    const ids = Array.from({ length: 10_000 }, next);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(10_000);
    expect(ids.every(isId)).toBe(true);
  });

  test('two fresh ids differ', () => {
    expect(newId()).not.toBe(newId());
  });
});
