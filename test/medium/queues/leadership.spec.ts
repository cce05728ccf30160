import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { Leadership, WAITS } from '../../../src/crm/queues/leadership.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { History } from '../../lab/history.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';

const leadershipFile = join(import.meta.dirname, '../../../dist/src/crm/queues/leadership.js');
const clockFile = join(import.meta.dirname, '../../../dist/src/kernel/clock.js');

/** Another exchange's process, as far as it decides about queues: says "leads" when it does. */
const OTHER = `
  const { Leadership } = await import(process.argv[1]);
  const { systemClock } = await import(process.argv[2]);
  const log = { info() {}, warn() {} };
  const url = { reveal: () => process.env.URL };
  new Leadership({ url, clock: systemClock, log, onGained: () => console.log('leads') }).start();`;

describe('which exchange decides about queues', () => {
  let database: TestDatabase;
  let open: Leadership[] = [];
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await Promise.all(open.map((one) => one.close()));
    open = [];
  });
  afterAll(() => database.remove());

  /** One of several; says when it decides, and when it stands behind another one. */
  function exchange() {
    const gained = Promise.withResolvers<void>();
    const said = new History<string>('what it says', (line) => line);
    const log = { info: (_: unknown, line?: string) => said.add(line ?? ''), warn: () => undefined };
    const onGained = () => gained.resolve();
    const one = new Leadership({ url: database.url, clock: systemClock, log, onGained });
    open.push(one);
    one.start();
    return {
      one,
      gained: gained.promise,
      waits: (since = 0) => said.first(WAITS, (line) => line === WAITS, { since }),
    };
  }
  /** Backends that hold the lock. */
  async function holders(): Promise<readonly { pid: number }[]> {
    const client = new pg.Client({ connectionString: database.url.reveal() });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND a.application_name = 'anydial-queues' AND a.datname = current_database()`,
    );
    await client.end();
    return rows;
  }

  test('given_the_process_that_decides_is_killed_then_the_next_decides_and_there_was_never_a_second', async () => {
    child = spawn(process.execPath, ['--input-type=module', '-e', OTHER, leadershipFile, clockFile], {
      env: { ...process.env, URL: database.url.reveal() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    const next = exchange();
    await next.waits();
    expect(await holders()).toHaveLength(1);
    expect(next.one.leads).toBe(false);
    child.kill('SIGKILL');
    await next.gained;
    expect(next.one.leads).toBe(true);
    expect(await holders()).toHaveLength(1);
  });

  test('given_it_ends_in_order_then_the_next_decides_and_it_does_no_more', async () => {
    const first = exchange();
    await first.gained;
    const second = exchange();
    await first.one.close();
    await second.gained;
    expect([first.one.leads, second.one.leads]).toEqual([false, true]);
  });

  test('given_it_has_lost_its_connection_and_another_one_decides_when_it_comes_back_then_it_stands_behind', async () => {
    const first = exchange();
    await first.gained;
    const second = exchange();
    await second.waits();
    const [held] = await holders();
    const client = new pg.Client({ connectionString: database.url.reveal() });
    await client.connect();
    await client.query('SELECT pg_terminate_backend($1)', [held?.pid]);
    await client.end();
    await second.gained;
    await first.waits();
    expect([first.one.leads, second.one.leads]).toEqual([false, true]);
  });
});
