import type { Isolation, Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { callChecks } from './call.checks.js';
import { type Check, SPAN } from './check.js';
import { invoiceChecks } from './invoice.checks.js';
import { ledgerChecks } from './ledger.checks.js';

/** All that is looked at every night. */
export const checks: readonly Check[] = [...ledgerChecks, ...callChecks, ...invoiceChecks];

/** Rows kept of one check: enough to see what is wrong, not a second copy of the books. */
const MOST_FINDINGS = 1_000;
/** Late records of three days are looked at again each night; what happened a moment ago may still be on its way. */
const DAYS = 3;
const SETTLING_MINUTES = 15;

export interface Finding {
  readonly key: string;
  readonly detail: unknown;
}
export interface CheckResult {
  readonly name: string;
  readonly holds: string;
  /** At most 1,000. */
  readonly findings: readonly Finding[];
}
export interface CheckReport {
  readonly runId: string;
  readonly results: readonly CheckResult[];
}

type InTx = <T>(work: (tx: Tx) => Promise<T>, isolation?: Isolation) => Promise<T>;

/**
 * Runs every check on one snapshot of the database, so that nothing seems missing that is only on its way, and keeps what
 * was found. Without a span it looks at the last three days.
 */
export function runChecks(
  inTx: InTx,
  wish: { readonly span?: { readonly from: Date; readonly to: Date }; readonly askedBy: string },
): Promise<CheckReport> {
  return inTx(async (tx) => {
    const [span] = await tx.rows<{ from: string; to: string }>(
      `SELECT COALESCE($1::timestamptz, now() - make_interval(days => ${DAYS}))::text AS from,
              COALESCE($2::timestamptz, now() - make_interval(mins => ${SETTLING_MINUTES}))::text AS to`,
      [wish.span?.from ?? null, wish.span?.to ?? null],
    );
    if (span === undefined) throw new Error('no span');
    const began = performance.now();
    const timed = [];
    for (const check of checks) timed.push(await look(tx, check, span));
    const runId = newId();
    await keep(tx, runId, { ...wish, ...span, tookMs: Math.round(performance.now() - began) }, timed);
    return { runId, results: timed };
  }, 'REPEATABLE READ');
}

interface Timed extends CheckResult {
  readonly tookMs: number;
}

async function look(
  tx: Tx,
  { name, holds, find }: Check,
  span: { from: string; to: string },
): Promise<Timed> {
  const began = performance.now();
  const findings = await tx.rows<Finding>(`${SPAN} ${find} ORDER BY 1 LIMIT ${MOST_FINDINGS}`, [
    span.from,
    span.to,
  ]);
  return { name, holds, findings, tookMs: Math.round(performance.now() - began) };
}

async function keep(
  tx: Tx,
  runId: string,
  run: { readonly from: string; readonly to: string; readonly tookMs: number; readonly askedBy: string },
  results: readonly Timed[],
): Promise<void> {
  await tx.run(
    `INSERT INTO check_run (id, span_from, span_to, seen, took_ms, asked_by) VALUES ($1, $2, $3, pg_current_snapshot(), $4, $5)`,
    [runId, run.from, run.to, run.tookMs, run.askedBy],
  );
  await tx.run(
    `INSERT INTO check_result (run_id, name, findings, took_ms)
     SELECT $1, * FROM unnest($2::text[], $3::integer[], $4::integer[])`,
    [
      runId,
      results.map(({ name }) => name),
      results.map(({ findings }) => findings.length),
      results.map(({ tookMs }) => tookMs),
    ],
  );
  const rows = results.flatMap(({ name, findings }) => findings.map((finding) => ({ name, ...finding })));
  await tx.run(
    `INSERT INTO check_finding (run_id, line, name, key, detail)
     SELECT $1, line, name, key, detail FROM unnest($2::text[], $3::text[], $4::jsonb[])
       WITH ORDINALITY AS f (name, key, detail, line)`,
    [
      runId,
      rows.map(({ name }) => name),
      rows.map(({ key }) => key),
      rows.map(({ detail }) => JSON.stringify(detail)),
    ],
  );
  await tx.run(`
    INSERT INTO account_snapshot AS s (account_id, balance_micros)
    SELECT account_id, sum(balance_micros)::bigint FROM account_balance GROUP BY account_id
    ON CONFLICT (account_id) DO UPDATE SET balance_micros = excluded.balance_micros
     WHERE s.balance_micros <> excluded.balance_micros`);
}
