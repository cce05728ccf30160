import type { Tx } from '../../infra/db/tx.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { provedTelephone } from '../../membership/index.js';
import { numbersHeldBy, type Plan } from '../../numbering/index.js';
import { rulesOf } from '../catalogue/product-desk.service.js';
import { findProduct } from '../catalogue/products.service.js';
import { decideApproval } from '../domain/approval.js';
import { dropNumber, keepNumber, takeNumber } from '../numbers/claims.service.js';
import { tellBuyer } from '../receipts/tell-buyer.js';
import { numberTaken, orderGone, orderUnknown } from '../sales.failures.js';
import { settingsOf } from '../settings.js';
import { checkBranches } from './branch-answers.js';
import { mayHoldMore } from './holds-of-buyer.js';
import { moveOrder } from './move.js';
import { type Application, lockOrder, type NumberDetails, type Order } from './orders.rows.js';
import { releasePart } from './paying.service.js';

export type NumberOrder = Order & { readonly number: NumberDetails };

/** An order of a number, locked, that has not expired. */
export async function lockNumberOrder(tx: Tx, id: string): Promise<Result<NumberOrder, Failure>> {
  const found = await lockOrder(tx, id);
  if (!found.ok) return found;
  const { number } = found.value;
  if (number === null) return err(orderUnknown());
  return found.value.late ? err(orderGone()) : ok({ ...found.value, number });
}

/** Keeps the number from everybody else for a while: whoever is quickest has it. */
export async function holdNumber(
  tx: Tx,
  plan: Plan,
  id: string,
  by: string,
): Promise<Result<Order, Failure>> {
  const order = await lockNumberOrder(tx, id);
  if (!order.ok) return order;
  const may = await mayHoldMore(tx, order.value.buyerId);
  if (!may.ok) return may;
  const { holdMinutes: minutes } = await settingsOf(tx);
  const moved = await moveOrder(tx, order.value, { event: 'hold', to: 'held', by, minutes });
  if (!moved.ok) return moved;
  const { number } = order.value.number;
  const digits = number.kind === 'pin' ? number.areaNumber : number.number;
  const taken = await takeNumber(tx, { number, digits, orderId: id, minutes, plan });
  return taken ? moved : err(numberTaken());
}

export interface ApplicationWish {
  readonly application: Application;
  /** By which other networks reach the number; of a number named after a telephone that one. */
  readonly contact: string | null;
}

/** Takes the request form in and lets the rules decide, or asks for the proof first that the number needs. */
export async function applyForNumber(
  tx: Tx,
  id: string,
  { application, contact }: ApplicationWish,
  by: string,
): Promise<Result<Order, Failure>> {
  const order = await lockNumberOrder(tx, id);
  if (!order.ok) return order;
  const branches = await checkBranches(tx, order.value, application.branches ?? []);
  if (!branches.ok) return branches;
  const telephone = order.value.number.telephone ?? contact;
  const proved = telephone !== null && (await provedTelephone(tx, order.value.buyerId, telephone));
  await tx.run('UPDATE number_order SET application = $2, telephone = $3, proved = $4 WHERE order_id = $1', [
    id,
    application,
    telephone,
    proved,
  ]);
  const applied = { ...order.value, number: { ...order.value.number, application, telephone, proved } };
  if (await waitsForProof(tx, applied)) {
    const { proofMinutes: minutes } = await settingsOf(tx);
    return keeping(tx, applied, { event: 'apply', to: 'awaiting-verification', by, minutes });
  }
  return decide(tx, applied, 'apply', by);
}

/** Looks again whether the telephone is proved; unproved, nothing changes. */
export async function verifyOrder(tx: Tx, id: string, by: string): Promise<Result<Order, Failure>> {
  const order = await lockNumberOrder(tx, id);
  if (!order.ok || order.value.state !== 'awaiting-verification') return order;
  const { telephone } = order.value.number;
  const proved = telephone !== null && (await provedTelephone(tx, order.value.buyerId, telephone));
  if (!proved) return order;
  await tx.run('UPDATE number_order SET proved = true WHERE order_id = $1', [id]);
  return decide(tx, { ...order.value, number: { ...order.value.number, proved } }, 'prove', by);
}

/** An account's orders that wait until that telephone is proved. */
export async function waitingForProof(tx: Tx, accountId: string, e164: string): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT o.id FROM number_order n JOIN shop_order o ON o.id = n.order_id
      WHERE n.telephone = $2 AND o.buyer_id = $1 AND o.state = 'awaiting-verification' ORDER BY o.id`,
    [accountId, e164],
  );
  return rows.map(({ id }) => id);
}

/** A number that is named after a telephone is only for whoever has that telephone. */
async function waitsForProof(tx: Tx, order: NumberOrder): Promise<boolean> {
  const product = await findProduct(tx, order.number.productId);
  return product.ok && product.value.form === 'own-telephone' && !order.number.proved;
}

async function decide(
  tx: Tx,
  order: NumberOrder,
  event: 'apply' | 'prove',
  by: string,
): Promise<Result<Order, Failure>> {
  const product = await findProduct(tx, order.number.productId);
  if (!product.ok) return product;
  const { number } = order.number;
  const facts = {
    kind: product.value.kind,
    form: product.value.form,
    tier: order.number.tier,
    digits: (number.kind === 'pin' ? number.areaNumber : number.number).length,
    proved: order.number.proved,
    numbersHeld: await numbersHeldBy(tx, order.holderId),
  };
  const { decision, reason } = decideApproval(facts, await rulesOf(tx));
  const { selectMinutes, approvalMinutes } = await settingsOf(tx);
  switch (decision) {
    case 'approve':
      return keeping(tx, order, { event, to: 'approved', by, reason, minutes: selectMinutes });
    case 'operator':
      return keeping(tx, order, { event, to: 'awaiting-approval', by, reason, minutes: approvalMinutes });
    case 'reject':
      return rejected(tx, order, { event, by, reason });
  }
}

/** Moves the order and keeps its number as long. */
export async function keeping(
  tx: Tx,
  order: Order,
  move: Parameters<typeof moveOrder>[2],
): Promise<Result<Order, Failure>> {
  const moved = await moveOrder(tx, order, move);
  if (!moved.ok) return moved;
  return (await keepNumber(tx, order.id, move.minutes)) ? moved : err(orderGone());
}

/** Before anything was paid: the number is free again at once. */
export async function rejected(
  tx: Tx,
  order: Order,
  {
    event,
    by,
    reason,
  }: { readonly event: 'apply' | 'prove' | 'reject'; readonly by: string; readonly reason: string },
): Promise<Result<Order, Failure>> {
  const moved = await moveOrder(tx, order, { event, to: 'rejected', by, reason, minutes: null });
  if (!moved.ok) return moved;
  await dropNumber(tx, order.id);
  await releasePart(tx, order.id);
  await tellBuyer(tx, order.id, 'rejected');
  return moved;
}
