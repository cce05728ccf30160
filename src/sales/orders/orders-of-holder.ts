import type { Sql } from '../../infra/db/sql.js';

/** An order as whoever serves its buyer needs to know it. */
export interface OrderOfHolder {
  readonly id: string;
  /** The number as it is sold, or `goods`. */
  readonly what: string;
  readonly state: string;
  readonly at: Date;
}

/** The newest orders for that member. */
export const ordersOfHolder = (
  sql: Sql,
  memberId: string,
  count: number,
): Promise<readonly OrderOfHolder[]> =>
  sql.rows<OrderOfHolder>(
    `SELECT o.id, coalesce(n.display, o.kind) AS what, o.state, o.created_at AS at
       FROM shop_order o LEFT JOIN number_order n ON n.order_id = o.id WHERE o.holder_id = $1 ORDER BY o.id DESC LIMIT $2`,
    [memberId, count],
  );
