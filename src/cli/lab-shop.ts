import {
  addRates,
  addTaxRate,
  addTaxRule,
  beginVersion,
  completeVersion,
  createDeck,
  scheduleVersion,
  setSeller,
} from '../billing/index.js';
import type { Sql } from '../infra/db/sql.js';
import { type Currency, currency } from '../kernel/money.js';
import { putGoods, putProduct } from '../sales/index.js';
import { row, SALE_PRICES } from './lab-billing.js';
import { GOODS, labPieces, TEXTS, titles } from './lab-shop.texts.js';

interface Country {
  readonly code: string;
  readonly currency: Currency;
  /** How much of it a dollar is, roughly: prices are dollars times this. */
  readonly dollar: bigint;
  readonly tax: { readonly ppm: number; readonly name: string };
  readonly city: string;
  readonly timeZone: string;
}

const COUNTRIES: readonly Country[] = [
  {
    code: 'KR',
    currency: currency('KRW'),
    dollar: 1_000n,
    tax: { ppm: 100_000, name: '부가가치세' },
    city: '서울',
    timeZone: 'Asia/Seoul',
  },
  {
    code: 'US',
    currency: currency('USD'),
    dollar: 1n,
    tax: { ppm: 0, name: 'Sales tax' },
    city: 'New York',
    timeZone: 'America/New_York',
  },
  {
    code: 'JP',
    currency: currency('JPY'),
    dollar: 100n,
    tax: { ppm: 100_000, name: '消費税' },
    city: '東京',
    timeZone: 'Asia/Tokyo',
  },
];
const SEED = 'seed lab';
const MICROS = 1_000_000n;

/** Gives the demo world a shop: three countries, each with its currency, tax and prices, and some stock. */
export async function seedLabShop(tx: Sql): Promise<void> {
  for (const country of COUNTRIES) await openCountry(tx, country);
  for (const country of COUNTRIES) await sell(tx, country);
  for (const [position, text] of TEXTS.entries())
    await tx.run(
      `INSERT INTO shop_text (id, position, title, body) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET position = excluded.position, title = excluded.title, body = excluded.body`,
      [text.id, position, text.title, text.body],
    );
  for (const goods of GOODS) {
    const prices = COUNTRIES.map(({ code, currency: unit, dollar }) => {
      return { country: code, currency: unit, price: goods.dollars * dollar * MICROS };
    });
    orThrow(await putGoods(tx, { ...goods, vendor: goods.vendor ?? null, onSale: true, prices }));
  }
  for (const [goods, serial] of labPieces())
    await tx.run('INSERT INTO goods_piece (serial, goods_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      serial,
      goods,
    ]);
  for (const [pattern, reason] of [
    ['9999*', 'kept for tests of the operator'],
    ['1004', 'kept for charity'],
  ])
    await tx.run(
      `INSERT INTO reserved_number (id, pattern, reason, created_by) VALUES (gen_random_uuid(), $1, $2, $3) ON CONFLICT DO NOTHING`,
      [pattern, reason, SEED],
    );
}

async function openCountry(
  tx: Sql,
  { code, currency: unit, dollar, tax, city, timeZone }: Country,
): Promise<void> {
  const seller = {
    id: `anydial-${code.toLowerCase()}`,
    name: 'Anydial',
    street: '1 Exchange Road',
    city,
    postcode: '10001',
  };
  const prefixes = { invoice: `${code}-`, 'credit-note': `${code}C-` };
  orThrow(await setSeller(tx, { ...seller, country: code, taxId: null, iban: null, timeZone, prefixes }));
  const [taxed] = await tx.rows('SELECT FROM tax_rate WHERE country = $1', [code]);
  if (taxed === undefined) {
    orThrow(await addTaxRate(tx, { country: code, validFrom: '2020-01-01', ...tax }));
    const rule = { sellerCountry: code, buyerHasTaxId: null, validFrom: '2020-01-01' };
    orThrow(
      await addTaxRule(tx, {
        ...rule,
        buyerCountry: code,
        treatment: 'seller-rate',
        note: 'domestic supply',
      }),
    );
    orThrow(
      await addTaxRule(tx, {
        ...rule,
        buyerCountry: null,
        treatment: 'outside-scope',
        note: 'supplied to another country',
      }),
    );
  }
  const deck = unit === currency('USD') ? 'lab-sale' : `lab-sale-${unit.toLowerCase()}`;
  await openDeck(tx, deck, unit, dollar);
  await tx.run(
    `INSERT INTO shop_country (country, seller_id, deck_id) VALUES ($1, $2, $3)
     ON CONFLICT (country) DO UPDATE SET seller_id = excluded.seller_id, deck_id = excluded.deck_id`,
    [code, seller.id, deck],
  );
}

/** What calls cost in a currency that the demo world's own members do not pay in. */
async function openDeck(tx: Sql, id: string, unit: Currency, dollar: bigint): Promise<void> {
  const [known] = await tx.rows('SELECT FROM rate_deck WHERE id = $1', [id]);
  if (known !== undefined) return;
  const terms = {
    id,
    name: id,
    direction: 'sale',
    currency: unit,
    roundToMicros: 1n,
    onNetFree: true,
  } as const;
  orThrow(await createDeck(tx, terms));
  const versionId = orThrow(
    await beginVersion(tx, { deckId: id, periods: [], source: SEED, createdBy: SEED }),
  );
  const rows = SALE_PRICES.map(([prefix, destination, price]) => row(prefix, destination, price * dollar));
  await addRates(tx, versionId, rows);
  await completeVersion(tx, versionId, { good: rows.length, bad: 0, sha256: null });
  const activeFrom = new Date('2026-01-01T00:00:00Z');
  orThrow(await scheduleVersion(tx, { versionId, activeFrom, scheduledBy: SEED, acceptBadRows: 0 }));
}

async function sell(tx: Sql, { code, currency: unit, dollar }: Country): Promise<void> {
  const of = (setup: bigint, monthly: bigint) => {
    return {
      setup: setup * dollar * MICROS,
      monthly: monthly * dollar * MICROS,
      yearly: monthly * 10n * dollar * MICROS,
    };
  };
  const country = code.toLowerCase();
  const product = { country: code, currency: unit, onSale: true } as const;
  const person = { ...product, kind: 'person', branch: undefined } as const;
  orThrow(
    await putProduct(tx, {
      ...person,
      ...titles.own,
      id: `pin-own-${country}`,
      form: 'own-telephone',
      prices: { plain: of(10n, 3n) },
    }),
  );
  // Numbers of a range of our own: only where the plan has an identifier code.
  if (code === 'KR')
    orThrow(
      await putProduct(tx, {
        ...person,
        ...titles.issued,
        id: `pin-id-${country}`,
        form: 'identification',
        prices: { plain: of(8n, 3n), fine: of(40n, 3n), premium: of(200n, 5n) },
      }),
    );
  orThrow(
    await putProduct(tx, {
      ...product,
      ...titles.company,
      id: `vns-${country}`,
      kind: 'company',
      form: 'company',
      prices: { plain: of(30n, 10n), fine: of(100n, 10n), premium: of(500n, 20n) },
      branch: of(5n, 2n),
    }),
  );
}

function orThrow<T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly failure: { readonly message: string } },
): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
