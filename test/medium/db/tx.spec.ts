import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/infra/db/data-source.js';
import { isUniqueViolation, sqlStateOf } from '../../../src/infra/db/sql-state.js';
import { inTx, type Tx } from '../../../src/infra/db/tx.js';
import { err, failure, ok } from '../../../src/kernel/result.js';
import { emptyDatabase, type TestDatabase } from '../../support/test-database.js';

const add = (tx: Tx, id: number, n = 0) => tx.run('INSERT INTO jar (id, n) VALUES ($1, $2)', [id, n]);
const raise = (tx: Tx, id: number) => tx.run('UPDATE jar SET n = n + 1 WHERE id = $1', [id]);

describe('inTx', () => {
  let database: TestDatabase;
  let source: DataSource;
  const jar = async () =>
    (await source.query<{ id: number; n: number }[]>('SELECT id, n FROM jar ORDER BY id')).map(
      ({ id, n }) => [id, n],
    );
  beforeAll(async () => {
    database = await emptyDatabase();
    source = new DataSource(await dataSourceOptions(database.url));
    await source.initialize();
    await source.query('CREATE TABLE jar (id int PRIMARY KEY, n int NOT NULL)');
  });
  beforeEach(() => source.query('TRUNCATE jar'));
  afterAll(async () => {
    await source.destroy();
    await database.remove();
  });

  test('commits what the work did and returns what it returned', async () => {
    const given = await inTx(source, async (tx) => {
      await add(tx, 1);
      const touched = await raise(tx, 1);
      return { touched, rows: await tx.rows<{ n: number }>('SELECT n FROM jar') };
    });
    expect(given).toEqual({ touched: 1, rows: [{ n: 1 }] });
    expect(await jar()).toEqual([[1, 1]]);
  });

  test('given_the_work_throws_then_nothing_of_it_stays', async () => {
    const work = inTx(source, async (tx) => {
      await add(tx, 1);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await jar()).toEqual([]);
  });

  test('given_the_work_returns_a_failure_then_nothing_of_it_stays_and_the_failure_is_returned', async () => {
    const no = err(failure('jar.taken', 'taken'));
    const given = await inTx(source, async (tx) => {
      await add(tx, 1);
      return no;
    });
    expect(given).toBe(no);
    expect(await jar()).toEqual([]);
    await inTx(source, async (tx) => ok(await add(tx, 2)));
    expect(await jar()).toEqual([[2, 0]]);
  });

  test('given_a_transaction_inside_a_transaction_then_it_throws_instead_of_surprising', async () => {
    const nested = inTx(source, (tx) => add(tx, 1).then(() => inTx(source, (inner) => add(inner, 2))));
    await expect(nested).rejects.toThrow('inTx inside inTx');
    expect(await jar()).toEqual([]);
  });

  test('given_two_transactions_deadlock_then_both_are_done_in_the_end', async () => {
    await inTx(source, async (tx) => [await add(tx, 1), await add(tx, 2)]);
    let runs = 0;
    let arrived = 0;
    let bothHoldOne = () => {};
    const met = new Promise<void>((resolve) => {
      bothHoldOne = resolve;
    });
    const cross = (first: number, second: number) =>
      inTx(source, async (tx) => {
        runs += 1;
        await raise(tx, first);
        if (++arrived === 2) bothHoldOne();
        await met;
        await raise(tx, second);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    // At least one was chosen as victim and run again; on a busy machine the retry may meet the other once more.
    expect(runs).toBeGreaterThanOrEqual(3);
    expect(await jar()).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  test('given_serializable_transactions_read_what_others_write_then_each_counts_once', async () => {
    await inTx(source, (tx) => add(tx, 1));
    const count = () =>
      inTx(
        source,
        async (tx) => {
          const [row] = await tx.rows<{ n: number }>('SELECT n FROM jar WHERE id = 1');
          await tx.run('UPDATE jar SET n = $1 WHERE id = 1', [(row?.n ?? 0) + 1]);
        },
        'SERIALIZABLE',
      );
    await Promise.all([count(), count(), count()]);
    expect(await jar()).toEqual([[1, 3]]);
  });

  test('given_a_constraint_is_violated_then_it_is_told_by_its_name_and_not_run_again', async () => {
    let runs = 0;
    const twice = inTx(source, async (tx) => {
      runs += 1;
      await add(tx, 1);
      await add(tx, 1);
    });
    const error: unknown = await twice.catch((reason: unknown) => reason);
    expect(sqlStateOf(error)).toBe('23505');
    expect([isUniqueViolation(error, 'jar_pkey'), isUniqueViolation(error, 'other')]).toEqual([true, false]);
    expect(runs).toBe(1);
  });

  test('after 50 failed and 50 good transactions no connection is left in use', async () => {
    const work = Array.from({ length: 100 }, (_, id) =>
      inTx(source, async (tx) => {
        await add(tx, id);
        if (id % 2 === 0) throw new Error('even');
      }).catch(() => undefined),
    );
    await Promise.all(work);
    expect(await jar()).toHaveLength(50);
    const [row] = await source.query<{ open: string }[]>(
      `SELECT count(*) AS open FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'`,
    );
    expect(row?.open).toBe('0');
  });
});
