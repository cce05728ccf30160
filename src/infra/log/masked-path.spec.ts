import { describe, expect, it } from '@jest/globals';
import { maskedPath } from './masked-path.js';

describe('a path in the log', () => {
  it.each([
    [
      '/v1/members/019ac0de-1234-7abc-8def-0123456789ab/call-settings',
      '/v1/members/019ac0de-1234-7abc-8def-0123456789ab/call-settings',
    ],
    ['/v1/numbers/02-6200-6200-082', '/v1/numbers/*'],
    ['/v1/numbers/62006200/branches?from=US', '/v1/numbers/*/branches'],
    ['/v1/resolve/kim', '/v1/resolve/*'],
    ['/n/0262006200082', '/n/*'],
    ['/v1/accounts/kim%40example.com', '/v1/accounts/*'],
    ['/v1/plan/feature-codes/%2A44', '/v1/plan/feature-codes/*'],
    ['/assets/index-3fA9.js', '/assets/*'],
    ['/', '/'],
    ['', ''],
  ])('%s is written as %s', (path, written) => {
    expect(maskedPath(path)).toBe(written);
  });
});
