import type { Tx } from '../../infra/db/tx.js';
import { type Currency, type Money, money, roundToMinor } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { accountIds } from '../accounts.service.js';
import { credit, debit, post } from '../ledger.service.js';
import { findAgreement } from './agreements.service.js';
import * as failures from './settlement.failures.js';
import { lockSettlement, moved, type Settlement } from './settlements.service.js';

/** `lines`: ours where matched, each difference as it was settled. `their-total`: as invoiced, if within the agreed tolerance. */
export type ApprovalBasis = 'lines' | 'their-total';

/**
 * Approves a settlement under its row lock, by somebody else than who opened it. What is agreed is rounded to what can be
 * paid; its difference to what was accrued is posted (Dr carrier cost / Cr carrier payable), so that exactly the payment is
 * owed. Makes the payment order, unless there is nothing to pay. Returns the agreed amount.
 */
export async function approveSettlement(
  tx: Tx,
  id: string,
  approval: { readonly basis: ApprovalBasis; readonly by: string; readonly at: Date },
): Promise<Result<Money, Failure>> {
  const locked = await lockSettlement(tx, id);
  if (!locked.ok) return locked;
  const settlement = locked.value;
  const next = moved(settlement, 'settlement.approved');
  if (!next.ok) return next;
  if (settlement.openedBy === approval.by) return err(failures.samePerson());
  if ((settlement.badLines ?? 0) > 0) return err(failures.badLines(settlement.badLines ?? 0));
  const amount = await agreedAmount(tx, settlement, approval.basis);
  if (!amount.ok) return amount;
  const agreed = roundToMinor(amount.value, 'half-up');
  await postAdjustment(tx, settlement, agreed, approval.at);
  const state = agreed.micros === 0n ? 'paid' : next.value;
  await tx.run('UPDATE settlement SET state = $2, agreed_micros = $3, approved_by = $4 WHERE id = $1', [
    id,
    state,
    agreed.micros,
    approval.by,
  ]);
  if (agreed.micros > 0n) await orderPayment(tx, settlement, agreed, approval.at);
  return ok(agreed);
}

async function agreedAmount(
  tx: Tx,
  { id, carrierId, currency, oursMicros, theirsMicros }: Settlement,
  basis: ApprovalBasis,
): Promise<Result<Money, Failure>> {
  const ours = oursMicros ?? 0n;
  const theirs = theirsMicros ?? 0n;
  if (basis === 'their-total') {
    const tolerance = (await findAgreement(tx, carrierId))?.totalTolerancePpm ?? 0;
    const apart = ours > theirs ? ours - theirs : theirs - ours;
    if (apart * 1_000_000n > ours * BigInt(tolerance)) return err(failures.totalNotWithinTolerance());
    return ok(money(theirs, currency));
  }
  const [found] = await tx.rows<{ unsettled: string; correction: string | null }>(
    `SELECT count(*) FILTER (WHERE state IN ('open', 'disputed')) AS unsettled,
            sum(theirs_micros - ours_micros) FILTER (WHERE state = 'settled-at-theirs')::bigint AS correction
       FROM settlement_difference WHERE settlement_id = $1`,
    [id],
  );
  const unsettled = Number(found?.unsettled ?? 0);
  if (unsettled > 0) return err(failures.unsettledDifferences(unsettled));
  return ok(money(ours + BigInt(found?.correction ?? 0), currency));
}

async function postAdjustment(tx: Tx, settlement: Settlement, agreed: Money, at: Date): Promise<void> {
  const difference = money(agreed.micros - (settlement.oursMicros ?? 0n), agreed.currency);
  if (difference.micros === 0n) return;
  const { cost, payable } = await carrierAccounts(tx, settlement.carrierId, agreed.currency);
  await post(tx, [
    {
      key: `settlement:${settlement.id}:adjustment`,
      kind: 'settlement-adjustment',
      occurredAt: at,
      entries: [debit(cost, difference), credit(payable, difference)],
    },
  ]);
}

/** The two accounts of a carrier in a currency. */
export async function carrierAccounts(
  tx: Tx,
  owner: string,
  currency: Currency,
): Promise<{ readonly cost: bigint; readonly payable: bigint }> {
  const cost = { kind: 'carrier-cost', owner, currency } as const;
  const payable = { kind: 'carrier-payable', owner, currency } as const;
  const idOf = await accountIds(tx, [cost, payable]);
  return { cost: idOf(cost), payable: idOf(payable) };
}

async function orderPayment(tx: Tx, settlement: Settlement, agreed: Money, at: Date): Promise<void> {
  const agreement = await findAgreement(tx, settlement.carrierId);
  if (agreement === undefined) throw new Error(`settlement ${settlement.id} without agreement`);
  const due = new Date(at.getTime() + agreement.paymentDays * 86_400_000);
  const lastDay = new Date(settlement.to.getTime() - 1);
  const days = [settlement.from, lastDay].map((day) => day.toISOString().slice(0, 10));
  await tx.run(
    `INSERT INTO payment_order (settlement_id, amount_micros, currency, debtor_name, debtor_iban,
                                creditor_name, creditor_iban, about, due_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      settlement.id,
      agreed.micros,
      agreed.currency,
      agreement.debtor.name,
      agreement.debtor.iban,
      agreement.creditor.name,
      agreement.creditor.iban,
      `Telephony ${days.join(' to ')}`,
      due.toISOString().slice(0, 10),
    ],
  );
}
