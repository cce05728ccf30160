import { DataSource } from 'typeorm';
import { accountId } from '../../../src/billing/accounts.service.js';
import { credit, debit, post } from '../../../src/billing/ledger.service.js';
import { dataSourceOptions } from '../../../src/infra/db/data-source.js';
import type { Sql } from '../../../src/infra/db/sql.js';
import { inTx, type Tx } from '../../../src/infra/db/tx.js';
import { newId } from '../../../src/kernel/ids.js';
import { currency, type Money, money } from '../../../src/kernel/money.js';
import { testDatabase } from '../../support/test-database.js';

export const USD = currency('USD');
export const usd = (micros: bigint): Money => money(micros, USD);

/** A database of the test file's own and the few verbs every billing test needs. */
export interface BillingWorld {
  readonly dataSource: DataSource;
  /** Statements, each in a transaction of its own. */
  readonly sql: Sql;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A member's new account in USD with that much prepaid money. */
  payer(micros: bigint): Promise<bigint>;
  remove(): Promise<void>;
}

export async function billingWorld(): Promise<BillingWorld> {
  const database = await testDatabase();
  const dataSource = await new DataSource(await dataSourceOptions(database.url)).initialize();
  const tx = <T>(work: (tx: Tx) => Promise<T>) => inTx(dataSource, work);
  const sql: Sql = {
    rows: (text, values) => tx((one) => one.rows(text, values)),
    run: (text, values) => tx((one) => one.run(text, values)),
  };
  return {
    dataSource,
    sql,
    tx,
    payer: (micros) => tx((one) => payer(one, micros)),
    remove: async () => {
      await dataSource.destroy();
      await database.remove();
    },
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
