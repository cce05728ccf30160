import type { Tx } from '../../infra/db/tx.js';
import { type Currency, formatAmount, type Money, money } from '../../kernel/money.js';
import { assertNever, err, type Failure, ok, type Result } from '../../kernel/result.js';
import { accountIds } from '../accounts.service.js';
import { credit, debit, post } from '../ledger.service.js';
import type { Reads } from '../reads.js';
import type { Party } from './agreements.service.js';
import { carrierAccounts } from './approval.service.js';
import type { PaymentOrder, PaymentOutcome, PaymentPort } from './payment-port.js';
import { orderNotAllowed, orderUnknown } from './settlement.failures.js';
import { lockSettlement, moved, type Settlement } from './settlements.service.js';

type InTx = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
type OrderState = 'waiting' | 'sending' | 'sent' | 'paid' | 'failed';

/**
 * Brings a payment one step on: notes that it is being told of, tells the port with no transaction open, notes what came of
 * it. Called again after a crash in between, or after an unknown outcome, it asks the port and never tells it again.
 * Returns false when the outcome is still unknown, so that the caller asks later.
 */
export async function advancePayment(inTx: InTx, port: PaymentPort, settlementId: string): Promise<boolean> {
  const begun = await inTx((tx) => begin(tx, settlementId));
  if (begun === undefined) return true;
  const outcome = await (begun.fresh ? port.pay(begun.order) : port.look(begun.order));
  await inTx((tx) => note(tx, settlementId, outcome));
  return outcome.kind !== 'unknown';
}

interface Begun {
  readonly order: PaymentOrder;
  /** It was waiting: nobody has told of it yet. */
  readonly fresh: boolean;
}

async function begin(tx: Tx, id: string): Promise<Begun | undefined> {
  const locked = await lockBoth(tx, id);
  if (!locked.ok || (locked.value.order.state !== 'waiting' && locked.value.order.state !== 'sending'))
    return undefined;
  const { settlement, order } = locked.value;
  const fresh = order.state === 'waiting';
  if (fresh) {
    await move(tx, settlement, 'payment.begun');
    await tx.run(
      `UPDATE payment_order SET state = 'sending', sending_since = now() WHERE settlement_id = $1`,
      [id],
    );
  }
  return { order: orderOf(id, order), fresh };
}

async function note(tx: Tx, id: string, outcome: PaymentOutcome): Promise<void> {
  const locked = await lockBoth(tx, id);
  if (!locked.ok || locked.value.order.state !== 'sending') return;
  switch (outcome.kind) {
    case 'accepted':
      await tx.run(
        `UPDATE payment_order SET state = 'sent', port_reference = $2, document = $3, detail = NULL WHERE settlement_id = $1`,
        [id, outcome.reference, outcome.document ?? null],
      );
      return;
    case 'refused':
      await move(tx, locked.value.settlement, 'payment.failed');
      await tx.run(`UPDATE payment_order SET state = 'failed', detail = $2 WHERE settlement_id = $1`, [
        id,
        outcome.reason,
      ]);
      return;
    case 'unknown':
      await tx.run('UPDATE payment_order SET detail = $2 WHERE settlement_id = $1', [id, outcome.reason]);
      return;
    default:
      return assertNever(outcome);
  }
}

/** What the bank's statement says, entered by a person: paid (Dr carrier payable / Cr bank, once) or not. */
export async function confirmPayment(
  tx: Tx,
  id: string,
  said: { readonly outcome: 'paid' | 'failed'; readonly at: Date; readonly detail: string },
): Promise<Result<undefined, Failure>> {
  const locked = await lockBoth(tx, id);
  if (!locked.ok) return locked;
  const { settlement, order } = locked.value;
  if (order.state !== 'sent' && order.state !== 'sending') return err(orderNotAllowed(order.state));
  await move(tx, settlement, said.outcome === 'paid' ? 'payment.made' : 'payment.failed');
  await tx.run('UPDATE payment_order SET state = $2, detail = $3 WHERE settlement_id = $1', [
    id,
    said.outcome,
    said.detail,
  ]);
  if (said.outcome === 'paid') await postPayment(tx, settlement, order, said.at);
  return ok(undefined);
}

