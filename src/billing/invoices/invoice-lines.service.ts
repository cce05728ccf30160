import { csvLine } from '../../kernel/csv.js';
import { type Currency, formatAmount, money } from '../../kernel/money.js';
import type { Reads } from '../reads.js';

/** One call or one month of a fee, or what takes one back. */
export interface InvoiceLine {
  readonly line: number;
  readonly kind: 'call' | 'subscription';
  readonly memberId: string | null;
  readonly callId: string | null;
  readonly startedAt: Date | null;
  readonly called: string | null;
  readonly about: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly durationMs: number;
  readonly billedMs: number;
  readonly amount: string;
  readonly credited: boolean;
}
/** Of one member only (its itemised bill), or everybody's. */
export interface LinesWish {
  readonly invoiceId: string;
  readonly currency: Currency;
  readonly memberId: string | undefined;
}

/** Lines after a line number, in order. */
export async function linesOf(
  sql: Reads,
  { invoiceId, currency, memberId }: LinesWish,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly InvoiceLine[]> {
  const rows = await sql.rows<
    Omit<InvoiceLine, 'durationMs' | 'billedMs' | 'amount'> &
      Record<'durationMs' | 'billedMs' | 'micros', string>
  >(
    `SELECT line, kind, member_id AS "memberId", call_id AS "callId", started_at AS "startedAt", called, about,
            from_day::text AS "from", to_day::text AS "to", duration_ms AS "durationMs", billed_ms AS "billedMs",
            amount_micros AS micros,
            EXISTS (SELECT FROM invoice_line c WHERE (c.credits_invoice, c.credits_line) = (l.invoice_id, l.line)) AS credited
       FROM invoice_line l
      WHERE invoice_id = $1 AND line > $2 AND ($3::uuid IS NULL OR member_id = $3) ORDER BY line LIMIT $4`,
    [invoiceId, page.after, memberId ?? null, page.limit],
  );
  return rows.map(({ micros, durationMs, billedMs, ...line }) => ({
    ...line,
    durationMs: Number(durationMs),
    billedMs: Number(billedMs),
    amount: formatAmount(money(BigInt(micros), currency)),
  }));
}

const PAGE = 2_000;

/** All lines, page by page: any number, little memory. */
export async function* allLines(sql: Reads, wish: LinesWish): AsyncGenerator<readonly InvoiceLine[]> {
  for (let after = 0; ; ) {
    const page = await linesOf(sql, wish, { after, limit: PAGE });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.line;
  }
}

const HEADER = [
  'line',
  'kind',
  'member',
  'call',
  'started_at',
  'called',
  'about',
  'from',
  'to',
  'duration_s',
  'charged_s',
  'amount',
  'currency',
];

/** The itemised bill as CSV (RFC 4180): times in UTC, durations in seconds, amounts exact. */
export async function* linesCsv(sql: Reads, wish: LinesWish): AsyncGenerator<string> {
  yield `${csvLine(HEADER)}\r\n`;
  for await (const page of allLines(sql, wish))
    yield page.map((line) => `${csvLine(fieldsOf(line, wish.currency))}\r\n`).join('');
}

const fieldsOf = (line: InvoiceLine, currency: Currency): readonly string[] => [
  String(line.line),
  line.kind,
  line.memberId ?? '',
  line.callId ?? '',
  line.startedAt?.toISOString() ?? '',
  line.called ?? '',
  line.about,
  line.from ?? '',
  line.to ?? '',
  String(line.durationMs / 1000),
  String(line.billedMs / 1000),
  line.amount,
  currency,
];
