import type { Sql } from '../infra/db/sql.js';
import { type Currency, type Money, money } from '../kernel/money.js';

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
  const values = [name.kind, name.owner, name.currency];
  const [found] = await sql.rows<{ id: string }>(
    'SELECT id FROM ledger_account WHERE (kind, owner, currency) = ($1, $2, $3)',
    values,
  );
  if (found !== undefined) return BigInt(found.id);
  const [opened] = await sql.rows<{ id: string }>(
    `INSERT INTO ledger_account (kind, owner, currency) VALUES ($1, $2, $3)
     ON CONFLICT (kind, owner, currency) DO UPDATE SET opened_at = ledger_account.opened_at RETURNING id`,
    values,
  );
  if (opened === undefined) throw new Error(`no account ${values.join(' ')}`);
  return BigInt(opened.id);
}

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
export async function standingOf(sql: Sql, account: bigint): Promise<Standing | undefined> {
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

/** Any account's balance, debit positive: at most 16 rows are read, never the history. */
export async function balanceOf(sql: Sql, account: bigint): Promise<bigint> {
  const [row] = await sql.rows<{ balance: string | null }>(
    'SELECT sum(balance_micros)::bigint AS balance FROM account_balance WHERE account_id = $1',
    [account],
  );
  return BigInt(row?.balance ?? 0);
}
