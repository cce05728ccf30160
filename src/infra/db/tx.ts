import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client, PoolClient } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { markTransaction } from './mark.js';
import type { Sql } from './sql.js';
import { isConflict, sqlStateOf } from './sql-state.js';
import { planIsStale, statementOf } from './statement-names.js';

/** An open transaction: plain SQL, or TypeORM's manager for entities. Good only until `inTx` returns. */
export interface Tx extends Sql {
  readonly manager: EntityManager;
  /** Runs once the transaction has been committed, and never if it isn't: the place for bells and caches. Must not throw. */
  afterCommit(run: () => void): void;
}

/** PostgreSQL's default, READ COMMITTED, is enough where rows are locked or updated under a condition. */
export type Isolation = 'REPEATABLE READ' | 'SERIALIZABLE';

interface Done<T> {
  readonly value: T;
  readonly afterCommit: readonly (() => void)[];
}

const ATTEMPTS = 5;
const open = new AsyncLocalStorage<true>();

/**
 * Runs `work` in one transaction and commits. It rolls back when `work` throws, and when it returns a failed `Result`
 * (an expected "no" leaves nothing behind). Serialization failures, deadlocks and outdated plans are run again, at most 5 times in all, so
 * `work` must do nothing but SQL: no network call, no queue, no event. An `inTx` inside an `inTx` throws: pass the `Tx` on.
 * When the connection is lost during COMMIT the outcome is unknown: the error is thrown and never retried.
 */
export async function inTx<T>(
  dataSource: DataSource,
  work: (tx: Tx) => Promise<T>,
  isolation?: Isolation,
): Promise<T> {
  if (open.getStore()) throw new Error('inTx inside inTx: pass the Tx on instead');
  const done = await open.run(true, () => untilNoConflict(() => once(dataSource, work, isolation)));
  for (const run of done.afterCommit) run();
  return done.value;
}

/** One marked statement (see mark.ts) in a transaction of its own, also while another one is open. */
export const alone = <T>(dataSource: DataSource, statement: (tx: Tx) => Promise<T>): Promise<T> =>
  open.exit(() => inTx(dataSource, statement));

/** For who only holds a lock by his transaction: `work` has transactions of its own, beside the open one. */
export const beside = <T>(work: () => Promise<T>): Promise<T> => open.exit(work);

async function untilNoConflict<T>(attemptOnce: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce();
    } catch (error) {
      if (attempt === ATTEMPTS || !(isConflict(error) || error instanceof StalePlan)) throw error;
    }
  }
}

/** The transaction is lost, and worth another try: its statement has a new plan then. */
class StalePlan extends Error {}

/** What the statements of one transaction have met. */
interface Met {
  readonly afterCommit: (() => void)[];
  /** PostgreSQL did not answer a statement: what the connection does next is unknown. */
  silence: boolean;
}

async function once<T>(
  dataSource: DataSource,
  work: (tx: Tx) => Promise<T>,
  isolation: Isolation | undefined,
): Promise<Done<T>> {
  const met: Met = { afterCommit: [], silence: false };
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction(isolation);
    const connection: PoolClient = await runner.connect();
    await markTransaction(connection);
    const value = await work(txOf(runner, connection, met));
    if (isFailedResult(value)) {
      await runner.rollbackTransaction();
      return { value, afterCommit: [] };
    }
    await runner.commitTransaction();
    return { value, afterCommit: met.afterCommit };
  } catch (error) {
    await abandon(runner, met.silence || isSilence(error));
    throw error;
  } finally {
    await runner.release();
  }
}

/** After an answer from PostgreSQL the connection is sound and only rolled back; after silence it is closed, never reused. */
async function abandon(runner: QueryRunner, silent: boolean): Promise<void> {
  const rolledBack =
    !silent &&
    (await runner.rollbackTransaction().then(
      () => true,
      () => !runner.isTransactionActive,
    ));
  if (!rolledBack) await closeConnection(runner);
}

async function closeConnection(runner: QueryRunner): Promise<void> {
  // pg: `end()` while a query is in flight destroys the socket, and the pool then drops the client instead of keeping it.
  const client: Client | undefined = await runner.connect().catch(() => undefined);
  client?.end().catch(() => undefined);
}

/** Statements go to the connection itself, by name: the query runner's own `query` can't name them. */
function txOf(runner: QueryRunner, connection: PoolClient, met: Met): Tx {
  const query = async <Row extends object>(text: string, values: readonly unknown[]) => {
    try {
      return await connection.query<Row>(statementOf(text, values));
    } catch (error) {
      if (planIsStale(error, text)) throw new StalePlan('a plan is outdated', { cause: error });
      if (sqlStateOf(error) === undefined) met.silence = true;
      throw error;
    }
  };
  return {
    manager: runner.manager,
    afterCommit: (run) => void met.afterCommit.push(run),
    rows: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await query<Row>(text, values)).rows,
    run: async (text, values = []) => (await query(text, values)).rowCount ?? 0,
  };
}

const isFailedResult = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'ok' in value && value.ok === false && 'failure' in value;

/** TypeORM's own statements (BEGIN, COMMIT, the manager's) wrap what the driver says. */
const isSilence = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'driverError' in error && sqlStateOf(error) === undefined;
