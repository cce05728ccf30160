import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../kernel/secret.js';
import { GOOD_FOR_MS, isKeyChallenge, newKeyChallenge } from './key-challenge.js';

const key = new Secret('only for tests, and long enough');
const now = Date.UTC(2026, 10, 28);
const sent = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

describe('the challenge of a terminal where nobody is signed in', () => {
  const challenge = newKeyChallenge(now, key);

  it('given_it_is_ours_then_it_is_good_for_five_minutes', () => {
    expect(isKeyChallenge(sent(challenge), now, key)).toBe(true);
    expect(isKeyChallenge(sent(challenge), now + GOOD_FOR_MS, key)).toBe(true);
    expect(isKeyChallenge(sent(challenge), now + GOOD_FOR_MS + 1, key)).toBe(false);
    expect(isKeyChallenge(sent(challenge), now - 1, key)).toBe(false);
  });
  it('given_two_then_they_differ', () =>
    expect(sent(newKeyChallenge(now, key))).not.toBe(sent(newKeyChallenge(now, key))));
  it('given_another_key_another_length_or_any_bit_changed_then_it_is_none_of_ours', () => {
    expect(isKeyChallenge(sent(challenge), now, new Secret('another'))).toBe(false);
    for (const wrong of ['', 'x', sent(challenge.slice(1)), `${sent(challenge)}AAAA`])
      expect(isKeyChallenge(wrong, now, key)).toBe(false);
    for (const place of challenge.keys()) {
      const changed = Uint8Array.from(challenge, (byte, at) => (at === place ? byte ^ 1 : byte));
      expect(isKeyChallenge(sent(changed), now, key)).toBe(false);
    }
  });
});
