import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/infra/db/data-source.js';
import { Db } from '../../../src/infra/db/db.js';
import { createHotPool, type Deadlines } from '../../../src/infra/db/pool.js';
import { inTx } from '../../../src/infra/db/tx.js';
import { type PrivatePostgres, privatePostgres } from '../../support/private-postgres.js';

const short: Deadlines = {
  connectionTimeoutMillis: 200,
  statement_timeout: 200,
  query_timeout: 300,
  idle_in_transaction_session_timeout: 1_000,
};

describe('a PostgreSQL that stops answering', () => {
  let postgres: PrivatePostgres;
  let source: DataSource;
  let hot: pg.Pool;
  let db: Db;
  beforeAll(async () => {
    postgres = await privatePostgres();
    source = new DataSource(await dataSourceOptions(postgres.url, short));
    await source.initialize();
    hot = createHotPool(postgres.url, () => undefined, short);
    db = new Db(source, hot);
    await hot.query('CREATE TABLE jar (id int PRIMARY KEY)');
  });
  afterAll(async () => {
    await hot.end();
    await source.destroy();
    await postgres.remove();
  });

  test('given_it_is_frozen_when_asked_then_there_is_an_error_not_a_hang_and_thawed_it_works_again', async () => {
    const backends = await freezeBackends();
    await expect(hot.query('SELECT 1')).rejects.toThrow(/timeout/i);
    await expect(inTx(source, (tx) => tx.run('INSERT INTO jar VALUES (1)'))).rejects.toThrow(/timeout/i);
    await expect(db.rows('SELECT 1')).rejects.toThrow(/timeout/i);
    await expect(db.hot.rows('SELECT 1')).rejects.toThrow(/timeout/i);
    backends.thaw();
    expect(await db.hot.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await db.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await inTx(source, (tx) => tx.run('INSERT INTO jar VALUES (2)'));
    expect((await hot.query('SELECT id FROM jar')).rows).toEqual([{ id: 2 }]);
  });

  test('given_silence_in_the_middle_of_a_transaction_then_its_connection_is_not_reused', async () => {
    const seen = new Set<string>();
    const pidOf = async () =>
      inTx(source, async (tx) =>
        String((await tx.rows<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid),
      );
    seen.add(await pidOf());
    const frozen = inTx(source, async (tx) => {
      await tx.run('INSERT INTO jar VALUES (3)');
      const backends = await freezeBackends();
      await tx.run('INSERT INTO jar VALUES (4)').finally(backends.thaw);
    });
    await expect(frozen).rejects.toThrow(/timeout/i);
    expect(seen.has(await pidOf())).toBe(false);
    expect((await hot.query('SELECT id FROM jar WHERE id > 2')).rows).toEqual([]);
  });

  test('given_it_is_killed_and_comes_back_then_the_pools_work_again_by_themselves', async () => {
    await postgres.server.kill();
    await expect(hot.query('SELECT 1')).rejects.toThrow();
    await expect(inTx(source, (tx) => tx.rows('SELECT 1'))).rejects.toThrow();
    await postgres.restart();
    expect((await hot.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(await inTx(source, (tx) => tx.rows('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  /** A stopped postmaster accepts no one new, and its children have to be stopped one by one. */
  async function freezeBackends() {
    const { rows } = await hot.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE backend_type = $1',
      ['client backend'],
    );
    const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
      for (const { pid } of rows) process.kill(pid, name);
    };
    postgres.server.freeze();
    signal('SIGSTOP');
    return {
      thaw: () => {
        signal('SIGCONT');
        postgres.server.thaw();
      },
    };
  }
});
