import type { Sql } from '../../infra/db/sql.js';
import type { OrderKind } from '../domain/next-action.js';
import { ORDERS, type Order, orderFrom } from './orders.rows.js';

export interface ListWish {
  readonly kind: OrderKind | undefined;
  /** `open`, `done` or one state. */
  readonly state: string | undefined;
  readonly limit: number;
  readonly before: string | undefined;
}

/** One state is found by its index; `open` and `done` are most of the orders. */
const fits = (state: string | undefined): string => {
  const some = state === undefined || state === 'open' || state === 'done';
  return `
   AND ($1::text IS NULL OR o.kind = $1)
   AND ${some ? `($2::text IS NULL OR o.is_open = ($2 = 'open'))` : 'o.state = $2'}
   AND ($3::uuid IS NULL OR o.id < $3)`;
};

/** What a registered company bought is the company's, not that of whoever bought it. */
const BUYERS = `AND (o.holder_kind = 'person' OR NOT EXISTS (SELECT FROM member m WHERE m.id = o.holder_id))`;

/** An account's and, for whoever administers one, a company's orders, newest first. */
export async function listOwnOrders(
  sql: Sql,
  { accountId, companyId }: { readonly accountId: string; readonly companyId: string | null },
  { kind, state, before, limit }: ListWish,
): Promise<readonly Order[]> {
  // Each half by its own index; what both have comes once.
  const rows = await sql.rows(
    `WITH mine AS (
       (SELECT id FROM shop_order o WHERE o.buyer_id = $5 ${BUYERS} ${fits(state)} ORDER BY o.id DESC LIMIT $4)
       UNION (SELECT id FROM shop_order o WHERE o.holder_id = $6 ${fits(state)} ORDER BY o.id DESC LIMIT $4))
     ${ORDERS} JOIN mine USING (id) ORDER BY o.id DESC LIMIT $4`,
    [kind ?? null, state ?? null, before ?? null, limit, accountId, companyId],
  );
  return rows.map(orderFrom);
}

/** Everybody's, newest first. */
export async function listAllOrders(
  sql: Sql,
  { kind, state, before, limit }: ListWish,
): Promise<readonly Order[]> {
  const rows = await sql.rows(`${ORDERS} WHERE true ${fits(state)} ORDER BY o.id DESC LIMIT $4`, [
    kind ?? null,
    state ?? null,
    before ?? null,
    limit,
  ]);
  return rows.map(orderFrom);
}

/** Orders that wait for an operator, oldest first, after one when given. */
export async function listApprovals(
  sql: Sql,
  page: { readonly country: string | undefined; readonly after: string | undefined; readonly limit: number },
): Promise<readonly Order[]> {
  const rows = await sql.rows(
    `${ORDERS} WHERE o.state = 'awaiting-approval' AND ($1::bpchar IS NULL OR o.country = $1) AND ($2::uuid IS NULL OR o.id > $2)
      ORDER BY o.id LIMIT $3`,
    [page.country ?? null, page.after ?? null, page.limit],
  );
  return rows.map(orderFrom);
}
