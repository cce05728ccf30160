import { standingOf } from '../../billing/index.js';
import type { Tx } from '../../infra/db/tx.js';
import { type Currency, formatMoney, money } from '../../kernel/money.js';
import type { FeeFacts } from '../mails/kinds.js';
import { settingsOf } from '../settings.js';

interface Row {
  readonly what: string;
  readonly interval: 'month' | 'year';
  readonly micros: string;
  readonly currency: Currency;
  readonly account: string;
  readonly since: string;
  readonly suspendedOn: string;
  readonly lapsesOn: string;
}

interface Owner {
  readonly id: string;
  readonly email: string;
  readonly language: string;
}

/** What is told of a number's fee, and to whom. `since`: each time that it is missed is told of anew. */
export async function feeNewsOf(
  tx: Tx,
  contractId: string,
): Promise<
  | { readonly facts: Omit<FeeFacts, 'link'>; readonly since: string; readonly owners: readonly Owner[] }
  | undefined
> {
  const { graceDays, overdueDays } = await settingsOf(tx);
  const [row] = await tx.rows<Row>(
    `SELECT n.display AS what, c.bill_interval AS "interval", c.fee_micros AS micros, c.currency, c.account_id AS account,
            coalesce(c.overdue_since::text, c.version::text) AS since,
            (coalesce(c.overdue_since, current_date) + $2::int)::text AS "suspendedOn",
            (coalesce(c.overdue_since, current_date) + greatest($2::int, $3::int))::text AS "lapsesOn"
       FROM number_contract c JOIN number_order n ON n.order_id = c.order_id WHERE c.id = $1`,
    [contractId, graceDays, overdueDays],
  );
  if (row === undefined) return undefined;
  const standing = await standingOf(tx, BigInt(row.account));
  const own = (standing?.credit.micros ?? 0n) - (standing?.held.micros ?? 0n);
  const due = row.interval === 'year' ? BigInt(row.micros) : 0n;
  const short = due > own ? due - own : 0n;
  const owners = await tx.rows<Owner>(OWNERS, [contractId]);
  const { what, suspendedOn, lapsesOn, since } = row;
  const total = formatMoney(money(short, row.currency));
  return { facts: { what, total, suspendedOn, lapsesOn }, since, owners };
}

const OWNERS = `
  SELECT a.id, a.email, a.language FROM number_contract c JOIN member m ON m.id = c.holder_id
    JOIN user_account a ON CASE m.kind WHEN 'company' THEN a.company_id = m.id AND 'company-admin' = ANY (a.roles)
                                       ELSE a.id = c.owner_id END
   WHERE c.id = $1 AND a.disabled_at IS NULL ORDER BY a.id`;
