import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../kernel/secret.js';
import { isDone, newChallenge, WORK_BITS } from './work.js';

const key = new Secret('only for tests, and long enough');
const now = Date.UTC(2026, 10, 27);
const about = { number: '0262006200', now, key };
const solve = (challenge: string): string => {
  for (let nonce = 0; ; nonce++) {
    const hash = createHash('sha256').update(`${challenge}:${nonce}`).digest();
    if (hash.readUInt32BE(0) >>> (32 - WORK_BITS) === 0) return String(nonce);
  }
};

describe('the work that a form asks for', () => {
  const challenge = newChallenge(about.number, now, key);
  const nonce = solve(challenge);

  it('given_it_is_done_then_it_is_taken_for_that_number_for_ten_minutes', () => {
    expect(isDone(challenge, nonce, about)).toBe(true);
    expect(isDone(challenge, nonce, { ...about, now: now + 600_000 })).toBe(true);
    expect(isDone(challenge, nonce, { ...about, now: now + 600_001 })).toBe(false);
  });

  it('given_a_key_that_was_replaced_meanwhile_then_it_is_taken_while_the_old_one_is_accepted', () => {
    expect(isDone(challenge, nonce, { ...about, key: new Secret('the next', key) })).toBe(true);
    expect(isDone(challenge, nonce, { ...about, key: new Secret('the next') })).toBe(false);
  });

  it('given_another_number_key_nonce_or_time_then_it_is_not', () => {
    expect(isDone(challenge, nonce, { ...about, number: '0262006201' })).toBe(false);
    expect(isDone(challenge, nonce, { ...about, key: new Secret('another') })).toBe(false);
    expect(isDone(challenge, `${nonce}x`, about)).toBe(false);
    expect(isDone(challenge.replace(/^[^.]+/, (now + 5).toString(36)), nonce, about)).toBe(false);
    expect(isDone('', '', about)).toBe(false);
  });
});
