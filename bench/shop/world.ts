import type { Db } from '../../src/infra/db/db.js';
import { putProduct } from '../../src/sales/index.js';

const words = { en: 'Number' };
const prices = { setup: 1_000_000n, monthly: 1_000_000n, yearly: 10_000_000n };

/** A shop with one product for companies; nothing is sold yet. */
export async function openShop(db: Db): Promise<void> {
  await db.inTx(async (tx) => {
    await tx.run(
      `INSERT INTO seller (id, name, street, city, postcode, country, time_zone)
       VALUES ('bench', 'Bench', '1', 'Seoul', '1', 'KR', 'UTC') ON CONFLICT DO NOTHING`,
    );
    await tx.run(
      `INSERT INTO shop_country (country, seller_id) VALUES ('KR', 'bench') ON CONFLICT DO NOTHING`,
    );
    const product = {
      id: 'vns-kr',
      country: 'KR',
      kind: 'company',
      form: 'company',
      currency: 'USD',
    } as const;
    const made = await putProduct(tx, {
      ...product,
      title: words,
      body: words,
      onSale: true,
      prices: { plain: prices, fine: prices, premium: prices },
      branch: prices,
    });
    if (!made.ok) throw new Error(made.failure.message);
  });
}

/**
 * Sells numbers until there are so many: half personal ones, half companies' of 8 digits, of which every third begins with 62,
 * so that what is searched for most is mostly sold.
 */
export async function sellUntil(db: Db, count: number): Promise<void> {
  await db.run('ALTER TABLE number_assignment DISABLE TRIGGER USER');
  for (let from = 0; (await soldNow(db)) < count; from += A_TIME)
    await db.run(SELL, [from, from + A_TIME - 1]);
  await db.run('ALTER TABLE number_assignment ENABLE TRIGGER USER');
  await db.run('ANALYZE number_assignment');
}

/** A statement has 4 seconds. */
const A_TIME = 10_000;
const SELL = `
  INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
  SELECT gen_random_uuid(), CASE WHEN person THEN '010' || digits || '082' ELSE digits || '#' END,
         CASE WHEN person THEN 'pin' ELSE 'vns' END, '082', 'KR',
         CASE WHEN person THEN '010' ELSE '' END || digits, digits, gen_random_uuid()
    FROM (SELECT n % 2 = 0 AS person,
                 CASE WHEN n % 3 = 0 THEN '62' || lpad(((n::bigint * 7919) % 1000000)::text, 6, '0')
                      ELSE lpad(((n::bigint * 48271) % 100000000)::text, 8, '0') END AS digits
            FROM generate_series($1::int, $2::int) AS n) made
  ON CONFLICT DO NOTHING`;

export async function soldNow(db: Db): Promise<number> {
  const [row] = await db.rows<{ count: string }>('SELECT count(*) AS count FROM number_assignment');
  return Number(row?.count ?? 0);
}
