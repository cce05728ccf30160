import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { Secret } from './secret.js';

test('a secret shows itself only when asked', () => {
  const secret = new Secret('hunter2-hunter2');
  const printed = [
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ deep: { secret } }, { showHidden: true }),
    String(secret),
  ];
  expect(printed.join()).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2-hunter2');
});
