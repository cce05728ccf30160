import type { Sql } from '../../infra/db/sql.js';
import { currency, formatAmount, money } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import type { Prices, Product } from '../domain/product.js';
import { TIERS, type Tier } from '../domain/tier.js';
import type { Words } from '../languages.js';
import { productUnknown } from '../sales.failures.js';

/** A product as the catalogue has it; what is not on sale is nobody's business but the operator's. */
export interface CatalogueProduct extends Product {
  readonly title: Words;
  readonly body: Words;
  readonly onSale: boolean;
  readonly sellerId: string;
}

interface Row extends Omit<CatalogueProduct, 'prices' | 'branch'> {
  readonly branchSetup: string | null;
  readonly branchMonthly: string | null;
  readonly branchYearly: string | null;
  readonly prices: readonly { tier: Tier; setup: string; monthly: string; yearly: string }[];
}

const PRODUCTS = `
  SELECT p.id, p.country, p.kind, p.form, p.title, p.body, p.currency, p.on_sale AS "onSale", c.seller_id AS "sellerId",
         p.branch_setup_micros AS "branchSetup", p.branch_monthly_micros AS "branchMonthly",
         p.branch_yearly_micros AS "branchYearly",
         ARRAY(SELECT jsonb_build_object('tier', tier, 'setup', setup_micros::text, 'monthly', monthly_micros::text,
                                         'yearly', yearly_micros::text)
                 FROM number_price WHERE product_id = p.id) AS prices
    FROM number_product p JOIN shop_country c ON c.country = p.country`;

export async function listProducts(
  sql: Sql,
  { country, all }: { readonly country: string | undefined; readonly all: boolean },
): Promise<readonly CatalogueProduct[]> {
  const rows = await sql.rows<Row>(
    `${PRODUCTS} WHERE ($1::bpchar IS NULL OR p.country = $1) AND (p.on_sale OR $2) ORDER BY p.country, p.kind DESC, p.id`,
    [country ?? null, all],
  );
  return rows.map(productFrom);
}

/** A product that is on sale. */
export async function findProduct(sql: Sql, id: string): Promise<Result<CatalogueProduct, Failure>> {
  const [row] = await sql.rows<Row>(`${PRODUCTS} WHERE p.id = $1 AND p.on_sale`, [id]);
  return row === undefined ? err(productUnknown(id)) : ok(productFrom(row));
}

/** Countries where something is sold. */
export async function soldCountries(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.rows<{ country: string }>('SELECT country FROM shop_country ORDER BY country');
  return rows.map(({ country }) => country);
}

function productFrom({ branchSetup, branchMonthly, branchYearly, prices, ...same }: Row): CatalogueProduct {
  return {
    ...same,
    prices: Object.fromEntries(prices.map(({ tier, ...of }): [Tier, Prices] => [tier, pricesFrom(of)])),
    branch:
      branchSetup === null || branchMonthly === null || branchYearly === null
        ? undefined
        : pricesFrom({ setup: branchSetup, monthly: branchMonthly, yearly: branchYearly }),
  };
}

const pricesFrom = (of: Readonly<Record<keyof Prices, string>>): Prices => ({
  setup: BigInt(of.setup),
  monthly: BigInt(of.monthly),
  yearly: BigInt(of.yearly),
});

/** Prices as text in the product's currency. */
export function pricesView(prices: Prices, code: string): Readonly<Record<keyof Prices, string>> {
  const text = (micros: bigint) => formatAmount(money(micros, currency(code)));
  return { setup: text(prices.setup), monthly: text(prices.monthly), yearly: text(prices.yearly) };
}

/** By tier, in the order of tiers. */
export const tiersView = ({ prices, currency: code }: CatalogueProduct) =>
  TIERS.flatMap((tier) => {
    const of = prices[tier];
    return of === undefined ? [] : [{ tier, ...pricesView(of, code) }];
  });
