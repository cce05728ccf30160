import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { Secret } from './secret.js';

test('a secret that replaced another accepts both, makes by itself, and shows neither', () => {
  const secret = new Secret('new-new-new', new Secret('old-old-old'));
  expect(secret.accepted.map((one) => one.reveal())).toEqual(['new-new-new', 'old-old-old']);
  expect(new Secret('alone').accepted.map((one) => one.reveal())).toEqual(['alone']);
  expect(`${inspect(secret, { showHidden: true })}${JSON.stringify([secret])}`).not.toMatch(/new-|old-/);
});

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
