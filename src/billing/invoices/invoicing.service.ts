import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { add, type Currency, money } from '../../kernel/money.js';
import { type AppliedTax, decideTax } from '../domain/invoice/tax.js';
import { hasTaxId } from '../domain/invoice/tax-id.js';
import { totalsOf } from '../domain/invoice/totals.js';
import { INSERT_CALL_LINES, INSERT_FEE_LINES, SUM_LINES } from './invoice-lines.sql.js';
import { nextNumber } from './invoice-number.js';
import { type Address, taxRates, taxRules } from './invoice-parties.service.js';
import { type Invoiced, type LineSums, postInvoice } from './invoice-postings.js';
import { chargeFees } from './subscriptions.service.js';

export type Billed = 'done' | 'empty' | 'blocked' | 'nothing-to-do';

/**
 * Makes the invoice of one account in one run: fees, lines, totals, tax, postings, number and the note that it is done, all
 * in the caller's transaction. However often it is called and wherever it dies, a call or fee is on one invoice once.
 */
export async function billAccount(tx: Tx, runId: string, account: bigint): Promise<Billed> {
  const job = await lockJob(tx, runId, account);
  if (job === undefined) return 'nothing-to-do';
  const tax = await taxOf(tx, job);
  if (typeof tax === 'string') return settle(tx, job, { state: 'blocked', reason: tax });
  await chargeFees(tx, account, job.currency, job.toDay);
  const id = newId();
  const calls = await tx.run(INSERT_CALL_LINES, [id, account, job.chargesFrom, job.endsAt]);
  const fees = await tx.run(INSERT_FEE_LINES, [id, account, calls]);
  if (calls + fees === 0) return settle(tx, job, { state: 'empty' });
  const sums = await sumsOf(tx, id, job.currency);
  const totals = totalsOf(add(sums.calls, sums.subscriptions), tax.ppm, job.taxIncluded);
  const { currency, taxIncluded, terms } = job;
  const invoiced = { id, account, currency, sums, totals, taxCountry: tax.country, taxIncluded, terms };
  await postInvoice(tx, invoiced, job.endsAt);
  await insertInvoice(tx, job, invoiced, tax);
  await tx.run('UPDATE invoice_payment SET invoice_id = $2 WHERE account_id = $1 AND invoice_id IS NULL', [
    account,
    id,
  ]);
  return settle(tx, job, { state: 'done', invoiceId: id });
}

/** A job that waits, with all that its invoice needs to know. */
interface Job {
  readonly runId: string;
  readonly account: bigint;
  readonly currency: Currency;
  readonly chargesFrom: string;
  readonly endsAt: Date;
  readonly fromDay: string;
  readonly toDay: string;
  readonly plannedAt: Date;
  readonly sellerId: string;
  readonly terms: 'prepaid' | 'postpaid';
  readonly taxIncluded: boolean;
  readonly paymentDays: number;
  readonly language: string;
  readonly seller: Address & { readonly iban: string | null };
  readonly buyer: Address;
}

/** The party's row first, so that two runs never invoice one account at a time; then the job's. */
async function lockJob(tx: Tx, runId: string, account: bigint): Promise<Job | undefined> {
  await tx.rows('SELECT FROM invoice_party WHERE account_id = $1 FOR UPDATE', [account]);
  const [row] = await tx.rows<Job>(LOCK_JOB, [runId, account]);
  return row && { ...row, runId, account };
}

const address = (alias: string) =>
  ['name', 'street', 'city', 'postcode', 'country'].map((one) => `'${one}', ${alias}.${one}`).join(', ');
