import { describe, expect, test } from '@jest/globals';
import { type FindMeStep, moved, tidy } from './find-me-order.js';

const step = (kind: FindMeStep['kind'], withPrevious = false): FindMeStep => ({
  kind,
  target: null,
  ringSeconds: 20,
  withPrevious,
});
const kinds = (steps: readonly FindMeStep[]) => steps.map(({ kind }) => kind);
const steps = [step('devices'), step('contact', true), step('voicemail')];

describe('the find-me order', () => {
  test('a step moves up, and then rings with nobody before it', () => {
    const after = moved(steps, 1, 0);
    expect(kinds(after)).toEqual(['contact', 'devices', 'voicemail']);
    expect(after[0]?.withPrevious).toBe(false);
  });
  test('voicemail stays last wherever something is dragged', () => {
    expect(kinds(moved(steps, 0, 2))).toEqual(['contact', 'devices', 'voicemail']);
    expect(kinds(moved(steps, 2, 0))).toEqual(['devices', 'contact', 'voicemail']);
  });
  test('beyond the ends nothing moves', () => {
    expect(moved(steps, 0, -1)).toBe(steps);
    expect(moved(steps, 5, 0)).toBe(steps);
  });
  test('a tidy order stays as it is', () => {
    expect(tidy(steps)).toEqual(steps);
  });
});
