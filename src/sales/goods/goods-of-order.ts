import type { Sql } from '../../infra/db/sql.js';
import { formatAmount, money } from '../../kernel/money.js';
import { type Words, wordsIn } from '../languages.js';
import type { GoodsWish } from '../orders/order.requests.js';
import type { Order } from '../orders/orders.rows.js';

export interface GoodsView {
  readonly lines: readonly {
    readonly goods: string;
    readonly kind: string;
    readonly title: string;
    readonly count: number;
    readonly price: string;
    readonly serials: readonly string[];
  }[];
  readonly shipTo: GoodsWish['shipTo'] | null;
  readonly shipment: {
    readonly carrier: string | null;
    readonly tracking: string | null;
    readonly shippedAt: Date | null;
    readonly deliveredAt: Date | null;
  } | null;
}

interface LineRow {
  readonly orderId: string;
  readonly goods: string;
  readonly kind: string;
  readonly title: Words;
  readonly count: number;
  readonly micros: string;
  readonly serials: readonly string[];
}
interface ShipmentRow {
  readonly orderId: string;
  readonly shipTo: GoodsWish['shipTo'];
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
}

/** What orders of goods consist of and where they are; serials are told from the packing on. */
export async function goodsOf(sql: Sql, orders: readonly Order[]): Promise<ReadonlyMap<string, GoodsView>> {
  if (orders.length === 0) return new Map();
  const ids = orders.map(({ id }) => id);
  const lines = await sql.rows<LineRow>(
    `SELECT l.order_id AS "orderId", l.goods_id AS goods, g.kind, g.title, l.count, l.price_micros AS micros,
            ARRAY(SELECT serial FROM goods_piece p
                   WHERE p.order_id = l.order_id AND p.goods_id = l.goods_id AND p.sold_at IS NOT NULL
                   ORDER BY serial) AS serials
       FROM goods_line l JOIN goods g ON g.id = l.goods_id WHERE l.order_id = ANY ($1) ORDER BY l.goods_id`,
    [ids],
  );
  const shipments = await sql.rows<ShipmentRow>(
    `SELECT order_id AS "orderId", ship_to AS "shipTo", carrier, tracking, shipped_at AS "shippedAt",
            delivered_at AS "deliveredAt" FROM shipment WHERE order_id = ANY ($1)`,
    [ids],
  );
  return new Map(
    orders.map(({ id, language, total }) => {
      const shipment = shipments.find((one) => one.orderId === id);
      return [
        id,
        {
          lines: lines
            .filter(({ orderId }) => orderId === id)
            .map(({ orderId: _, micros, title, ...line }) => ({
              ...line,
              title: wordsIn(title, language),
              price: formatAmount(money(BigInt(micros), total.currency)),
            })),
          shipTo: shipment?.shipTo ?? null,
          shipment: shipment?.shippedAt == null ? null : sent(shipment),
        },
      ];
    }),
  );
}

const sent = ({ carrier, tracking, shippedAt, deliveredAt }: ShipmentRow) => ({
  carrier,
  tracking,
  shippedAt,
  deliveredAt,
});