const LOCK_JOB = `
  SELECT j.charges_from::text AS "chargesFrom", r.ends_at AS "endsAt", r.from_day::text AS "fromDay",
         r.to_day::text AS "toDay", r.planned_at AS "plannedAt", a.currency, r.seller_id AS "sellerId", p.terms,
         p.tax_included AS "taxIncluded", p.payment_days AS "paymentDays", p.language,
         jsonb_build_object(${address('s')}, 'taxId', s.tax_id, 'iban', s.iban) AS seller,
         jsonb_build_object(${address('p')}, 'taxId', p.tax_id) AS buyer
    FROM invoice_job j
    JOIN invoice_run r ON r.id = j.run_id JOIN seller s ON s.id = r.seller_id
    JOIN invoice_party p ON p.account_id = j.account_id JOIN ledger_account a ON a.id = j.account_id
   WHERE (j.run_id, j.account_id) = ($1, $2) AND j.state IN ('waiting', 'blocked')
     FOR UPDATE OF j`;

/** The day that decides on the tax is the last of the period. */
async function taxOf(tx: Tx, { seller, buyer, toDay }: Job): Promise<AppliedTax | string> {
  const supply = {
    sellerCountry: seller.country,
    buyerCountry: buyer.country,
    buyerHasTaxId: hasTaxId(buyer),
    day: new Date(Date.parse(toDay) - 86_400_000).toISOString().slice(0, 10),
  };
  const rates = await taxRates(tx, [seller.country, buyer.country]);
  return decideTax(supply, await taxRules(tx, seller.country), rates);
}

export async function sumsOf(tx: Tx, invoiceId: string, currency: Currency): Promise<LineSums> {
  const [row] = await tx.rows<Record<'calls' | 'subscriptions', string>>(SUM_LINES, [invoiceId]);
  const of = (micros: string | undefined) => money(BigInt(micros ?? 0), currency);
  return { calls: of(row?.calls), subscriptions: of(row?.subscriptions) };
}

async function insertInvoice(tx: Tx, job: Job, { id, totals }: Invoiced, tax: AppliedTax): Promise<void> {
  const number = await nextNumber(tx, job.sellerId, 'invoice');
  await tx.run(
    `INSERT INTO invoice (id, kind, seller_id, number, number_text, account_id, run_id, from_day, to_day, issued_on, due_on,
                          currency, terms, tax_included, language, seller, buyer, tax, lines_micros, net_micros,
                          tax_micros, gross_micros, issued_by)
     SELECT $1, 'invoice', $2, $3, $4, $5, $6, $7, $8, today.day,
            CASE WHEN $10::text = 'postpaid' THEN today.day + $11::integer END, $9, $10, $12, $13, $14, $15, $16, $17, $18, $19, $20,
            'run'
       FROM (SELECT (now() AT TIME ZONE time_zone)::date AS day FROM seller WHERE id = $2) today`,
    [
      id,
      job.sellerId,
      number.number,
      number.text,
      job.account,
      job.runId,
      job.fromDay,
      job.toDay,
      job.currency,
      job.terms,
      job.paymentDays,
      job.taxIncluded,
      job.language,
      job.seller,
      job.buyer,
      tax,
      totals.lines.micros,
      totals.net.micros,
      totals.tax.micros,
      totals.gross.micros,
    ],
  );
}

/** A blocked account keeps where it was, so that nothing of it is lost however long it stays blocked. */
async function settle(
  tx: Tx,
  { runId, account, endsAt, plannedAt }: Job,
  outcome: {
    readonly state: 'done' | 'empty' | 'blocked';
    readonly reason?: string;
    readonly invoiceId?: string;
  },
): Promise<Billed> {
  await tx.run(
    `UPDATE invoice_job SET state = $3, reason = $4, invoice_id = $5,
                            done_at = CASE WHEN $3 <> 'blocked' THEN now() END
      WHERE (run_id, account_id) = ($1, $2)`,
    [runId, account, outcome.state, outcome.reason ?? null, outcome.invoiceId ?? null],
  );
  if (outcome.state !== 'blocked')
    await tx.run(
      `UPDATE invoice_party SET billed_through = GREATEST(billed_through, $2),
                                billed_at = GREATEST(COALESCE(billed_at, '-infinity'), $3) WHERE account_id = $1`,
      [account, endsAt, plannedAt],
    );
  return outcome.state;
}
