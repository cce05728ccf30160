import type { Sql } from '../../infra/db/sql.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { monthOf } from '../domain/invoice/proration.js';
import type { Reads } from '../reads.js';
import { runTaken, runTooEarly, runUnknown, sellerUnknown } from './invoice.failures.js';

/**
 * Plans a month's invoices of one seller: one job for each account it invoices. `day` is any day of the month. Also finds,
 * in one pass over what was rated since the last run, from when on each account has calls that came late or were re-rated.
 * Returns the run's id.
 */
export async function planRun(
  sql: Sql,
  wish: { readonly sellerId: string; readonly day: string; readonly askedBy: string },
): Promise<Result<string, Failure>> {
  const id = newId();
  const { from, to } = monthOf(wish.day);
  const [seller] = await sql.rows<{ ended: boolean }>(
    `SELECT ($2::date::timestamp AT TIME ZONE time_zone) <= now() AS ended FROM seller WHERE id = $1`,
    [wish.sellerId, to],
  );
  if (seller === undefined) return err(sellerUnknown(wish.sellerId));
  if (!seller.ended) return err(runTooEarly());
  const made = await sql.run(
    `INSERT INTO invoice_run (id, seller_id, from_day, to_day, ends_at, asked_by)
     SELECT $1, id, $3::date, $4::date, $4::date::timestamp AT TIME ZONE time_zone, $5 FROM seller WHERE id = $2
     ON CONFLICT (seller_id, from_day) DO NOTHING`,
    [id, wish.sellerId, from, to, wish.askedBy],
  );
  if (made === 0) return err(runTaken());
  await sql.run(PLAN_JOBS, [id]);
  await sql.run(CLAIM_PAYMENTS, [id]);
  return ok(id);
}

/** No transaction lasts a day: a charge that a run could not see yet was rated less than that before it. */
const UNSEEN = `interval '1 day'`;

export const PLAN_JOBS = `
  WITH run AS (SELECT * FROM invoice_run WHERE id = $1),
       party AS (SELECT p.* FROM invoice_party p JOIN run ON run.seller_id = p.seller_id WHERE p.billed_through < run.ends_at),
       late AS (
         SELECT c.account_id, min(c.answered_at) AS since FROM charge c
          WHERE c.rated_at >= (SELECT min(billed_at) FROM party) - ${UNSEEN} AND c.account_id IS NOT NULL
          GROUP BY c.account_id)
  INSERT INTO invoice_job (run_id, account_id, charges_from)
  SELECT run.id, party.account_id, LEAST(party.billed_through, late.since)
    FROM run, party LEFT JOIN late ON late.account_id = party.account_id`;

/** Payments of these accounts that no invoice has shown yet, whenever they came. */
const CLAIM_PAYMENTS = `
  INSERT INTO invoice_payment (posting_id, account_id, kind, occurred_at, amount_micros)
  SELECT p.id, e.account_id, p.kind, p.occurred_at, -sum(e.amount_micros)
    FROM invoice_run run
    JOIN posting p ON p.kind IN ('top-up', 'refund') AND p.posted_at < run.ends_at
     AND p.posted_at >= (SELECT min(billed_through) FROM invoice_party all_of
                          WHERE all_of.seller_id = run.seller_id) - ${UNSEEN}
    JOIN entry e ON e.posting_id = p.id
    JOIN invoice_party party ON party.account_id = e.account_id AND party.seller_id = run.seller_id
   WHERE run.id = $1
   GROUP BY p.id, e.account_id
  ON CONFLICT DO NOTHING`;

/** Sellers whose last month (by their clock) has ended and was not run: what the nightly job plans. */
export const dueRuns = (
  sql: Reads,
): Promise<readonly { readonly sellerId: string; readonly day: string }[]> =>
  sql.rows<{ sellerId: string; day: string }>(
    `SELECT s.id AS "sellerId", month.day::text AS day
       FROM seller s, LATERAL (SELECT (date_trunc('month', now() AT TIME ZONE s.time_zone) - interval '1 month')::date AS day) month
      WHERE NOT EXISTS (SELECT FROM invoice_run r WHERE (r.seller_id, r.from_day) = (s.id, month.day))
        AND EXISTS (SELECT FROM invoice_party p WHERE p.seller_id = s.id) ORDER BY s.id`,
  );

export interface RunView {
  readonly id: string;
  readonly sellerId: string;
  readonly from: string;
  readonly to: string;
  readonly waiting: number;
  readonly done: number;
  readonly empty: number;
  readonly blocked: readonly { readonly accountId: string; readonly reason: string }[];
}

const MOST_BLOCKED = 100;

/** How far a run is, and the accounts it could not invoice (the first 100) with the reason. */
export async function findRun(sql: Reads, id: string): Promise<Result<RunView, Failure>> {
  const [row] = await sql.rows<
    Pick<RunView, 'id' | 'sellerId' | 'from' | 'to'> & Record<'waiting' | 'done' | 'empty', string>
  >(
    `SELECT id, seller_id AS "sellerId", from_day::text AS "from", to_day::text AS "to",
            count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'done') AS done,
            count(*) FILTER (WHERE state = 'empty') AS empty
       FROM invoice_run LEFT JOIN invoice_job ON run_id = id WHERE id = $1 GROUP BY id`,
    [id],
  );
  if (row === undefined) return err(runUnknown(id));
  const blocked = await sql.rows<{ accountId: string; reason: string }>(
    `SELECT account_id AS "accountId", reason FROM invoice_job
      WHERE run_id = $1 AND state = 'blocked' ORDER BY account_id LIMIT ${MOST_BLOCKED}`,
    [id],
  );
  const { waiting, done, empty, ...run } = row;
  return ok({ ...run, waiting: Number(waiting), done: Number(done), empty: Number(empty), blocked });
}

/** What was blocked is tried again, after a person mended the reason. */
export async function retryRun(sql: Sql, id: string): Promise<Result<undefined, Failure>> {
  const [known] = await sql.rows('SELECT FROM invoice_run WHERE id = $1', [id]);
  if (known === undefined) return err(runUnknown(id));
  await sql.run(
    `UPDATE invoice_job SET state = 'waiting', reason = NULL WHERE run_id = $1 AND state = 'blocked'`,
    [id],
  );
  return ok(undefined);
}
