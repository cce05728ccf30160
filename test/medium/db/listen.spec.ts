import { EventEmitter, once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { Listener } from '../../../src/infra/db/listen.js';
import { type Clock, systemClock } from '../../../src/kernel/clock.js';
import { type PrivatePostgres, privatePostgres } from '../../support/private-postgres.js';

/** Pings and back-off run at a hundredth of their time, so that the test waits for what happens and not for the clock. */
const fast: Clock = { ...systemClock, after: (ms, run) => systemClock.after(ms / 100, run) };

describe('listener', () => {
  let postgres: PrivatePostgres;
  let listener: Listener;
  let events: EventEmitter;
  beforeAll(async () => {
    postgres = await privatePostgres();
  });
  afterAll(() => postgres.remove());
  beforeEach(() => {
    events = new EventEmitter();
    listener = new Listener(
      postgres.url,
      { lost: (reason) => events.emit('lost', reason), restored: () => events.emit('restored') },
      fast,
      500,
    );
    listener.onResync(() => events.emit('resync'));
    listener.on('news', (payload) => events.emit('news', payload));
  });
  afterEach(() => listener.close());
  const started = async () => {
    const resynced = once(events, 'resync');
    listener.start();
    await resynced;
  };

  test('brings each notification with its payload, also of a channel asked for later', async () => {
    await started();
    listener.on('late', (payload) => events.emit('late', payload));
    const heard = Promise.all([once(events, 'news'), once(events, 'late')]);
    await notify('news', 'one');
    await notify('late', 'two');
    expect(await heard).toEqual([['one'], ['two']]);
  });

  test('given_somebody_else_has_begun_to_listen_when_a_resync_is_asked_for_then_it_is_made_for_that_connection_too', async () => {
    await started();
    const late = once(events, 'late-resync');
    listener.onResync(() => events.emit('late-resync'));
    await late;
    const stop = listener.onResync(() => events.emit('never', 1));
    const never = jest.fn();
    events.on('never', never);
    stop();
    const heard = once(events, 'news');
    await notify('news', 'after');
    await heard;
    expect(never).not.toHaveBeenCalled();
  });

  test('given_postgres_dies_and_comes_back_then_it_listens_again_after_a_resync', async () => {
    await started();
    const lost = once(events, 'lost');
    await postgres.server.kill();
    await lost;
    expect(listener.connected).toBe(false);
    const resynced = once(events, 'resync');
    await postgres.restart();
    await resynced;
    const heard = once(events, 'news');
    await notify('news', 'after');
    expect(await heard).toEqual(['after']);
  });

  test('given_the_connection_is_cut_by_the_server_then_every_channel_is_listened_to_again', async () => {
    await started();
    const resynced = once(events, 'resync');
    await run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'anydial-listen'`,
    );
    await resynced;
    const heard = once(events, 'news');
    await notify('news', 'again');
    expect(await heard).toEqual(['again']);
  });

  test('given_the_connection_is_dead_without_saying_so_then_a_ping_finds_out', async () => {
    await started();
    const [backend] = await run<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'anydial-listen'`,
    );
    const lost = once(events, 'lost');
    const resynced = once(events, 'resync');
    process.kill(backend?.pid ?? 0, 'SIGSTOP');
    expect(await lost).toEqual(['no answer to a ping']);
    await resynced;
    process.kill(backend?.pid ?? 0, 'SIGCONT');
  });

  test('a closed listener hears nothing and does not come back', async () => {
    await started();
    await listener.close();
    expect(await run(`SELECT 1 FROM pg_stat_activity WHERE application_name = 'anydial-listen'`)).toEqual([]);
  });

  const notify = (channel: string, payload: string) => run('SELECT pg_notify($1, $2)', [channel, payload]);

  async function run<Row extends object>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: postgres.url.reveal() });
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }
});
