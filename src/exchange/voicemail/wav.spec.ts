import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wavOf } from './wav.fixture.js';
import { secureWav } from './wav.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anydial-wav-'));
});
afterAll(() => rm(directory, { recursive: true }));

const written = async (bytes: Buffer): Promise<string> => {
  const path = join(directory, 'one.wav');
  await writeFile(path, bytes);
  return path;
};

describe('a recording', () => {
  it('is as long as its samples', async () => {
    expect(await secureWav(await written(wavOf(1_500)))).toEqual({ durationMs: 1_500 });
  });

  it.each([0, 7, 0xffff_ffff])(
    'of an Asterisk that crashed, its header says %d bytes: is put right',
    async (said) => {
      const bytes = wavOf(2_000);
      bytes.writeUInt32LE(said, 40);
      bytes.writeUInt32LE(said, 4);
      const path = await written(bytes);
      expect(await secureWav(path)).toEqual({ durationMs: 2_000 });
      expect(await readFile(path)).toEqual(wavOf(2_000));
    },
  );

  it.each([
    ['empty', Buffer.alloc(0)],
    ['a header alone', wavOf(0)],
    ['half a header', wavOf(1_000).subarray(0, 30)],
    ['no sound at all', Buffer.from('x'.repeat(5_000))],
  ])('that is %s is nothing', async (_, bytes) => {
    expect(await secureWav(await written(bytes))).toBeUndefined();
  });
});
