import { describe, expect, test } from '@jest/globals';
import { newSecret, stepOf, uriOf } from './one-time-code.js';

/** RFC 6238 appendix B, SHA-1, its last six digits: the secret is the ASCII text 12345678901234567890. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a one-time code', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [2_000_000_000, '279037'],
  ])('of second %d is %s', (second, code) => {
    expect(stepOf(SECRET, code, 0, second * 1_000)).toBe(Math.floor(second / 30));
  });

  test('of the step before or after counts, further away does not', () => {
    const at = (seconds: number) => stepOf(SECRET, '081804', 0, (1_111_111_109 + seconds) * 1_000);
    expect([at(-60), at(-30), at(0), at(30), at(61)].map((step) => step !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test('is good once, and so is an older one', () => {
    const step = 37_037_036;
    expect(stepOf(SECRET, '081804', step - 1, 1_111_111_109_000)).toBe(step);
    expect(stepOf(SECRET, '081804', step, 1_111_111_109_000)).toBeUndefined();
    expect(stepOf(SECRET, '081804', step + 1, 1_111_111_109_000)).toBeUndefined();
  });

  test.each(['', '28708', '2870821', 'abcdef', '287 082'])('is not %p', (text) => {
    expect(stepOf(SECRET, text, 0, 59_000)).toBeUndefined();
  });

  test('has a secret of 160 bits, another each time, and a text for authenticator apps', () => {
    const secret = newSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newSecret()).not.toBe(secret);
    expect(uriOf(secret, 'ops@example.com')).toMatch(
      /^otpauth:\/\/totp\/Anydial:ops%40example\.com\?issuer=Anydial&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
    );
  });
});
