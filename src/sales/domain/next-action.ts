import type { GoodsOrderState } from './goods-states.js';
import type { NumberOrderState } from './order-states.js';

export type NextAction =
  | 'hold'
  | 'apply'
  | 'prove'
  | 'wait'
  | 'select'
  | 'pay'
  | 'register-phone'
  | 'receive'
  | 'none';

const ofNumber: Readonly<Record<NumberOrderState, NextAction>> = {
  quoted: 'hold',
  held: 'apply',
  'awaiting-verification': 'prove',
  'awaiting-approval': 'wait',
  approved: 'select',
  selected: 'pay',
  paid: 'wait',
  provisioning: 'wait',
  registered: 'wait',
  active: 'register-phone',
  'refund-due': 'wait',
  rejected: 'none',
  cancelled: 'none',
  expired: 'none',
  refunded: 'none',
  closed: 'none',
};

const ofGoods: Readonly<Record<GoodsOrderState, NextAction>> = {
  held: 'pay',
  paid: 'wait',
  packed: 'wait',
  shipped: 'receive',
  delivered: 'none',
  'return-asked': 'wait',
  returned: 'wait',
  'refund-due': 'wait',
  cancelled: 'none',
  expired: 'none',
  refunded: 'none',
  done: 'none',
};

export type OrderKind = 'number' | 'goods';
export type OrderState = NumberOrderState | GoodsOrderState;

/** What the buyer has to do for his order to go on. */
export const nextAction = (kind: OrderKind, state: OrderState): NextAction =>
  (kind === 'number' ? ofNumber : ofGoods)[state as NumberOrderState & GoodsOrderState];

/** Orders of which nobody has to do anything more. */
const DONE: ReadonlySet<OrderState> = new Set<OrderState>([
  'active',
  'rejected',
  'cancelled',
  'expired',
  'refunded',
  'closed',
  'done',
]);
export const isDone = (state: OrderState): boolean => DONE.has(state);
