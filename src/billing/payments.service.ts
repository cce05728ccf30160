import type { Sql } from '../infra/db/sql.js';
import type { Money } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import { accountId, standingOf } from './accounts.service.js';
import { type AccountFailure, accountUnknown, currencyMismatch, paymentTaken } from './billing.failures.js';
import { credit, debit, PostingKeyTaken, post } from './ledger.service.js';

/** A payment that came in on one of our bank accounts. */
export interface Payment {
  /** More than 0, in the payer's currency. */
  readonly money: Money;
  /** Our bank account's name, and the payment's reference there: together they make it one payment. */
  readonly bank: string;
  readonly reference: string;
  readonly at: Date;
}

/** Books it for a payer, Dr bank / Cr payer: once, however often it is told. Another amount under its reference is refused. */
export async function bookPayment(
  sql: Sql,
  account: bigint,
  { money, bank, reference, at }: Payment,
): Promise<Result<undefined, AccountFailure>> {
  const standing = await standingOf(sql, account);
  if (standing === undefined) return err(accountUnknown());
  if (standing.credit.currency !== money.currency) return err(currencyMismatch(standing.credit.currency));
  const from = await accountId(sql, { kind: 'bank', owner: bank, currency: money.currency });
  const key = `top-up:${JSON.stringify([bank, reference])}`;
  const entries = [debit(from, money), credit(account, money)];
  try {
    await post(sql, [{ key, kind: 'top-up', occurredAt: at, entries }]);
  } catch (error) {
    if (error instanceof PostingKeyTaken) return err(paymentTaken());
    throw error;
  }
  return ok(undefined);
}
