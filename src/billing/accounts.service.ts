import type { Sql } from '../infra/db/sql.js';
import { type Currency, type Money, money } from '../kernel/money.js';
import type { Reads } from './reads.js';

/** `member`, `company`: payers. The others are ours, by what `owner` names: a kind of revenue, a carrier, a bank, a country's tax. */
export type AccountKind =
  | 'member'
  | 'company'
  | 'revenue'
  | 'carrier-payable'
  | 'carrier-cost'
  | 'bank'
  | 'tax'
  | 'conversion'
  | 'adjustment';

export interface AccountName {
  readonly kind: AccountKind;
  /** A member's or company's id, `calls`, a carrier's id …: 1–100 characters. */
  readonly owner: string;
  readonly currency: Currency;
}

export interface Standing {
  /** What the payer has: positive = prepaid money, negative = owed. Without holds. */
  readonly credit: Money;
  readonly held: Money;
  readonly creditLimit: Money;
  /** What a new hold may take now: credit limit + credit - held, and no more than the day's cap leaves. */
  readonly available: Money;
}

/** The account of that name, opened if it isn't there. Safe to call at the same time from anywhere. */
export async function accountId(sql: Sql, name: AccountName): Promise<bigint> {
  return (await accountIds(sql, [name]))(name);
}

/** Many accounts at once: ids by name. Opens the ones that aren't there. */
export async function accountIds(
  sql: Sql,
  names: readonly AccountName[],
): Promise<(name: AccountName) => bigint> {
  const wanted = new Map(names.map((name) => [textOf(name), name]));
  const found = new Map(await findAccounts(sql, [...wanted.values()]));
  const missing = [...wanted].filter(([text]) => !found.has(text)).map(([, name]) => name);
  if (missing.length > 0) {
    await sql.run(
      `INSERT INTO ledger_account (kind, owner, currency)
       SELECT * FROM unnest($1::text[], $2::text[], $3::bpchar[]) AS name (kind, owner, currency) ORDER BY 1, 2, 3
       ON CONFLICT (kind, owner, currency) DO NOTHING`,
      columnsOf(missing),
    );
    for (const [text, id] of await findAccounts(sql, missing)) found.set(text, id);
  }
  return (name) => {
    const id = found.get(textOf(name));
    if (id === undefined) throw new Error(`no account ${textOf(name)}`);
    return id;
  };
}

async function findAccounts(
  sql: Sql,
  names: readonly AccountName[],
): Promise<readonly (readonly [string, bigint])[]> {
  if (names.length === 0) return [];
  const rows = await sql.rows<AccountName & { id: string }>(
    `SELECT id, kind, owner, currency FROM ledger_account
       JOIN unnest($1::text[], $2::text[], $3::bpchar[]) AS name (kind, owner, currency) USING (kind, owner, currency)`,
    columnsOf(names),
  );
  return rows.map((row) => [textOf(row), BigInt(row.id)]);
}

const textOf = ({ kind, owner, currency }: AccountName): string => `${kind} ${currency} ${owner}`;
const columnsOf = (names: readonly AccountName[]): readonly (readonly string[])[] => [
  names.map(({ kind }) => kind),
  names.map(({ owner }) => owner),
  names.map(({ currency }) => currency),
];

/** Credit limit and daily cap (undefined: none) of a payer's account; what is held already stays held. */
export async function setLimits(
  sql: Sql,
  account: bigint,
  limits: { readonly creditLimitMicros: bigint; readonly dailyCapMicros: bigint | undefined },
): Promise<void> {
  await sql.run('UPDATE ledger_account SET credit_limit_micros = $2, daily_cap_micros = $3 WHERE id = $1', [
    account,
    limits.creditLimitMicros,
    limits.dailyCapMicros ?? null,
  ]);
}

/** A payer's standing, from the one row that keeps it. Undefined: no such account. */
export async function standingOf(sql: Reads, account: bigint): Promise<Standing | undefined> {
  const [row] = await sql.rows<
    Record<'balance' | 'held' | 'credit_limit' | 'available' | 'currency', string>
  >(
    `SELECT b.balance_micros AS balance, b.held_micros AS held, a.credit_limit_micros AS credit_limit,
            available_micros(a, b) AS available, a.currency
       FROM ledger_account a JOIN account_balance b ON b.account_id = a.id AND b.shard = 0
      WHERE a.id = $1`,
    [account],
  );
  if (row === undefined) return undefined;
  const of = (micros: string) => money(BigInt(micros), row.currency as Currency);
  return {
    credit: money(-BigInt(row.balance), row.currency as Currency),
    held: of(row.held),
    creditLimit: of(row.credit_limit),
    available: of(row.available),
  };
}

/** Payers' accounts in the order of their id, of these ids or (null) all. */
export const listAccounts = (
  sql: Reads,
  of: readonly bigint[] | null,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<readonly (AccountName & { readonly id: string })[]> =>
  sql.rows<AccountName & { id: string }>(
    `SELECT id, kind, owner, currency FROM ledger_account
      WHERE kind IN ('member', 'company') AND ($1::bigint[] IS NULL OR id = ANY ($1))
        AND ($2::bigint IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [of, page.after ?? null, page.limit],
  );

/** Any account's balance, debit positive: at most 16 rows are read, never the history. */
export async function balanceOf(sql: Reads, account: bigint): Promise<bigint> {
  const [row] = await sql.rows<{ balance: string | null }>(
    'SELECT sum(balance_micros)::bigint AS balance FROM account_balance WHERE account_id = $1',
    [account],
  );
  return BigInt(row?.balance ?? 0);
}
