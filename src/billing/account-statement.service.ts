import { type Currency, formatAmount, money } from '../kernel/money.js';
import type { Reads } from './reads.js';

/** One movement on an account as its owner sees it: positive = money came, negative = money went. */
export interface StatementLine {
  readonly postingId: string;
  readonly kind: string;
  readonly key: string;
  readonly occurredAt: Date;
  readonly postedAt: Date;
  readonly amount: string;
}

/** An account's entries, newest first, before a posting (its id) when given. */
export async function statementOf(
  sql: Reads,
  account: bigint,
  page: { readonly limit: number; readonly before: string | undefined },
): Promise<readonly StatementLine[]> {
  const rows = await sql.rows<Omit<StatementLine, 'amount'> & { micros: string; currency: Currency }>(
    STATEMENT,
    [account, page.before ?? null, page.limit],
  );
  return rows.map(({ micros, currency, ...line }) => ({
    ...line,
    amount: formatAmount(money(-BigInt(micros), currency)),
  }));
}

export const STATEMENT = `
  SELECT p.id AS "postingId", p.kind, p.key, p.occurred_at AS "occurredAt", p.posted_at AS "postedAt",
         e.amount_micros AS micros, e.currency
    FROM entry e JOIN posting p ON p.id = e.posting_id
   WHERE e.account_id = $1 AND ($2::bigint IS NULL OR e.posting_id < $2)
   ORDER BY e.posting_id DESC LIMIT $3`;

/** One call as it was charged last. */
export interface ChargeLine {
  readonly callId: string;
  readonly memberId: string;
  readonly called: string | null;
  readonly answeredAt: Date;
  readonly durationMs: number;
  readonly result: string;
  readonly unratedBecause: string | null;
  readonly destination: string | null;
  readonly billedMs: number;
  readonly amount: string;
  readonly revision: number;
}

/** Where a page of charges ends. */
export interface ChargeKey {
  readonly answeredAt: string;
  readonly callId: string;
}

/** An account's calls (or one member's of it), newest first: one line a call, its last revision. */
export async function chargesOf(
  sql: Reads,
  account: bigint,
  page: {
    readonly limit: number;
    readonly before: ChargeKey | undefined;
    readonly memberId?: string;
  },
): Promise<readonly ChargeLine[]> {
  const rows = await sql.rows<ChargeRecord>(CHARGES, [
    account,
    page.before?.answeredAt ?? null,
    page.before?.callId ?? null,
    page.limit,
    page.memberId ?? null,
  ]);
  return rows.map(({ micros, currency, durationMs, billedMs, ...line }) => ({
    ...line,
    durationMs: Number(durationMs),
    billedMs: Number(billedMs),
    amount: formatAmount(money(BigInt(micros), currency)),
  }));
}

interface ChargeRecord extends Omit<ChargeLine, 'amount' | 'durationMs' | 'billedMs'> {
  readonly micros: string;
  readonly currency: Currency;
  readonly durationMs: string;
  readonly billedMs: string;
}

export const CHARGES = `
  SELECT c.call_id AS "callId", c.member_id AS "memberId", c.e164 AS called, c.answered_at AS "answeredAt",
         c.duration_ms AS "durationMs", c.result, c.unrated_because AS "unratedBecause",
         (SELECT r.destination FROM deck_rate r
           WHERE (r.version_id, r.prefix) = (c.version_id, c.prefix)
             AND r.valid_from <= c.answered_at AND c.answered_at < r.valid_to
           ORDER BY r.valid_from DESC LIMIT 1) AS destination,
         c.billed_ms AS "billedMs", c.amount_micros AS micros, c.currency, c.revision
    FROM charge c
   WHERE c.account_id = $1 AND ($2::timestamptz IS NULL OR (c.answered_at, c.call_id) < ($2, $3::uuid))
     AND ($5::uuid IS NULL OR c.member_id = $5)
     AND NOT EXISTS (SELECT FROM charge n WHERE n.call_id = c.call_id AND n.revision > c.revision)
   ORDER BY c.answered_at DESC, c.call_id DESC LIMIT $4`;
