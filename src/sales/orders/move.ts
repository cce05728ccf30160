import type { Tx } from '../../infra/db/tx.js';
import { checkMove, type StateTable } from '../../kernel/fsm.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { type GoodsOrderEvent, goodsStates } from '../domain/goods-states.js';
import { isDone, type OrderState } from '../domain/next-action.js';
import { type NumberOrderEvent, orderStates } from '../domain/order-states.js';
import { orderNotNow } from '../sales.failures.js';
import type { Order } from './orders.rows.js';

export interface Move {
  readonly event: NumberOrderEvent | GoodsOrderEvent;
  readonly to: OrderState;
  /** An account's id, or what decided: `rule`, `time`, `provider`. */
  readonly by: string;
  readonly reason?: string | null;
  /** When the order expires unless it is moved again; null: never. */
  readonly minutes: number | null;
}

/**
 * Moves a locked order and writes the move down: who, when, why. What the state table does not have is refused with what
 * was wanted; the version is the order's proof that nothing came in between.
 */
export async function moveOrder(tx: Tx, order: Order, move: Move): Promise<Result<Order, Failure>> {
  const table = (order.kind === 'number' ? orderStates : goodsStates) as StateTable<string, string>;
  const allowed = checkMove(table, { from: order.state, event: move.event, to: move.to });
  if (!allowed.ok) return err(orderNotNow(order.state, PAST[move.event] ?? move.event));
  const [row] = await tx.rows<{ until: Date | null; version: number; at: Date }>(
    `UPDATE shop_order SET state = $3, version = version + 1, state_since = now(), is_open = NOT $4,
            reason = COALESCE($5, reason), until = now() + make_interval(mins => $6::int)
      WHERE id = $1 AND version = $2 RETURNING until, version, state_since AS at`,
    [order.id, order.version, move.to, isDone(move.to), move.reason ?? null, move.minutes],
  );
  if (row === undefined) throw new Error(`order ${order.id} moved without its lock`);
  await tx.run(
    `INSERT INTO order_move (order_id, version, event, from_state, to_state, moved_by, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [order.id, row.version, move.event, order.state, move.to, move.by, move.reason ?? null],
  );
  const { until, version, at: stateSince } = row;
  return ok({
    ...order,
    state: move.to,
    version,
    until,
    stateSince,
    late: false,
    reason: move.reason ?? order.reason,
  });
}

const PAST: Readonly<Partial<Record<string, string>>> = {
  hold: 'held',
  apply: 'applied for',
  prove: 'proved',
  approve: 'approved',
  reject: 'rejected',
  select: 'selected',
  pay: 'paid',
  'give-back': 'given back',
  cancel: 'cancelled',
  pack: 'packed',
  ship: 'shipped',
  deliver: 'delivered',
  return: 'returned',
  'ask-return': 'sent back',
};

export interface MoveView {
  readonly at: Date;
  readonly event: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly reason: string | null;
}

/** All moves of an order, oldest first: an order has a dozen. */
export const movesOf = (tx: Pick<Tx, 'rows'>, orderId: string): Promise<readonly MoveView[]> =>
  tx.rows<MoveView>(
    `SELECT at, event, from_state AS "from", to_state AS "to", moved_by AS "by", reason FROM order_move
      WHERE order_id = $1 ORDER BY version`,
    [orderId],
  );
