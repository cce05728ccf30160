import type { Sql } from '../../infra/db/sql.js';
import { isUniqueViolation } from '../../infra/db/sql-state.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import type { ApprovalRule } from '../domain/approval.js';
import type { Prices, Product } from '../domain/product.js';
import type { Tier } from '../domain/tier.js';
import type { Words } from '../languages.js';
import { countryUnknown } from '../sales.failures.js';

export type ProductEdit = Product & {
  readonly title: Words;
  readonly body: Words;
  readonly onSale: boolean;
};

/** Enters a product or changes it. Quotes that were made keep their price. */
export async function putProduct(tx: Sql, product: ProductEdit): Promise<Result<undefined, Failure>> {
  const [sold] = await tx.rows('SELECT FROM shop_country WHERE country = $1', [product.country]);
  if (sold === undefined) return err(countryUnknown(product.country));
  const { branch } = product;
  await tx.run(
    `INSERT INTO number_product (id, country, kind, form, title, body, currency, on_sale, branch_setup_micros,
                                 branch_monthly_micros, branch_yearly_micros)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (id) DO UPDATE SET country = excluded.country, kind = excluded.kind, form = excluded.form,
       title = excluded.title, body = excluded.body, currency = excluded.currency, on_sale = excluded.on_sale,
       branch_setup_micros = excluded.branch_setup_micros, branch_monthly_micros = excluded.branch_monthly_micros,
       branch_yearly_micros = excluded.branch_yearly_micros`,
    [
      product.id,
      product.country,
      product.kind,
      product.form,
      product.title,
      product.body,
      product.currency,
      product.onSale,
      branch?.setup ?? null,
      branch?.monthly ?? null,
      branch?.yearly ?? null,
    ],
  );
  await tx.run('DELETE FROM number_price WHERE product_id = $1', [product.id]);
  for (const [tier, prices] of Object.entries(product.prices) as [Tier, Prices][])
    await tx.run(
      `INSERT INTO number_price (product_id, tier, setup_micros, monthly_micros, yearly_micros) VALUES ($1, $2, $3, $4, $5)`,
      [product.id, tier, prices.setup, prices.monthly, prices.yearly],
    );
  return ok(undefined);
}

export const rulesOf = (sql: Sql): Promise<readonly ApprovalRule[]> =>
  sql.rows<ApprovalRule>(
    `SELECT position, decision, kind, form, tier, proved, known_holder AS "knownHolder", most_numbers AS "mostNumbers",
            least_digits AS "leastDigits", reason FROM approval_rule ORDER BY position`,
  );

/** Replaces all rules: what decides is seen at once, never half of it. */
export async function setRules(tx: Tx, rules: readonly ApprovalRule[]): Promise<void> {
  await tx.run('DELETE FROM approval_rule');
  for (const rule of rules)
    await tx.run(
      `INSERT INTO approval_rule (position, decision, kind, form, tier, proved, known_holder, most_numbers, least_digits, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        rule.position,
        rule.decision,
        rule.kind,
        rule.form,
        rule.tier,
        rule.proved,
        rule.knownHolder,
        rule.mostNumbers,
        rule.leastDigits,
        rule.reason,
      ],
    );
}

export interface ReservedNumber {
  readonly id: string;
  readonly pattern: string;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** Numbers that are not sold, in the order of their entry, after an id when given. */
export const listReserved = (
  sql: Sql,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly ReservedNumber[]> =>
  sql.rows<ReservedNumber>(
    `SELECT id, pattern, reason, created_by AS "createdBy", created_at AS "createdAt" FROM reserved_number
      WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [page.after ?? null, page.limit],
  );

export async function reserveNumber(
  sql: Sql,
  wish: { readonly pattern: string; readonly reason: string; readonly by: string },
): Promise<Result<{ readonly id: string }, Failure>> {
  const id = newId();
  try {
    await sql.run('INSERT INTO reserved_number (id, pattern, reason, created_by) VALUES ($1, $2, $3, $4)', [
      id,
      wish.pattern,
      wish.reason,
      wish.by,
    ]);
    return ok({ id });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return err(
      failure('reserved-number.exists', `${wish.pattern} is reserved already.`, {
        hint: 'delete that entry first to give another reason',
      }),
    );
  }
}

export const freeReserved = (sql: Sql, id: string): Promise<number> =>
  sql.run('DELETE FROM reserved_number WHERE id = $1', [id]);
