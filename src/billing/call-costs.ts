import { type Currency, formatAmount, money } from '../kernel/money.js';
import type { Reads } from './reads.js';

/** What a call was charged, by its last revision. */
export interface CallCost {
  readonly amount: string;
  readonly currency: Currency;
  /** As the deck names it; null for calls between our own numbers. */
  readonly destination: string | null;
}

interface CostRow {
  readonly callId: string;
  readonly micros: string;
  readonly currency: Currency;
  readonly destination: string | null;
}

/** What a member pays for calls, by call id, in one look-up; calls that have no price (yet), or that another one pays for, are not in it. */
export async function costsOfCalls(
  sql: Reads,
  memberId: string,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, CallCost>> {
  if (callIds.length === 0) return new Map();
  const rows = await sql.rows<CostRow>(COSTS, [callIds, memberId]);
  return new Map(
    rows.map(({ callId, micros, currency, destination }) => [
      callId,
      { amount: formatAmount(money(BigInt(micros), currency)), currency, destination },
    ]),
  );
}

const COSTS = `
  SELECT DISTINCT ON (c.call_id) c.call_id AS "callId", c.amount_micros AS micros, c.currency,
         (SELECT r.destination FROM deck_rate r
           WHERE (r.version_id, r.prefix) = (c.version_id, c.prefix)
             AND r.valid_from <= c.answered_at AND c.answered_at < r.valid_to
           ORDER BY r.valid_from DESC LIMIT 1) AS destination
    FROM charge c WHERE c.call_id = ANY ($1) AND c.member_id = $2 AND c.result <> 'unrated' AND c.currency IS NOT NULL
   ORDER BY c.call_id, c.revision DESC`;
