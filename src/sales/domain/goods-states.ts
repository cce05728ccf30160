import { defineStates } from '../../kernel/fsm.js';

export type GoodsOrderState =
  | 'held'
  | 'paid'
  | 'packed'
  | 'shipped'
  | 'delivered'
  | 'return-asked'
  | 'returned'
  | 'refund-due'
  | 'cancelled'
  | 'expired'
  | 'refunded'
  | 'done';
export type GoodsOrderEvent =
  | 'pay'
  | 'pack'
  | 'ship'
  | 'deliver'
  | 'ask-return'
  | 'return'
  | 'reject'
  | 'give-back'
  | 'refund'
  | 'close'
  | 'cancel'
  | 'expire';

/** How goods are bought: the pieces are the order's from its beginning, its member's from the packing. */
export const goodsStates = defineStates<GoodsOrderState, GoodsOrderEvent>({
  name: 'goods order',
  initial: 'held',
  final: ['cancelled', 'expired', 'refunded', 'done'],
  moves: {
    held: { pay: 'paid', cancel: 'cancelled', expire: 'expired' },
    paid: { pack: 'packed', reject: 'refund-due', cancel: 'refund-due' },
    packed: { ship: 'shipped', return: 'returned' },
    shipped: { deliver: 'delivered', return: 'returned' },
    delivered: { 'ask-return': 'return-asked', close: 'done' },
    'return-asked': { return: 'returned', reject: 'delivered' },
    returned: { 'give-back': 'refund-due' },
    'refund-due': { refund: 'refunded' },
    cancelled: {},
    expired: {},
    refunded: {},
    done: {},
  },
});
