import type { Currency } from '../kernel/money.js';

/** What was rated, as the newest revision has it. */
export interface RatedRow {
  readonly call_id: string;
  readonly revision: number;
  readonly e164: string | null;
  readonly answered_at: Date;
  readonly duration_ms: string;
  readonly result: string;
  readonly unrated_because: string | null;
  readonly deck_id: string | null;
  readonly prefix: string | null;
  readonly billed_ms: string;
  readonly amount_micros: string;
  readonly currency: Currency | null;
}
export interface ChargeRow extends RatedRow {
  readonly leg: 0;
  readonly member_id: string;
  readonly account_id: string | null;
  readonly on_net: boolean;
}
export interface AccrualRow extends RatedRow {
  readonly leg: number;
  readonly trunk_id: string;
  readonly carrier_id: string | null;
}

const FACTS = `call_id, revision, e164, answered_at, duration_ms, result, unrated_because, deck_id, prefix, billed_ms,
               amount_micros, currency`;

/** $1, $2: the span; $3, $4: after which row; $5: how many. */
export const NEXT_CHARGES = `
  SELECT ${FACTS}, 0 AS leg, member_id, account_id, on_net FROM charge c
   WHERE answered_at >= $1 AND answered_at < $2
     AND ($3::timestamptz IS NULL OR (answered_at, call_id) > ($3, $4::uuid))
     AND NOT EXISTS (SELECT FROM charge n WHERE n.call_id = c.call_id AND n.revision > c.revision)
   ORDER BY answered_at, call_id LIMIT $5`;

/** As above, $5 being the leg after which and $6 how many. */
export const NEXT_ACCRUALS = `
  SELECT ${FACTS}, leg, trunk_id, carrier_id FROM accrual a
   WHERE answered_at >= $1 AND answered_at < $2
     AND ($3::timestamptz IS NULL OR (answered_at, call_id, leg) > ($3, $4::uuid, $5::smallint))
     AND NOT EXISTS (SELECT FROM accrual n WHERE (n.call_id, n.leg) = (a.call_id, a.leg) AND n.revision > a.revision)
   ORDER BY answered_at, call_id, leg LIMIT $6`;
