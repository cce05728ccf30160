import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { PgCallStore } from '../../../src/exchange/call-store.js';
import { CallJournal } from '../../../src/exchange/journal.js';
import { Recorder } from '../../../src/exchange/recorder.js';
import { migrate } from '../../../src/infra/db/migrate.js';
import { createHotPool } from '../../../src/infra/db/pool.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { type PrivatePostgres, privatePostgres } from '../../support/private-postgres.js';
import { story } from './story.js';

describe('recording calls while PostgreSQL is frozen', () => {
  let postgres: PrivatePostgres;
  let pool: pg.Pool;
  let directory: string;
  beforeAll(async () => {
    postgres = await privatePostgres();
    await migrate(postgres.url);
    pool = createHotPool(postgres.url, () => undefined);
    directory = mkdtempSync(join(tmpdir(), 'anydial-recorder-'));
  });
  afterAll(async () => {
    await pool.end();
    await postgres.remove();
    rmSync(directory, { recursive: true });
  });

  /** SIGSTOP to the server and to every backend: connections stay open, nothing answers. */
  async function freeze(): Promise<() => void> {
    const { rows } = await pool.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'`,
    );
    const pids = [postgres.server.pid, ...rows.map(({ pid }) => pid)];
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    return () => {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    };
  }

  test('new calls are refused, calls in progress and for help are journalled, all is replayed once when it is back', async () => {
    const answersAgain = Promise.withResolvers<void>();
    const journal = await CallJournal.open(directory, () => undefined);
    const store = new PgCallStore(pool, () => undefined);
    const recorder = new Recorder(store, journal, systemClock, {
      warn: () => undefined,
      error: (_, message) => errors.push(message),
      info: () => answersAgain.resolve(),
    });
    const errors: string[] = [];
    const [talking, refused, help] = [story(1), story(2), story(3)];
    expect(await recorder.record(talking.setUp, 'or-refuse')).toBe('recorded');

    const thaw = await freeze();
    expect(await recorder.record(refused.setUp, 'or-refuse')).toBe('refused');
    expect(recorder.databaseAway).toBe(true);
    const began = performance.now();
    expect(await recorder.record(help.setUp, 'or-journal')).toBe('recorded');
    expect(await recorder.record(talking.ended, 'or-journal')).toBe('recorded');
    const refusal = { ...refused.ended, reason: 'not-recorded', version: 2 };
    expect(await recorder.record(refusal, 'or-journal')).toBe('recorded');
    expect(await recorder.record(help.ended, 'or-journal')).toBe('recorded');
    // Once it is known to be away nobody waits for it any more.
    expect(performance.now() - began).toBeLessThan(1_000);
    thaw();

    await answersAgain.promise;
    await recorder.stop();
    expect(recorder.waiting).toBe(0);
    expect(readdirSync(directory)).toEqual([]);
    const { rows } = await pool.query('SELECT id, state, version, reason FROM call ORDER BY id');
    expect(rows).toEqual(
      [
        { id: talking.id, state: 'ended', version: 3, reason: 'hangup' },
        { id: refused.id, state: 'ended', version: 2, reason: 'not-recorded' },
        { id: help.id, state: 'ended', version: 3, reason: 'hangup' },
      ].sort((a, b) => a.id.localeCompare(b.id)),
    );
    expect(errors).toEqual([]);
    expect((await pool.query('SELECT count(*)::int AS n FROM outbox')).rows).toEqual([{ n: 3 }]);
    expect((await pool.query('SELECT count(*)::int AS n FROM call_leg')).rows).toEqual([{ n: 3 }]);
  }, 30_000);
});
