import { type Currency, formatAmount, money } from '../../kernel/money.js';
import { type AccountScope, accountsIn } from '../account-scope.js';
import { type Due, duesOf } from '../domain/invoice/dues.js';
import type { Reads } from '../reads.js';

/** Nobody owes for more invoices than are kept in view. */
const MOST_INVOICES = 240;

/** A postpaid account with what it owes for its invoices, and which of them that is. */
export interface AccountDues {
  readonly accountId: string;
  readonly currency: Currency;
  /** In all, and what of it should have been paid by now. */
  readonly open: string;
  readonly overdue: string;
  readonly invoices: readonly {
    readonly id: string;
    readonly number: string;
    readonly issuedOn: string;
    readonly dueOn: string | null;
    readonly gross: string;
    readonly open: string;
    readonly state: Due['state'];
  }[];
}

interface DueRow {
  readonly accountId: string;
  readonly currency: Currency;
  readonly today: string;
  readonly owed: string;
  readonly invoices: readonly {
    readonly id: string;
    readonly number: string;
    readonly issuedOn: string;
    readonly dueOn: string | null;
    readonly gross: string;
    readonly payable: string;
  }[];
}

/**
 * What postpaid accounts owe for invoices: their balance in the ledger less what no invoice asks for yet (calls since the
 * last one, fees). Nothing is kept of it: it follows from ledger and invoices, so it cannot be out of step with them.
 */
const DUES = `
  SELECT p.account_id::text AS "accountId", a.currency, (now() AT TIME ZONE s.time_zone)::date::text AS today,
         (balance.micros - calls.micros - fees.micros)::text AS owed, issued.invoices
    FROM invoice_party p JOIN ledger_account a ON a.id = p.account_id JOIN seller s ON s.id = p.seller_id
   CROSS JOIN LATERAL (SELECT COALESCE(sum(balance_micros), 0) AS micros FROM account_balance WHERE account_id = p.account_id) balance
   CROSS JOIN LATERAL (
     SELECT COALESCE(sum(c.amount_micros), 0) AS micros FROM charge c
      WHERE c.account_id = p.account_id AND c.answered_at >= p.billed_through AND c.result <> 'unrated'
        AND NOT EXISTS (SELECT FROM charge n WHERE n.call_id = c.call_id AND n.revision > c.revision)
        AND NOT EXISTS (SELECT FROM invoice_line l WHERE l.call_id = c.call_id AND l.credits_invoice IS NULL)) calls
   CROSS JOIN LATERAL (
     SELECT COALESCE(sum(f.amount_micros), 0) AS micros FROM subscription_charge f
      WHERE f.account_id = p.account_id
        AND NOT EXISTS (SELECT FROM invoice_line l WHERE (l.subscription_id, l.from_day) = (f.subscription_id, f.from_day))) fees
   CROSS JOIN LATERAL (
     SELECT COALESCE(jsonb_agg(to_jsonb(x) ORDER BY x."issuedOn" DESC, x.id DESC), '[]') AS invoices FROM (
       SELECT i.id, i.number_text AS number, i.issued_on::text AS "issuedOn", i.due_on::text AS "dueOn", i.gross_micros::text AS gross,
              (i.gross_micros + COALESCE((SELECT sum(n.gross_micros) FROM invoice n WHERE n.corrects = i.id), 0))::text AS payable
         FROM invoice i WHERE i.account_id = p.account_id AND i.kind = 'invoice' AND i.terms = 'postpaid'
        ORDER BY i.id DESC LIMIT ${MOST_INVOICES}) x) issued
   WHERE p.terms = 'postpaid' AND ($1::bigint[] IS NULL OR p.account_id = ANY ($1)) AND ($2::bigint IS NULL OR p.account_id = $2)
     AND ($3::bigint IS NULL OR p.account_id > $3)
   ORDER BY p.account_id LIMIT $4`;

/** Postpaid accounts of somebody's scope in the order of their numbers, after one when given. */
export async function accountDues(
  sql: Reads,
  scope: AccountScope,
  page: { readonly limit: number; readonly after: bigint | undefined; readonly account: bigint | undefined },
): Promise<readonly AccountDues[]> {
  const rows = await sql.rows<DueRow>(DUES, [
    accountsIn(scope),
    page.account ?? null,
    page.after ?? null,
    page.limit,
  ]);
  return rows.map(duesFrom);
}

function duesFrom({ accountId, currency, today, owed, invoices }: DueRow): AccountDues {
  const amount = (micros: bigint) => formatAmount(money(micros, currency));
  const dues = duesOf(
    invoices.map(({ id, payable, dueOn }) => ({ invoiceId: id, payableMicros: BigInt(payable), dueOn })),
    BigInt(owed),
    today,
  );
  const sum = (some: readonly Due[]) =>
    amount(some.reduce((total, { openMicros }) => total + openMicros, 0n));
  return {
    accountId,
    currency,
    open: sum(dues),
    overdue: sum(dues.filter(({ state }) => state === 'overdue')),
    invoices: invoices.map(({ payable: _, gross, ...invoice }, at) => ({
      ...invoice,
      gross: amount(BigInt(gross)),
      open: amount(dues[at]?.openMicros ?? 0n),
      state: dues[at]?.state ?? 'paid',
    })),
  };
}
