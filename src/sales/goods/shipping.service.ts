import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { registerMember } from '../../membership/index.js';
import { moveOrder } from '../orders/move.js';
import { lockOrder, type Order } from '../orders/orders.rows.js';
import { giveMoneyBack } from '../orders/refunding.service.js';
import { capture } from '../orders/sale-postings.js';
import { addEvent, tellBuyer } from '../receipts/tell-buyer.js';
import { orderUnknown, serialMismatch } from '../sales.failures.js';
import { settingsOf } from '../settings.js';

export interface PackedPiece {
  readonly goods: string;
  readonly serial: string;
}
interface Deed {
  readonly by: string;
  readonly reason: string | null;
}

async function lockGoodsOrder(tx: Tx, id: string): Promise<Result<Order, Failure>> {
  const order = await lockOrder(tx, id);
  return order.ok && order.value.kind !== 'goods' ? err(orderUnknown()) : order;
}

/**
 * The pieces that lie in the parcel are the member's, and the money that was set aside is ours. What was scanned may be another
 * piece of the same goods than the one that was set aside: they change places.
 */
export async function packOrder(
  tx: Tx,
  id: string,
  pieces: readonly PackedPiece[],
  by: string,
): Promise<Result<Order, Failure>> {
  const order = await lockGoodsOrder(tx, id);
  if (!order.ok) return order;
  const packed = await moveOrder(tx, order.value, { event: 'pack', to: 'packed', by, minutes: null });
  if (!packed.ok) return packed;
  const lines = await tx.rows<{ goods: string; count: number }>(
    'SELECT goods_id AS goods, count FROM goods_line WHERE order_id = $1',
    [id],
  );
  const wrong = miscounted(lines, pieces);
  if (wrong !== undefined) return err(serialMismatch(wrong));
  const {
    holderId: memberId,
    buyerId: accountId,
    holderKind: kind,
    billing,
    language,
    country,
  } = order.value;
  const holder = { id: memberId, accountId, kind, name: billing.name, language, country, area: null };
  const registered = await registerMember(tx, holder);
  if (!registered.ok) return registered;
  const owner = registered.value.member.id;
  await tx.run('UPDATE shop_order SET holder_id = $2 WHERE id = $1', [id, owner]);
  const swapped = await takeScanned(tx, id, pieces, owner);
  if (!swapped.ok) return swapped;
  await capture(tx, order.value);
  await tellBuyer(tx, id, 'receipt');
  return ok({ ...packed.value, holderId: owner });
}

/** A serial too many or twice, or goods of which one is missing. */
function miscounted(
  lines: readonly { readonly goods: string; readonly count: number }[],
  pieces: readonly PackedPiece[],
): string | undefined {
  const twice = pieces.find(({ serial }, at) => pieces.findIndex((one) => one.serial === serial) !== at);
  if (twice !== undefined) return twice.serial;
  const strange = pieces.find(({ goods }) => !lines.some((line) => line.goods === goods));
  if (strange !== undefined) return strange.serial;
  return lines.find((line) => pieces.filter(({ goods }) => goods === line.goods).length !== line.count)
    ?.goods;
}

async function takeScanned(
  tx: Tx,
  orderId: string,
  pieces: readonly PackedPiece[],
  owner: string,
): Promise<Result<undefined, Failure>> {
  await tx.run('UPDATE goods_piece SET order_id = NULL WHERE order_id = $1', [orderId]);
  for (const { goods, serial } of pieces) {
    const taken = await tx.run(
      `UPDATE goods_piece SET order_id = $1, member_id = $2, sold_at = now()
        WHERE serial = $3 AND goods_id = $4 AND order_id IS NULL`,
      [orderId, owner, serial, goods],
    );
    if (taken !== 1) return err(serialMismatch(serial));
    const [sold] = await tx.rows<{ kind: 'phone' | 'ata' | 'card'; vendor: string | null }>(
      'SELECT kind, vendor FROM goods WHERE id = $1',
      [goods],
    );
    if (sold === undefined) return err(serialMismatch(serial));
    const told = { orderId, memberId: owner, kind: sold.kind, serial, goods, vendor: sold.vendor };
    await addEvent(tx, event('terminal.sold', told));
  }
  return ok(undefined);
}

export async function shipOrder(
  tx: Tx,
  id: string,
  { carrier, tracking }: { readonly carrier: string; readonly tracking: string },
  by: string,
): Promise<Result<Order, Failure>> {
  const order = await lockGoodsOrder(tx, id);
  if (!order.ok) return order;
  const moved = await moveOrder(tx, order.value, { event: 'ship', to: 'shipped', by, minutes: null });
  if (!moved.ok) return moved;
  await tx.run('UPDATE shipment SET carrier = $2, tracking = $3, shipped_at = now() WHERE order_id = $1', [
    id,
    carrier,
    tracking,
  ]);
  await tellBuyer(tx, id, 'shipped');
  return moved;
}

/** From now on the buyer may send it back for some days; then the order is done. */
export async function deliverOrder(tx: Tx, id: string, by: string): Promise<Result<Order, Failure>> {
  const order = await lockGoodsOrder(tx, id);
  if (!order.ok) return order;
  const { returnDays } = await settingsOf(tx);
  const minutes = returnDays * 24 * 60;
  const moved = await moveOrder(tx, order.value, { event: 'deliver', to: 'delivered', by, minutes });
  if (moved.ok) await tx.run('UPDATE shipment SET delivered_at = now() WHERE order_id = $1', [id]);
  return moved;
}

/** It came back: the pieces are nobody's, and the money goes back. Whether they are sold again, the stock intake says. */
export async function takeOrderBack(
  tx: Tx,
  id: string,
  { by, reason }: Deed,
): Promise<Result<Order, Failure>> {
  const order = await lockGoodsOrder(tx, id);
  if (!order.ok) return order;
  const back = await moveOrder(tx, order.value, {
    event: 'return',
    to: 'returned',
    by,
    reason,
    minutes: null,
  });
  if (!back.ok) return back;
  const pieces = await tx.rows<{ serial: string }>(
    'UPDATE goods_piece SET member_id = NULL, returned_at = now() WHERE order_id = $1 RETURNING serial',
    [id],
  );
  for (const { serial } of pieces) await addEvent(tx, event('terminal.returned', { serial }));
  const due = await moveOrder(tx, back.value, {
    event: 'give-back',
    to: 'refund-due',
    by,
    reason,
    minutes: null,
  });
  return due.ok ? giveMoneyBack(tx, due.value, by) : due;
}

/** An operator does not take it back. */
export async function refuseReturn(
  tx: Tx,
  id: string,
  { by, reason }: Deed,
): Promise<Result<Order, Failure>> {
  const order = await lockGoodsOrder(tx, id);
  if (!order.ok) return order;
  const { returnDays } = await settingsOf(tx);
  const minutes = returnDays * 24 * 60;
  return moveOrder(tx, order.value, { event: 'reject', to: 'delivered', by, reason, minutes });
}
