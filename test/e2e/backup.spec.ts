import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';

jest.setTimeout(240_000);
const state = process.env['ANYDIAL_STATE_DIR'] ?? '';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anydial-backup-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** `./anydial`, acting on the instance whose tests these are. */
async function anydial(...args: string[]): Promise<{ code: number; text: string }> {
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    ANYDIAL_STATE_ROOT: dirname(state),
    ANYDIAL_USE: process.env['ANYDIAL_INSTANCE'],
  };
  return promisify(execFile)(resolve('anydial'), args, { env, cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  );
}

describe('a backup of a running instance', () => {
  it('given_it_was_made_then_a_rehearsal_restores_every_row_and_telephones_with_it_and_a_damaged_or_second_one_is_refused', async () => {
    await writeFile(join(folder, 'passphrase'), 'nobody guesses this one');
    const made = await anydial('backup', 'small.tar', '--seal-with', 'passphrase');
    expect(made).toMatchObject({ code: 0, text: expect.stringMatching(/small\.tar: .* tables, .* rows/) });
    const archive = await readFile(join(folder, 'small.tar'));
    const secret = process.env['PERSONAL_DATA_KEYS'] ?? 'none';
    expect(archive.includes(secret)).toBe(false);
    const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await client.connect();
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM member');
    await client.end();
    expect(archive.toString('latin1')).toContain(`\nrows member ${rows[0]?.count}\n`);

    // One byte in the middle of the database.
    const damaged = Buffer.from(archive);
    damaged[Math.floor(archive.length / 2)] = (damaged[Math.floor(archive.length / 2)] ?? 0) ^ 1;
    await writeFile(join(folder, 'damaged.tar'), damaged);
    expect(await anydial('rehearse-restore', 'damaged.tar')).toMatchObject({
      code: 1,
      text: expect.stringContaining('is damaged'),
    });
    expect(await anydial('restore', 'small.tar')).toMatchObject({
      code: 1,
      text: expect.stringMatching(/running already|holds data already/),
    });

    const rehearsed = await anydial('rehearse-restore', 'small.tar', '--seal-with', 'passphrase');
    expect(rehearsed).toMatchObject({
      code: 0,
      text: expect.stringMatching(
        /Every row counted.*The books.*Two calls.*Restored, checked and telephoned with/s,
      ),
    });
  });
});
