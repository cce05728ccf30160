import { expect, test } from '@jest/globals';
import { type DuplicateKind, normalised } from './duplicate-keys.js';

test.each<[DuplicateKind, string, string]>([
  ['email', 'Ann+shop@Example.com', 'ann@example.com'],
  ['email', 'a.n.n@example.com', 'a.n.n@example.com'],
  ['phone', '+82 10-1234-5678', '+821012345678'],
  ['document', 'KR:passport: m 12-345 678', 'KR:PASSPORT:M12345678'],
])('%s %s is compared as %s', (kind, given, expected) => {
  expect(normalised(kind, given)).toBe(expected);
});
