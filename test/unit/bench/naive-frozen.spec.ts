import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('the naive peer is the source that it was at its first landing, so that ratios to it stay comparable', () => {
  const source = readFileSync('bench/peers/naive/app.js');
  const frozen = /sha256 of `bench\/peers\/naive\/app\.js`: `([0-9a-f]{64})`/.exec(
    readFileSync('docs/benchmarks.md', 'utf8'),
  )?.[1];
  expect(createHash('sha256').update(source).digest('hex')).toBe(frozen);
});
