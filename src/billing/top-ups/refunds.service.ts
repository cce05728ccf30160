import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { type Currency, formatAmount, type Money, money } from '../../kernel/money.js';
import { assertNever, err, type Failure, ok, type Result } from '../../kernel/result.js';
import { closeHolds, holdOwnMoney } from '../holds.service.js';
import type { Reads } from '../reads.js';
import { applyFact, tell } from './payment-facts.service.js';
import { notPaid, refundNotCovered, refundTooMuch, topUpUnknown } from './top-up.failures.js';
import type { Refunding, TopUpPort } from './top-up-port.js';
import { type InTx, lockTopUp } from './top-ups.service.js';

export interface RefundWish {
  readonly topUpId: string;
  readonly amount: Money;
  readonly askedBy: string;
}

/**
 * Notes a refund and holds its amount, so that it cannot be talked away meanwhile. Only the payer's own money counts, no
 * credit limit and no day's cap. Returns the refund's id; `advanceRefund` tells the provider.
 */
export async function askRefund(
  tx: Tx,
  { topUpId, amount, askedBy }: RefundWish,
): Promise<Result<string, Failure>> {
  const topUp = await lockTopUp(tx, { id: topUpId });
  if (topUp === undefined) return err(topUpUnknown());
  if (topUp.state !== 'paid') return err(notPaid());
  const [before] = await tx.rows<{ micros: string }>(
    `SELECT COALESCE(sum(amount_micros), 0)::bigint AS micros FROM top_up_refund WHERE top_up_id = $1 AND state <> 'failed'`,
    [topUp.id],
  );
  const left = topUp.amount.micros - BigInt(before?.micros ?? 0);
  if (amount.currency !== topUp.amount.currency || amount.micros > left) return err(refundTooMuch());
  const id = newId();
  const covered = await holdOwnMoney(tx, { id, accountId: topUp.accountId, micros: amount.micros });
  if (!covered) return err(refundNotCovered());
  await tx.run('INSERT INTO top_up_refund (id, top_up_id, amount_micros, asked_by) VALUES ($1, $2, $3, $4)', [
    id,
    topUp.id,
    amount.micros,
    askedBy,
  ]);
  return ok(id);
}

/** Tells the provider of a refund that waits, with no transaction open, and notes what came of it. Safe to call again. */
export async function advanceRefund(
  inTx: InTx,
  sql: Reads,
  port: TopUpPort,
  id: string,
): Promise<Refunding['kind']> {
  const [row] = await sql.rows<{ amount_micros: string; currency: Currency; payment: string }>(
    `SELECT r.amount_micros, t.currency, t.payment FROM top_up_refund r JOIN top_up t ON t.id = r.top_up_id
      WHERE r.id = $1 AND r.state = 'waiting' AND t.port = $2`,
    [id, port.name],
  );
  if (row === undefined) return 'done';
  const order = { key: id, payment: row.payment, amount: money(BigInt(row.amount_micros), row.currency) };
  const outcome = await port.refund(order);
  await inTx((tx) => noteOutcome(tx, port, order, outcome));
  return outcome.kind;
}

async function noteOutcome(
  tx: Tx,
  port: TopUpPort,
  { key, payment, amount }: { readonly key: string; readonly payment: string; readonly amount: Money },
  outcome: Refunding,
): Promise<void> {
  switch (outcome.kind) {
    case 'done': {
      const at = new Date();
      await applyFact(tx, port.name, {
        kind: 'refunded',
        payment,
        providerId: outcome.providerId,
        key,
        amount,
        at,
      });
      return;
    }
    case 'under-way':
      await tx.run('UPDATE top_up_refund SET provider_id = $2 WHERE id = $1 AND provider_id IS NULL', [
        key,
        outcome.providerId,
      ]);
      return;
    case 'refused': {
      const failed = await tx.run(
        `UPDATE top_up_refund SET state = 'failed', detail = $2 WHERE id = $1 AND state = 'waiting'`,
        [key, outcome.reason.slice(0, 500)],
      );
      if (failed !== 1) return;
      await closeHolds(tx, [key], 'released');
      await tell(tx, event('refund.settled', { refundId: key, outcome: 'failed' }));
      return;
    }
    case 'unknown':
      await tx.run('UPDATE top_up_refund SET detail = $2 WHERE id = $1', [key, outcome.reason.slice(0, 500)]);
      return;
    default:
      assertNever(outcome);
  }
}

/** A top-up's refunds, oldest first. */
export async function refundsOf(sql: Reads, topUpId: string, currency: Currency) {
  const rows = await sql.rows<{
    id: string;
    micros: string;
    state: string;
    detail: string | null;
    askedAt: Date;
  }>(
    `SELECT id, amount_micros AS micros, state, detail, asked_at AS "askedAt" FROM top_up_refund
      WHERE top_up_id = $1 ORDER BY asked_at, id`,
    [topUpId],
  );
  return rows.map(({ micros, ...refund }) => ({
    ...refund,
    amount: formatAmount(money(BigInt(micros), currency)),
  }));
}
