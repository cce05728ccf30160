import { describe, expect, it } from '@jest/globals';
import { identityOf, isVerified } from './identity.js';

describe('what a signature says of a caller', () => {
  it.each(['A', 'B', 'C'])('is its level where it is right: %s', (level) => {
    expect(identityOf('success', level)).toBe(level);
    expect(isVerified(level)).toBe(true);
  });

  it.each(['no_identity_hdr', 'signature_validation', 'cert_not_trusted'])(
    'is why it is not: %s',
    (result) => {
      expect(identityOf(result, '')).toBe(result);
      expect(isVerified(result)).toBe(false);
    },
  );

  // A forger's level counts for nothing, and words of his reach no record.
  it.each([
    ['', ''],
    ['success', ''],
    ['success', 'Z'],
    ['success', 'AA'],
    ["'; DROP TABLE call; --", 'A'],
  ])('is that nobody looked, when it says %j and %j', (result, level) => {
    expect(identityOf(result, level)).toBe('unchecked');
    expect(isVerified(identityOf(result, level))).toBe(false);
  });

  it('given_a_level_of_a_signature_that_is_wrong_then_it_is_not_verified', () => {
    expect(identityOf('signature_validation', 'A')).toBe('signature_validation');
  });

  it('given_nothing_known_then_it_is_not_verified', () => {
    expect(isVerified(undefined)).toBe(false);
  });
});
