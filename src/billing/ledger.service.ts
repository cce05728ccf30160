import type { Sql } from '../infra/db/sql.js';
import type { Place } from '../infra/trace/place.js';
import { inSpan } from '../infra/trace/tracing.js';
import type { Money } from '../kernel/money.js';

export type PostingKind =
  | 'call-charge'
  | 'call-charge-correction'
  | 'carrier-accrual'
  | 'carrier-accrual-correction'
  | 'top-up'
  | 'sale'
  | 'refund'
  | 'settlement-adjustment'
  | 'settlement-payment'
  | 'subscription-fee'
  | 'invoice'
  | 'credit-note'
  | 'opening';

/** One fact about money: what moved between which accounts. Debit positive, credit negative; sums to 0 per currency. */
export interface Posting {
  /** What makes the fact happen once: `charge:<call id>:0`, `top-up:<payment id>`. 1–200 characters. */
  readonly key: string;
  readonly kind: PostingKind;
  /** When it happened in the world; the database notes when it was posted. */
  readonly occurredAt: Date;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly accountId: bigint;
  /** Not zero. */
  readonly amount: Money;
}

export const debit = (accountId: bigint, amount: Money): Entry => ({ accountId, amount });
export const credit = (accountId: bigint, amount: Money): Entry => ({
  accountId,
  amount: { ...amount, micros: -amount.micros },
});

/** A posting's key is taken by one with other entries. */
export class PostingKeyTaken extends Error {
  constructor(readonly key: string) {
    super(`posting ${key} exists with other entries`);
  }
}

/**
 * The one writer of the ledger, in one statement, inside the caller's transaction. Returns the keys that were new: a key
 * that is there already with the same content is left alone (a replay), with other content it throws `PostingKeyTaken`.
 * Throws, too, when a posting doesn't sum to 0 (also enforced at COMMIT), a key comes twice in one call, or an account
 * doesn't exist in the entry's currency.
 */
export async function post(sql: Sql, postings: readonly Posting[]): Promise<ReadonlySet<string>> {
  if (postings.length === 0) return new Set();
  for (const posting of postings) refuseUnbalanced(posting);
  if (new Set(postings.map(({ key }) => key)).size < postings.length)
    throw new Error('a key twice in one call');
  const lines = postings.flatMap(({ key, entries }) =>
    entries.map(({ accountId, amount }, line) => ({ key, line, accountId, amount })),
  );
  const posted = await inSpan('ledger post', postingsIn(postings), () =>
    sql.rows<{ key: string }>(POST, [
      postings.map(({ key }) => key),
      postings.map(({ kind }) => kind),
      postings.map(({ occurredAt }) => occurredAt),
      lines.map(({ key }) => key),
      lines.map(({ line }) => line),
      lines.map(({ accountId }) => accountId),
      lines.map(({ amount }) => amount.currency),
      lines.map(({ amount }) => amount.micros),
    ]),
  );
  const fresh = new Set(posted.map(({ key }) => key));
  if (fresh.size < postings.length) {
    await refuseOtherContent(
      sql,
      postings.filter(({ key }) => !fresh.has(key)),
    );
  }
  return fresh;
}

/**
 * What of these postings belongs to a span: of several that share this statement each tells of the postings whose key names what its trace
 * is of. A call's trace has the call's id.
 */
const postingsIn = (postings: readonly Posting[]) => (place: Place) => {
  const keys = postings
    .map(({ key }) => key)
    .filter((key) => key.replaceAll('-', '').includes(place.traceId));
  return keys.length === 0 ? undefined : { 'anydial.ledger.keys': keys.join(' ') };
};

/** Keys are taken in order, so that two sessions posting the same facts wait for each other instead of deadlocking. */
const POST = `
  WITH posted AS (
    INSERT INTO posting (key, kind, occurred_at)
    SELECT key, kind, occurred_at FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS p (key, kind, occurred_at)
     ORDER BY key
    ON CONFLICT (key) DO NOTHING
    RETURNING id, key
  ), written AS (
    INSERT INTO entry (posting_id, line, account_id, currency, amount_micros)
    SELECT posted.id, e.line, e.account_id, e.currency, e.amount_micros
      FROM posted
      JOIN unnest($4::text[], $5::smallint[], $6::bigint[], $7::text[], $8::bigint[])
           AS e (key, line, account_id, currency, amount_micros) USING (key)
  )
  SELECT key FROM posted`;

function refuseUnbalanced({ key, entries }: Posting): void {
  const sums = new Map<string, bigint>();
  for (const { amount } of entries)
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.micros);
  if (entries.length === 0 || [...sums.values()].some((total) => total !== 0n))
    throw new Error(`posting ${key} does not sum to 0`);
}

async function refuseOtherContent(sql: Sql, known: readonly Posting[]): Promise<void> {
  const rows = await sql.rows<{ key: string; content: string }>(
    `SELECT key, string_agg(account_id || ' ' || amount_micros || ' ' || currency, ',' ORDER BY line) AS content
       FROM posting JOIN entry ON posting_id = posting.id
      WHERE key = ANY ($1) GROUP BY key`,
    [known.map(({ key }) => key)],
  );
  const contents = new Map(rows.map(({ key, content }) => [key, content]));
  for (const { key, entries } of known) {
    const content = entries
      .map(({ accountId, amount }) => `${accountId} ${amount.micros} ${amount.currency}`)
      .join(',');
    if (contents.get(key) !== content) throw new PostingKeyTaken(key);
  }
}
