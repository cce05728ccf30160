import type { Sql } from '../../infra/db/sql.js';
import { type Currency, formatAmount, money } from '../../kernel/money.js';
import type { Words } from '../languages.js';

/** A part of a list that goes by id. */
export interface Part {
  readonly after: string | undefined;
  readonly limit: number;
}

/** Goods as their operator edits them, and how many pieces there are. */
export interface GoodsForDesk {
  readonly id: string;
  readonly kind: 'phone' | 'ata' | 'card';
  readonly title: Words;
  readonly body: Words;
  readonly vendor: string | null;
  readonly onSale: boolean;
  readonly prices: readonly {
    readonly country: string;
    readonly currency: Currency;
    readonly price: string;
  }[];
  readonly inStock: number;
  readonly setAside: number;
}

interface GoodsRow extends Omit<GoodsForDesk, 'prices'> {
  readonly prices: readonly { country: string; currency: Currency; micros: string }[];
}

export async function goodsForDesk(sql: Sql, { after, limit }: Part): Promise<readonly GoodsForDesk[]> {
  const rows = await sql.rows<GoodsRow>(
    `SELECT g.id, g.kind, g.title, g.body, g.vendor, g.on_sale AS "onSale",
            ARRAY(SELECT jsonb_build_object('country', country, 'currency', currency, 'micros', price_micros::text)
                    FROM goods_price WHERE goods_id = g.id ORDER BY country) AS prices,
            (SELECT count(*)::int FROM goods_piece WHERE goods_id = g.id AND order_id IS NULL) AS "inStock",
            (SELECT count(*)::int FROM goods_piece p JOIN shop_order o ON o.id = p.order_id
              WHERE p.goods_id = g.id AND o.state IN ('held', 'paid', 'packed')) AS "setAside"
       FROM goods g WHERE ($1::text IS NULL OR g.id > $1) ORDER BY g.id LIMIT $2`,
    [after ?? null, limit],
  );
  return rows.map(({ prices, ...goods }) => ({
    ...goods,
    prices: prices.map(({ country, currency, micros }) => ({
      country,
      currency,
      price: formatAmount(money(BigInt(micros), currency)),
    })),
  }));
}

/** A text that the shop begins with: what it is, how to buy. */
export interface ShopText {
  readonly id: string;
  readonly position: number;
  readonly title: Words;
  readonly body: Words;
}

export const shopTexts = (sql: Sql, { after, limit }: Part): Promise<readonly ShopText[]> =>
  sql.rows<ShopText>(
    `SELECT id, position, title, body FROM shop_text WHERE ($1::text IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [after ?? null, limit],
  );

export async function putText(sql: Sql, { id, position, title, body }: ShopText): Promise<void> {
  await sql.run(
    `INSERT INTO shop_text (id, position, title, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET position = excluded.position, title = excluded.title, body = excluded.body`,
    [id, position, title, body],
  );
}

export const removeText = (sql: Sql, id: string): Promise<number> =>
  sql.run('DELETE FROM shop_text WHERE id = $1', [id]);
