import type { Sql } from '../../infra/db/sql.js';
import type { OrderState } from './domain/order-states.js';

/** Place in the list of orders, newest first. */
export type OrderCursor = readonly [createdAt: string, id: string];

export interface OrderFilter {
  readonly state?: OrderState | undefined;
  readonly memberId?: string | undefined;
}

export interface OrderView {
  readonly orderId: string;
  readonly purpose: string;
  /** Null: the house's own account. */
  readonly memberId: string | null;
  readonly state: OrderState;
  readonly cause: string | null;
  readonly answeredAt: Date | null;
  readonly connectedAt: Date | null;
  readonly digits: string;
  readonly callId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

/** For operators: also whom it rings, and what is done then. */
export interface OrderOfDesk extends OrderView {
  readonly e164: string | null;
  readonly carrierId: string | null;
  readonly carrierNumber: string | null;
  readonly deviceId: string | null;
  readonly ringMemberId: string | null;
  readonly does: string | null;
}

/** For whoever ordered: never what was to be spoken. */
const COLUMNS = `
  id AS "orderId", purpose, CASE WHEN house THEN NULL ELSE member_id END AS "memberId", state, cause,
  answered_at AS "answeredAt", connected_at AS "connectedAt", digits, call_id AS "callId",
  created_at AS "createdAt", expires_at AS "expiresAt", ended_at AS "endedAt"`;

/** Operators see also whom it rings. */
const RINGS = `e164, ring_carrier_id AS "carrierId", ring_number AS "carrierNumber", ring_device_id AS "deviceId", ring_member_id AS "ringMemberId", wish ->> 'do' AS "does"`;

export const ordersBefore = (
  sql: Sql,
  { state, memberId }: OrderFilter,
  count: number,
  before: OrderCursor | undefined,
): Promise<readonly OrderOfDesk[]> =>
  sql.rows<OrderOfDesk>(
    `SELECT ${COLUMNS}, ${RINGS} FROM call_order
      WHERE ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR member_id = $2)
        AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
      ORDER BY created_at DESC, id DESC LIMIT $5`,
    [state ?? null, memberId ?? null, before?.[0] ?? null, before?.[1] ?? null, count],
  );

export async function orderOf(sql: Sql, id: string): Promise<OrderOfDesk | undefined> {
  const [found] = await sql.rows<OrderOfDesk>(`SELECT ${COLUMNS}, ${RINGS} FROM call_order WHERE id = $1`, [
    id,
  ]);
  return found;
}

/** One that the member's own account pays. */
export async function orderOfMember(sql: Sql, memberId: string, id: string): Promise<OrderView | undefined> {
  const [found] = await sql.rows<OrderView>(
    `SELECT ${COLUMNS} FROM call_order WHERE id = $1 AND member_id = $2 AND NOT house`,
    [id, memberId],
  );
  return found;
}

export async function houseAccount(sql: Sql): Promise<string | undefined> {
  const [row] = await sql.rows<{ memberId: string }>('SELECT member_id AS "memberId" FROM call_order_house');
  return row?.memberId;
}

/** False: there is no such company. */
export async function setHouseAccount(sql: Sql, memberId: string): Promise<boolean> {
  const set = await sql.run(
    `INSERT INTO call_order_house (member_id) SELECT id FROM member WHERE id = $1 AND kind = 'company' AND status = 'active'
     ON CONFLICT (one) DO UPDATE SET member_id = excluded.member_id`,
    [memberId],
  );
  return set === 1;
}
