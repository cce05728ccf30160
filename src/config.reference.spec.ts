import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeVariables } from './config.js';
import { configurationReference } from './config.reference.js';

test('docs/configuration.md says what config.ts reads: name, type, default, unit, secret or not, and what for', () => {
  const reference = configurationReference();
  for (const { name, secret, required } of describeVariables()) {
    const row = reference.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row).toBeDefined();
    const [, , type, preset, , isSecret, about] = (row ?? '').split(/(?<!\\)\|/).map((cell) => cell.trim());
    expect([name, type]).not.toEqual([name, '']);
    expect([name, preset === '**required**']).toEqual([name, required]);
    expect([name, isSecret === 'yes']).toEqual([name, secret]);
    expect([name, about]).not.toEqual([name, '']);
  }
  // To mend it: node dist/src/cli.js configuration > docs/configuration.md
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(reference);
});
