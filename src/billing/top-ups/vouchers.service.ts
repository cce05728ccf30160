import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { type Currency, formatAmount, type Money, money } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { accountId, standingOf } from '../accounts.service.js';
import { accountUnknown, currencyMismatch } from '../billing.failures.js';
import { newVoucherCode, readVoucherCode, voucherHash } from '../domain/voucher-code.js';
import { credit, debit, post } from '../ledger.service.js';
import type { Reads } from '../reads.js';
import { batchUnknown, voucherUnknown } from './top-up.failures.js';

export interface NewBatch {
  readonly about: string;
  /** Of each voucher. */
  readonly value: Money;
  readonly count: number;
  readonly expiresAt: Date;
  readonly createdBy: string;
}

/** Makes vouchers and returns their codes by serial: the only time anybody sees them. */
export async function makeVouchers(
  tx: Tx,
  batch: NewBatch,
): Promise<{ readonly id: string; readonly codes: readonly string[] }> {
  const id = newId();
  const codes = Array.from({ length: batch.count }, newVoucherCode);
  await tx.run(
    `INSERT INTO voucher_batch (id, about, value_micros, currency, expires_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, batch.about, batch.value.micros, batch.value.currency, batch.expiresAt, batch.createdBy],
  );
  await tx.run(
    `INSERT INTO voucher (code_hash, batch_id, serial)
     SELECT hash, $2, serial FROM unnest($1::bytea[]) WITH ORDINALITY AS v (hash, serial)`,
    [codes.map((code) => voucherHash(readVoucherCode(code) ?? '')), id],
  );
  return { id, codes };
}

/** What is not redeemed yet is worth nothing any more. */
export async function cancelBatch(tx: Tx, id: string): Promise<Result<undefined, Failure>> {
  const done = await tx.run(
    'UPDATE voucher_batch SET cancelled_at = COALESCE(cancelled_at, now()) WHERE id = $1',
    [id],
  );
  return done === 1 ? ok(undefined) : err(batchUnknown(id));
}

/**
 * Puts a voucher's value on an account: once, whoever tries at the same time; the others hear that there is no such voucher.
 * Dr vouchers / Cr payer under a key of the voucher's own.
 */
export async function redeemVoucher(
  tx: Tx,
  wish: { readonly text: string; readonly account: bigint; readonly by: string },
): Promise<Result<Money, Failure>> {
  const standing = await standingOf(tx, wish.account);
  if (standing === undefined) return err(accountUnknown());
  const code = readVoucherCode(wish.text);
  if (code === undefined) return err(voucherUnknown());
  const [taken] = await tx.rows<{
    batch_id: string;
    serial: number;
    value_micros: string;
    currency: Currency;
    now: Date;
  }>(
    `UPDATE voucher v SET redeemed_at = now(), account_id = $2, redeemed_by = $3
       FROM voucher_batch b
      WHERE v.code_hash = $1 AND v.redeemed_at IS NULL
        AND b.id = v.batch_id AND b.expires_at > now() AND b.cancelled_at IS NULL
     RETURNING v.batch_id, v.serial, b.value_micros, b.currency, now() AS now`,
    [voucherHash(code), wish.account, wish.by],
  );
  if (taken === undefined) return err(voucherUnknown());
  const value = money(BigInt(taken.value_micros), taken.currency);
  if (standing.credit.currency !== value.currency) return err(currencyMismatch(standing.credit.currency));
  const sold = await accountId(tx, { kind: 'adjustment', owner: 'vouchers', currency: value.currency });
  await post(tx, [
    {
      key: `voucher:${taken.batch_id}:${taken.serial}`,
      kind: 'top-up',
      occurredAt: taken.now,
      entries: [debit(sold, value), credit(wish.account, value)],
    },
  ]);
  return ok(value);
}

/** A batch and how much of it was redeemed. */
export async function findBatch(sql: Reads, id: string) {
  const [row] = await sql.rows<{
    about: string;
    micros: string;
    currency: Currency;
    expiresAt: Date;
    cancelledAt: Date | null;
    count: string;
    redeemed: string;
  }>(
    `SELECT about, value_micros AS micros, currency, expires_at AS "expiresAt", cancelled_at AS "cancelledAt",
            count(v.*) AS count, count(v.redeemed_at) AS redeemed
       FROM voucher_batch b LEFT JOIN voucher v ON v.batch_id = b.id WHERE b.id = $1 GROUP BY b.id`,
    [id],
  );
  if (row === undefined) return err(batchUnknown(id));
  const { micros, count, redeemed, ...batch } = row;
  const value = formatAmount(money(BigInt(micros), row.currency));
  return ok({ id, ...batch, value, count: Number(count), redeemed: Number(redeemed) });
}
