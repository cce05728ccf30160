import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CelFile } from '../../../src/infra/ari/cel.js';

const start = Date.parse('2026-11-23T13:00:00Z');
const at = (second: number) => new Date(start + second * 1000);
const line = (type: string, second: number, id: string, extra = '') =>
  `${JSON.stringify({
    eventtype: type,
    eventtime: (start / 1000 + second).toFixed(6),
    uniqueid: id,
    linkedid: id,
    channame: `PJSIP/x-${'0'.repeat(40)}`,
    eventextra: extra,
  })}\n`;
const hangup = (second: number, id: string, cause: number) =>
  line('HANGUP', second, id, JSON.stringify({ hangupcause: cause, hangupsource: '', dialstatus: '' }));
const call = (id: string, from: number, cause = 16) =>
  line('CHAN_START', from, id) +
  line('ANSWER', from + 5, id) +
  hangup(from + 60, id, cause) +
  line('CHAN_END', from + 60, id);

let directory: string;
let path: string;
const evidence = async (ids: string[], since: number) =>
  Object.fromEntries(await new CelFile(path).celEvidence(new Set(ids), at(since)));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cel-'));
  path = join(directory, 'cel.csv');
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('the evidence', () => {
  it('has each channel’s times and cause, to the millisecond', async () => {
    await writeFile(path, call('a', 0, 17) + line('CHAN_START', 100.123456, 'b') + call('c', 100));
    expect(await evidence(['a', 'b', 'nobody'], -1)).toEqual({
      a: { createdAt: at(0), answeredAt: at(5), hungUpAt: at(60), cause: 17 },
      b: { createdAt: new Date(start + 100_123) },
    });
  });

  it('starts at the given time', async () => {
    await writeFile(path, call('a', 0));
    expect(await evidence(['a'], 5)).toEqual({ a: { answeredAt: at(5), hungUpAt: at(60), cause: 16 } });
  });

  it('of a channel whose hang-up was not logged ends with its end', async () => {
    await writeFile(path, line('CHAN_START', 0, 'a') + line('CHAN_END', 9, 'a'));
    expect(await evidence(['a'], 0)).toEqual({ a: { createdAt: at(0), hungUpAt: at(9) } });
  });

  it('of nobody, or in a file that is not there, is empty', async () => {
    expect(await evidence(['a'], 0)).toEqual({});
    await writeFile(path, call('a', 0));
    expect(await evidence([], 0)).toEqual({});
  });

  it('does not trip over a line cut off, glued or foreign', async () => {
    const torn = line('ANSWER', 3, 'a').slice(0, 25);
    await writeFile(path, `${call('b', 0)}${torn}${call('c', 1)}\0\0\0\nrubbish\n${call('a', 2)}${torn}`);
    expect(Object.keys(await evidence(['a', 'b'], 0)).sort()).toEqual(['a', 'b']);
    expect(await evidence(['a'], 0)).toMatchObject({ a: { answeredAt: at(7) } });
  });

  it('grows while Asterisk writes', async () => {
    await writeFile(path, line('CHAN_START', 0, 'a'));
    expect(await evidence(['a'], 0)).toEqual({ a: { createdAt: at(0) } });
    await appendFile(path, hangup(3, 'a', 21));
    expect(await evidence(['a'], 0)).toEqual({ a: { createdAt: at(0), hungUpAt: at(3), cause: 21 } });
  });

  it('reaches back into the file rotated away before', async () => {
    await writeFile(path, line('CHAN_START', 0, 'a') + line('ANSWER', 4, 'a'));
    await rename(path, `${path}.1`);
    await writeFile(path, hangup(30, 'a', 16));
    expect(await evidence(['a'], 0)).toEqual({
      a: { createdAt: at(0), answeredAt: at(4), hungUpAt: at(30), cause: 16 },
    });
  });
});

describe('rotation', () => {
  it('moves a file that has grown beyond its size, and what it says stays evidence', async () => {
    const file = new CelFile(path);
    expect(await file.rotate(0)).toBe(false);
    await writeFile(path, call('a', 0));
    expect(await file.rotate(10_000)).toBe(false);
    expect(await file.rotate(100)).toBe(true);
    await writeFile(path, call('b', 10));
    expect(Object.keys(await evidence(['a', 'b'], 0)).sort()).toEqual(['a', 'b']);
  });
});

describe('a long file', () => {
  it('damaged over a long stretch costs no line before or after it', async () => {
    await writeFile(path, call('a', 0) + 'x'.repeat(300_000) + '\n'.repeat(200_000) + call('b', 100));
    expect(Object.keys(await evidence(['a', 'b'], 0)).sort()).toEqual(['a', 'b']);
  });

  it('gives the same as reading all of it, wherever the search begins and whatever is broken', async () => {
    const lines = fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constant('call') },
        { weight: 1, arbitrary: fc.constant('rubbish') },
        { weight: 1, arbitrary: fc.constant('gap') },
      ),
      { minLength: 300, maxLength: 600 },
    );
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 0, max: 700 }), async (kinds, since) => {
        const expected: Record<string, object> = {};
        let text = '';
        kinds.forEach((kind, i) => {
          if (kind === 'rubbish') text += `${'garbage'.repeat(200)}\n`;
          if (kind !== 'call') return;
          text += line('CHAN_START', i, `c${i}`);
          text += hangup(i, `c${i}`, 16);
          text += `${'"'.repeat(600)}\n`;
          if (i >= since) expected[`c${i}`] = { createdAt: at(i), hungUpAt: at(i), cause: 16 };
        });
        await writeFile(path, text);
        expect(
          await evidence(
            kinds.map((_, i) => `c${i}`),
            since,
          ),
        ).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
