import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { add, type Currency, type Money, money, negate } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { type Totals, totalsOf } from '../domain/invoice/totals.js';
import { creditsCreditNote, invoiceUnknown, lineTaken, nothingToCredit } from './invoice.failures.js';
import { nextNumber } from './invoice-number.js';
import { type LineSums, postCreditNote } from './invoice-postings.js';
import { sumsOf } from './invoicing.service.js';

export interface CreditWish {
  readonly invoiceId: string;
  /** Line numbers of that invoice; `all`: every line that was not credited yet. */
  readonly lines: 'all' | readonly number[];
  readonly reason: string;
  readonly by: string;
}

/**
 * Takes lines of an invoice back, each whole and once: a document of its own series that names the invoice, with the
 * opposite postings. When the last lines are taken back, the notes add up to the invoice to the last minor unit.
 */
export async function creditInvoice(tx: Tx, wish: CreditWish): Promise<Result<string, Failure>> {
  const [invoice] = await tx.rows<Original>(LOCK, [wish.invoiceId]);
  if (invoice === undefined) return err(invoiceUnknown());
  if (invoice.kind === 'credit-note') return err(creditsCreditNote());
  const lines = await linesToCredit(tx, wish);
  if (!lines.ok) return lines;
  const id = newId();
  await insertLines(tx, id, wish.invoiceId, lines.value.lines);
  const { currency } = invoice;
  const sums = await creditedSums(tx, id, currency);
  const totals = lines.value.last
    ? await restOf(tx, invoice, sums)
    : totalsOf(add(sums.calls, sums.subscriptions), invoice.tax.ppm, invoice.taxIncluded);
  const note = { id, account: BigInt(invoice.accountId), currency, sums, totals };
  await postCreditNote(
    tx,
    { ...note, taxCountry: invoice.tax.country, taxIncluded: invoice.taxIncluded, terms: invoice.terms },
    invoice.now,
  );
  await insertNote(tx, id, invoice, totals, wish);
  return ok(id);
}

interface Original {
  readonly id: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly sellerId: string;
  readonly accountId: string;
  readonly currency: Currency;
  readonly tax: { readonly ppm: number; readonly country: string };
  readonly taxIncluded: boolean;
  readonly terms: 'prepaid' | 'postpaid';
  readonly linesMicros: string;
  readonly netMicros: string;
  readonly taxMicros: string;
  readonly grossMicros: string;
  readonly now: Date;
}

/** The account's party is locked: credit notes of one payer come one after the other. */
const LOCK = `
  SELECT i.id, i.kind, i.seller_id AS "sellerId", i.account_id AS "accountId", i.currency, i.tax,
         i.tax_included AS "taxIncluded", i.terms, i.lines_micros AS "linesMicros", i.net_micros AS "netMicros",
         i.tax_micros AS "taxMicros", i.gross_micros AS "grossMicros", now() AS now
    FROM invoice i JOIN invoice_party p ON p.account_id = i.account_id WHERE i.id = $1 FOR UPDATE OF p`;

async function linesToCredit(
  tx: Tx,
  { invoiceId, lines }: CreditWish,
): Promise<Result<{ readonly lines: readonly number[]; readonly last: boolean }, Failure>> {
  const open = await tx.rows<{ line: number }>(
    `SELECT line FROM invoice_line l WHERE invoice_id = $1
        AND NOT EXISTS (SELECT FROM invoice_line c WHERE (c.credits_invoice, c.credits_line) = (l.invoice_id, l.line))
      ORDER BY line`,
    [invoiceId],
  );
  if (open.length === 0) return err(nothingToCredit());
  const free = new Set(open.map(({ line }) => line));
  const wanted = lines === 'all' ? [...free] : [...new Set(lines)];
  if (wanted.some((line) => !free.has(line))) return err(lineTaken());
  return ok({ lines: wanted, last: wanted.length === free.size });
}

async function insertLines(tx: Tx, id: string, invoiceId: string, lines: readonly number[]): Promise<void> {
  await tx.run(
    `INSERT INTO invoice_line (invoice_id, line, kind, member_id, call_id, revision, subscription_id, from_day, to_day,
                               started_at, called, about, duration_ms, billed_ms, amount_micros, credits_invoice, credits_line)
     SELECT $1, row_number() OVER (ORDER BY line), kind, member_id, call_id, revision, subscription_id, from_day, to_day,
            started_at, called, about, duration_ms, billed_ms, -amount_micros, invoice_id, line
       FROM invoice_line WHERE invoice_id = $2 AND line = ANY ($3)`,
    [id, invoiceId, lines],
  );
}

/** Positive, as they were charged. */
async function creditedSums(tx: Tx, id: string, currency: Currency): Promise<LineSums> {
  const { calls, subscriptions } = await sumsOf(tx, id, currency);
  return { calls: negate(calls), subscriptions: negate(subscriptions) };
}

/** What the notes before left of the invoice's totals. */
async function restOf(tx: Tx, invoice: Original, sums: LineSums): Promise<Totals> {
  const [before] = await tx.rows<Record<'net' | 'tax', string>>(
    `SELECT COALESCE(sum(net_micros), 0)::bigint AS net, COALESCE(sum(tax_micros), 0)::bigint AS tax
       FROM invoice WHERE corrects = $1`,
    [invoice.id],
  );
  const of = (micros: bigint): Money => money(micros, invoice.currency);
  const net = of(BigInt(invoice.netMicros) + BigInt(before?.net ?? 0));
  const tax = of(BigInt(invoice.taxMicros) + BigInt(before?.tax ?? 0));
  const lines = add(sums.calls, sums.subscriptions);
  const asked = invoice.taxIncluded ? add(net, tax) : net;
  return { lines, net, tax, gross: add(net, tax), rounding: of(asked.micros - lines.micros) };
}

async function insertNote(
  tx: Tx,
  id: string,
  invoice: Original,
  totals: Totals,
  { reason, by }: CreditWish,
): Promise<void> {
  const number = await nextNumber(tx, invoice.sellerId, 'credit-note');
  await tx.run(
    `INSERT INTO invoice (id, kind, seller_id, number, number_text, account_id, corrects, reason, from_day, to_day, issued_on,
                          currency, terms, tax_included, language, seller, buyer, tax, lines_micros, net_micros,
                          tax_micros, gross_micros, issued_by)
     SELECT $1, 'credit-note', i.seller_id, $3, $4, i.account_id, i.id, $5, i.from_day, i.to_day,
            (now() AT TIME ZONE s.time_zone)::date, i.currency, i.terms, i.tax_included, i.language, i.seller, i.buyer,
            i.tax, $6, $7, $8, $9, $10
       FROM invoice i JOIN seller s ON s.id = i.seller_id WHERE i.id = $2`,
    [
      id,
      invoice.id,
      number.number,
      number.text,
      reason,
      -totals.lines.micros,
      -totals.net.micros,
      -totals.tax.micros,
      -totals.gross.micros,
      by,
    ],
  );
}
