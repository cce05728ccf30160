import { describe, expect, test } from '@jest/globals';
import { BanBook, MOST_GUESSES, MOST_SCANS, type Tried, WINDOW_MS } from './ban-book.js';
import { neverBanned } from './never-banned.js';

const START = Date.parse('2026-11-27T12:00:00Z');
const event = (kind: Tried['kind'], source: string, afterMs = 0): Tried => ({
  kind,
  at: new Date(START + afterMs),
  source,
});
const book = () => new BanBook();
const times = <T>(count: number, run: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => run(index));

describe('a source', () => {
  test('is banned by its tenth guess within ten minutes, not by the ninth', () => {
    const counts = book();
    const wishes = times(MOST_GUESSES, (index) => counts.note(event('auth.failed', '203.0.113.9', index)));
    expect(wishes.slice(0, -1).every((wish) => wish === undefined)).toBe(true);
    expect(wishes.at(-1)).toEqual({ source: '203.0.113.9', tries: MOST_GUESSES, reason: 'guessing' });
    expect(counts.note(event('auth.failed', '203.0.113.9', 100))).toBeUndefined();
  });

  test('that guesses slowly is not banned', () => {
    const counts = book();
    const wishes = times(50, (index) =>
      counts.note(event('auth.failed', '203.0.113.9', index * (WINDOW_MS / 9))),
    );
    expect(wishes.every((wish) => wish === undefined)).toBe(true);
  });

  test('that scans is banned later than one that guesses', () => {
    const counts = book();
    const wishes = times(MOST_SCANS, (index) => counts.note(event('request.refused', '203.0.113.9', index)));
    expect(wishes.findIndex((wish) => wish !== undefined)).toBe(MOST_SCANS - 1);
    expect(wishes.at(-1)?.reason).toBe('scanning');
  });

  test('where telephones of ours log in is never banned: not by a wrong phone, not by a forger', () => {
    const counts = book();
    counts.note(event('auth.succeeded', '203.0.113.9'));
    const wishes = times(500, (index) =>
      counts.note(event(index % 2 === 0 ? 'auth.failed' : 'request.refused', '203.0.113.9', index)),
    );
    expect(wishes.every((wish) => wish === undefined)).toBe(true);
  });

  test('does not answer for another', () => {
    const counts = book();
    const wishes = times(MOST_GUESSES * 5, (index) =>
      counts.note(event('auth.failed', `203.0.113.${index % 50}`)),
    );
    expect(wishes.every((wish) => wish === undefined)).toBe(true);
  });
});

test.each([
  ['192.0.2.1', true],
  ['192.0.2.2', false],
  ['198.51.100.77', true],
  ['2001:db8:9::5', true],
  ['2001:db8:8::5', false],
  ['gw.example.com', false],
])('the allow-list has %s: %s', (address, there) => {
  const list = neverBanned(['192.0.2.1', '198.51.100.0/24', '2001:db8:9::/48', 'gw.example.com']);
  expect(list.includes(address)).toBe(there);
});
