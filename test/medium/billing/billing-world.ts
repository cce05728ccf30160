import { DataSource, type EntityManager } from 'typeorm';
import { accountId } from '../../../src/billing/accounts.service.js';
import { credit, debit, post } from '../../../src/billing/ledger.service.js';
import { dataSourceOptions } from '../../../src/infra/db/data-source.js';
import type { Sql } from '../../../src/infra/db/sql.js';
import { inTx, type Tx } from '../../../src/infra/db/tx.js';
import { newId } from '../../../src/kernel/ids.js';
import { currency, type Money, money } from '../../../src/kernel/money.js';
import type { Secret } from '../../../src/kernel/secret.js';
import { testDatabase } from '../../support/test-database.js';

export const USD = currency('USD');
export const usd = (micros: bigint): Money => money(micros, USD);

/** A database of the test file's own and the few verbs every billing test needs. */
export interface BillingWorld {
  readonly url: Secret;
  readonly dataSource: DataSource;
  /** Statements, each in a transaction of its own. */
  readonly sql: Sql;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction that is not run again after a deadlock, so that a test sees it. */
  once<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** A member's new account in USD with that much prepaid money. */
  payer(micros: bigint): Promise<bigint>;
  /** Resolves once that many sessions of this database wait for a lock. */
  waiting(sessions: number): Promise<void>;
  remove(): Promise<void>;
}

export async function billingWorld(): Promise<BillingWorld> {
  const database = await testDatabase();
  const dataSource = await new DataSource(await dataSourceOptions(database.url)).initialize();
  const tx = <T>(work: (tx: Tx) => Promise<T>) => inTx(dataSource, work);
  const sql = plainSql(dataSource);
  return {
    url: database.url,
    dataSource,
    sql,
    tx,
    once: (work) => dataSource.transaction((manager) => work(plainSql(manager))),
    waiting: async (sessions) => {
      const waiters = `SELECT FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while ((await sql.rows(waiters)).length < sessions) await sql.rows('SELECT pg_sleep(0.005)');
    },
    payer: (micros) => tx((one) => payer(one, micros)),
    remove: async () => {
      await dataSource.destroy();
      await database.remove();
    },
  };
}

type Answer = { records: unknown[]; affected?: number };

function plainSql(on: DataSource | EntityManager): Sql {
  const query = async (text: string, values: readonly unknown[] = []): Promise<Answer> => {
    const runner = on instanceof DataSource ? on.createQueryRunner() : on.queryRunner;
    if (runner === undefined) throw new Error('no connection');
    try {
      return await runner.query(text, [...values], true);
    } finally {
      if (on instanceof DataSource) await runner.release();
    }
  };
  return {
    rows: async <Row extends object>(text: string, values?: readonly unknown[]) =>
      (await query(text, values)).records as Row[],
    run: async (text, values) => (await query(text, values)).affected ?? 0,
  };
}

async function payer(tx: Tx, micros: bigint): Promise<bigint> {
  const owner = newId();
  const account = await accountId(tx, { kind: 'member', owner, currency: USD });
  if (micros === 0n) return account;
  const bank = await accountId(tx, { kind: 'bank', owner: 'test', currency: USD });
  await post(tx, [
    {
      key: `top-up:${owner}`,
      kind: 'top-up',
      occurredAt: new Date(),
      entries: [debit(bank, usd(micros)), credit(account, usd(micros))],
    },
  ]);
  return account;
}

/** The names of the plan's nodes with the relation or index they read, innermost last: `Index Scan entry_account`. */
export async function planOf(sql: Sql, statement: string, values: readonly unknown[]): Promise<string[]> {
  const [row] = await sql.rows<{ 'QUERY PLAN': readonly [{ Plan: PlanNode }] }>(
    `EXPLAIN (FORMAT JSON) ${statement}`,
    values,
  );
  if (row === undefined) throw new Error('no plan');
  return nodes(row['QUERY PLAN'][0].Plan);
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}
const nodes = (node: PlanNode): string[] => [
  [node['Node Type'], node['Index Name'] ?? node['Relation Name']].filter(Boolean).join(' '),
  ...(node.Plans ?? []).flatMap(nodes),
];
