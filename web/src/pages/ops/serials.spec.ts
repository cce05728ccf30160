import { expect, test } from '@jest/globals';
import { serialsOf } from './serials.js';

test('serials are read a line each; what is no pair is left out', () => {
  expect(serialsOf('desk-phone-t31, 001122334455\n\ncard;C1\nnothing\n')).toEqual([
    { goods: 'desk-phone-t31', serial: '001122334455' },
    { goods: 'card', serial: 'C1' },
  ]);
});
