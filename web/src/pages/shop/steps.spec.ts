import { expect, test } from '@jest/globals';
import { STEPS, stepOf } from './steps.js';

test.each([
  ['hold', 'quoted', 0],
  ['wait', 'awaiting-approval', STEPS.indexOf('prove')],
  ['wait', 'provisioning', STEPS.indexOf('register-phone')],
  ['pay', 'selected', STEPS.indexOf('pay')],
  ['none', 'done', STEPS.length],
] as const)('%s in %s is step %d', (action, state, expected) => {
  expect(stepOf(action, state)).toBe(expected);
});
