import { type Currency, formatAmount, money } from '../kernel/money.js';
import { standingOf } from './accounts.service.js';
import { payersOf } from './parties.service.js';
import type { Reads } from './reads.js';

/** What somebody who serves a member has to know of his money; amounts as text. */
export interface MemberMoney {
  readonly currency: Currency;
  readonly credit: string;
  readonly available: string;
  readonly openInvoices: readonly {
    readonly id: string;
    readonly number: string;
    readonly dueOn: string | null;
    readonly gross: string;
    /** Of its gross, what is not paid: payments settle the oldest invoice first. */
    readonly open: string;
  }[];
}

const MOST_INVOICES = 24;

/** Undefined: nobody pays for this member's calls. */
export async function moneyOfMember(sql: Reads, memberId: string): Promise<MemberMoney | undefined> {
  const payer = (await payersOf(sql, [memberId])).get(memberId);
  const standing = payer === undefined ? undefined : await standingOf(sql, payer.accountId);
  if (payer === undefined || standing === undefined) return undefined;
  const rows = await sql.rows<InvoiceRow>(NEWEST_INVOICES, [payer.accountId, MOST_INVOICES]);
  const owed = standing.credit.micros < 0n ? -standing.credit.micros : 0n;
  const text = (micros: bigint) => formatAmount(money(micros, payer.currency));
  return {
    currency: payer.currency,
    credit: formatAmount(standing.credit),
    available: formatAmount(standing.available),
    openInvoices: openOf(rows, owed).map(({ row, open }) => ({
      id: row.id,
      number: row.number,
      dueOn: row.dueOn,
      gross: text(BigInt(row.gross)),
      open: text(open),
    })),
  };
}

/** What is owed is owed for the newest invoices. */
function openOf(newestFirst: readonly InvoiceRow[], owed: bigint): { row: InvoiceRow; open: bigint }[] {
  let rest = owed;
  return newestFirst.flatMap((row) => {
    const gross = BigInt(row.gross);
    const open = gross < rest ? gross : rest;
    rest -= open;
    return open > 0n ? [{ row, open }] : [];
  });
}

interface InvoiceRow {
  readonly id: string;
  readonly number: string;
  readonly dueOn: string | null;
  readonly gross: string;
}

const NEWEST_INVOICES = `
  SELECT id, number_text AS number, due_on::text AS "dueOn",
         gross_micros - coalesce((SELECT sum(note.gross_micros) FROM invoice note WHERE note.corrects = invoice.id), 0)::bigint AS gross
    FROM invoice WHERE account_id = $1 AND kind = 'invoice' AND terms = 'postpaid' ORDER BY id DESC LIMIT $2`;