/** A failed payment waits to be told of again, under another key. */
export async function retryPayment(tx: Tx, id: string): Promise<Result<undefined, Failure>> {
  const locked = await lockBoth(tx, id);
  if (!locked.ok) return locked;
  if (locked.value.order.state !== 'failed') return err(orderNotAllowed(locked.value.order.state));
  await tx.run(
    `UPDATE payment_order SET state = 'waiting', sending_since = NULL, attempt = attempt + 1, document = NULL,
                              port_reference = NULL WHERE settlement_id = $1`,
    [id],
  );
  return ok(undefined);
}

async function postPayment(tx: Tx, settlement: Settlement, order: OrderRow, at: Date): Promise<void> {
  const paid: Money = money(BigInt(order.amount_micros), order.currency);
  const { payable } = await carrierAccounts(tx, settlement.carrierId, paid.currency);
  const bank = { kind: 'bank', owner: order.debtor_iban, currency: paid.currency } as const;
  const idOf = await accountIds(tx, [bank]);
  const entries = [debit(payable, paid), credit(idOf(bank), paid)];
  await post(tx, [
    { key: `settlement:${settlement.id}:payment`, kind: 'settlement-payment', occurredAt: at, entries },
  ]);
}

interface OrderRow {
  readonly amount_micros: string;
  readonly currency: Currency;
  readonly debtor_name: string;
  readonly debtor_iban: string;
  readonly creditor_name: string;
  readonly creditor_iban: string;
  readonly about: string;
  readonly due_on: string;
  readonly attempt: number;
  readonly state: OrderState;
}

/** The settlement's row first, then its order's. */
async function lockBoth(
  tx: Tx,
  id: string,
): Promise<Result<{ readonly settlement: Settlement; readonly order: OrderRow }, Failure>> {
  const settlement = await lockSettlement(tx, id);
  if (!settlement.ok) return settlement;
  const [order] = await tx.rows<OrderRow>(
    `SELECT amount_micros, currency, debtor_name, debtor_iban, creditor_name, creditor_iban, about, due_on::text,
            attempt, state FROM payment_order WHERE settlement_id = $1 FOR UPDATE`,
    [id],
  );
  return order === undefined ? err(orderUnknown()) : ok({ settlement: settlement.value, order });
}

async function move(
  tx: Tx,
  settlement: Settlement,
  event: 'payment.begun' | 'payment.failed' | 'payment.made',
): Promise<void> {
  const next = moved(settlement, event);
  if (!next.ok) throw new Error(`settlement ${settlement.id}: ${event} in ${settlement.state}`);
  await tx.run('UPDATE settlement SET state = $2 WHERE id = $1', [settlement.id, next.value]);
}

/** 32 hex digits and the attempt: unique for ever, short enough for a bank. */
const orderOf = (id: string, row: OrderRow): PaymentOrder => ({
  key: `${id.replaceAll('-', '')}${row.attempt}`,
  amount: money(BigInt(row.amount_micros), row.currency),
  debtor: { name: row.debtor_name, iban: row.debtor_iban },
  creditor: { name: row.creditor_name, iban: row.creditor_iban },
  about: row.about,
  dueOn: row.due_on,
});

export interface OrderView {
  readonly amount: string;
  readonly currency: Currency;
  readonly creditor: Party;
  readonly about: string;
  readonly dueOn: string;
  readonly state: OrderState;
  readonly portReference: string | null;
  readonly detail: string | null;
  readonly document: string | null;
}

export async function findOrder(sql: Reads, settlementId: string): Promise<OrderView | undefined> {
  const [row] = await sql.rows<
    OrderRow & Pick<OrderView, 'document' | 'detail'> & { readonly port_reference: string | null }
  >('SELECT *, due_on::text AS due_on FROM payment_order WHERE settlement_id = $1', [settlementId]);
  return (
    row && {
      amount: formatAmount(money(BigInt(row.amount_micros), row.currency)),
      currency: row.currency,
      creditor: { name: row.creditor_name, iban: row.creditor_iban },
      about: row.about,
      dueOn: row.due_on,
      state: row.state,
      portReference: row.port_reference,
      detail: row.detail,
      document: row.document,
    }
  );
}
