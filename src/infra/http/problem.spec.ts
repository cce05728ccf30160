import { expect, test } from '@jest/globals';
import { failure } from '../../kernel/result.js';
import { statusOf } from './problem.js';

test.each([
  ['number.taken', 409],
  ['api-key.not-found', 404],
  ['sign-in.too-many', 429],
  ['order.payment-required', 402],
  ['fsm.not-allowed', 409],
  ['dialled.malformed', 400],
  ['deck.something-else', 422],
])('%s is answered with %d', (code, status) => {
  expect(statusOf(failure(code, 'no'))).toBe(status);
});

test('where trying again is safe and the code says nothing, the service is unavailable for now', () => {
  expect(statusOf(failure('gateway.busy', 'no', { retry: 'safe' }))).toBe(503);
});
