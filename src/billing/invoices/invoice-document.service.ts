import { type Currency, formatAmount, money } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { type AccountScope, accountsIn, mayRead } from '../account-scope.js';
import type { InvoiceDocument, LineGroup, ShownPayment } from '../domain/invoice/document.js';
import type { Reads } from '../reads.js';
import { invoiceUnknown } from './invoice.failures.js';

export interface FoundInvoice extends Omit<InvoiceDocument, 'groups' | 'payments'> {
  readonly id: string;
  readonly accountId: bigint;
}

/** An invoice that is in somebody's scope. What is not is unknown. */
export async function findInvoice(
  sql: Reads,
  scope: AccountScope,
  id: string,
): Promise<Result<FoundInvoice, Failure>> {
  const [row] = await sql.rows<InvoiceRow>(`${INVOICES} WHERE i.id = $1`, [id]);
  if (row === undefined || !mayRead(scope, BigInt(row.accountId))) return err(invoiceUnknown());
  return ok(invoiceFrom(row));
}

/** The invoices of somebody's scope, newest first, before an invoice's id when given. */
export async function listInvoices(
  sql: Reads,
  scope: AccountScope,
  page: { readonly limit: number; readonly before: string | undefined; readonly account: bigint | undefined },
): Promise<readonly FoundInvoice[]> {
  const rows = await sql.rows<InvoiceRow>(
    `${INVOICES} WHERE ($1::bigint[] IS NULL OR i.account_id = ANY ($1)) AND ($2::bigint IS NULL OR i.account_id = $2)
        AND ($3::uuid IS NULL OR i.id < $3) ORDER BY i.id DESC LIMIT $4`,
    [accountsIn(scope), page.account ?? null, page.before ?? null, page.limit],
  );
  return rows.map(invoiceFrom);
}

/** All that stands on the document but for the lines one by one. */
export async function documentOf(sql: Reads, invoice: FoundInvoice): Promise<InvoiceDocument> {
  const { currency } = invoice.net;
  const groups = await sql.rows<
    { kind: LineGroup['kind']; about: string } & Record<'count' | 'ms' | 'micros', string>
  >(
    `SELECT kind, about, count(*) AS count, sum(billed_ms)::bigint AS ms, sum(amount_micros)::bigint AS micros
       FROM invoice_line WHERE invoice_id = $1 GROUP BY kind, about ORDER BY kind, about`,
    [invoice.id],
  );
  const payments = await sql.rows<Omit<ShownPayment, 'amount'> & { micros: string }>(
    `SELECT kind, occurred_at AS "occurredAt", amount_micros AS micros FROM invoice_payment
      WHERE invoice_id = $1 ORDER BY occurred_at, posting_id`,
    [invoice.id],
  );
  return {
    ...invoice,
    groups: groups.map(({ kind, about, count, ms, micros }) => ({
      kind,
      about,
      count: Number(count),
      billedMs: Number(ms),
      amount: money(BigInt(micros), currency),
    })),
    payments: payments.map(({ micros, ...payment }) => ({
      ...payment,
      amount: money(BigInt(micros), currency),
    })),
  };
}

type Micros = Record<'linesMicros' | 'netMicros' | 'taxMicros' | 'grossMicros', string>;
interface InvoiceRow
  extends Omit<FoundInvoice, 'accountId' | 'days' | 'lines' | 'net' | 'taxAmount' | 'gross' | 'corrects'>,
    Micros {
  readonly accountId: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly currency: Currency;
  readonly correctsNumber: string | null;
  readonly correctsIssued: string | null;
}

const INVOICES = `
  SELECT i.id, i.kind, i.number_text AS number, i.account_id AS "accountId", i.issued_on::text AS "issuedOn",
         i.due_on::text AS "dueOn", i.from_day::text AS "fromDay", i.to_day::text AS "toDay", i.currency, i.terms,
         i.tax_included AS "taxIncluded", i.language, i.seller, i.buyer, i.tax, i.reason, i.lines_micros AS "linesMicros",
         i.net_micros AS "netMicros", i.tax_micros AS "taxMicros", i.gross_micros AS "grossMicros",
         c.number_text AS "correctsNumber", c.issued_on::text AS "correctsIssued"
    FROM invoice i LEFT JOIN invoice c ON c.id = i.corrects`;

function invoiceFrom(row: InvoiceRow): FoundInvoice {
  const { accountId, fromDay, toDay, currency, correctsNumber, correctsIssued, ...same } = row;
  const { linesMicros, netMicros, taxMicros, grossMicros, ...invoice } = same;
  const of = (micros: string) => money(BigInt(micros), currency);
  return {
    ...invoice,
    accountId: BigInt(accountId),
    days: { from: fromDay, to: toDay },
    lines: of(linesMicros),
    net: of(netMicros),
    taxAmount: of(taxMicros),
    gross: of(grossMicros),
    corrects:
      correctsNumber === null || correctsIssued === null
        ? null
        : { number: correctsNumber, issuedOn: correctsIssued },
  };
}

/** An invoice in a list or as an answer. */
export const viewOf = ({ id, accountId, days, lines, net, taxAmount, gross, ...same }: FoundInvoice) => ({
  id,
  accountId: String(accountId),
  ...same,
  from: days.from,
  to: days.to,
  currency: net.currency,
  lines: formatAmount(lines),
  net: formatAmount(net),
  taxAmount: formatAmount(taxAmount),
  gross: formatAmount(gross),
});
