import { hasTaxId, taxOfSale } from '../../billing/index.js';
import type { Db } from '../../infra/db/db.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, type Result } from '../../kernel/result.js';
import { assignmentKey, displayOf, type Plan } from '../../numbering/index.js';
import { findProduct, soldCountries } from '../catalogue/products.service.js';
import { type Interval, priceOf } from '../domain/product.js';
import { tierOf } from '../domain/tier.js';
import { readWanted } from '../domain/wanted.js';
import type { Language } from '../languages.js';
import { availabilityOf } from '../numbers/availability.service.js';
import {
  countryUnknown,
  numberMalformed,
  numberRefused,
  numberTaken,
  priceUnknown,
} from '../sales.failures.js';
import { settingsOf } from '../settings.js';
import type { Buyer } from './buyer.js';
import { mayAskMore } from './holds-of-buyer.js';
import { insertOrder } from './insert-order.js';
import { type BillingAddress, findOrder, type Order } from './orders.rows.js';

export interface NumberWish {
  readonly product: string;
  readonly number: string;
  readonly countries: readonly string[];
  readonly interval: Interval;
  readonly language: Language;
  readonly billing: BillingAddress;
}

/**
 * Makes a quote: what the number costs this buyer, fixed for a while. Nothing is held yet, so what it is made of is read
 * without a transaction.
 */
export async function quoteNumber(
  db: Db,
  plan: Plan,
  wish: NumberWish,
  buyer: Buyer,
): Promise<Result<Order, Failure>> {
  const product = await findProduct(db, wish.product);
  if (!product.ok) return product;
  const sold = await soldCountries(db);
  const countries = [...new Set([product.value.country, ...wish.countries])];
  const strange = countries.find((country) => !sold.includes(country));
  if (strange !== undefined) return err(countryUnknown(strange));
  if (countries.length > 1 && product.value.form !== 'company') return err(priceUnknown());
  const wanted = readWanted(product.value, wish.number, countries);
  if (!wanted.ok) return err(numberMalformed(wanted.failure.message));
  const { number, region, digits, telephone } = wanted.value;
  const found = await availabilityOf(db, plan, wanted.value, { language: wish.language });
  const [refused] = found.reasons;
  if (refused !== undefined)
    return err(refused.code === 'not-available' ? numberTaken() : numberRefused(refused.text));
  const tier = product.value.form === 'own-telephone' ? 'plain' : tierOf(digits);
  const { interval } = wish;
  const price = priceOf(product.value, { tier, interval, branches: countries.length - 1 });
  if (price === undefined) return err(priceUnknown());
  const buyerHasTaxId = hasTaxId(wish.billing);
  const sale = { sellerId: product.value.sellerId, buyerCountry: wish.billing.country, buyerHasTaxId };
  const day = new Date().toISOString().slice(0, 10);
  const taxed = await taxOfSale(db, { ...sale, day, net: price.net });
  if (!taxed.ok) return taxed;
  const recurring = await taxOfSale(db, { ...sale, day, net: price.recurring });
  if (!recurring.ok) return recurring;
  const id = newId();
  const { quoteMinutes } = await settingsOf(db);
  return db.inTx(async (tx) => {
    const may = await mayAskMore(tx, buyer.accountId);
    if (!may.ok) return may;
    await insertOrder(tx, {
      id,
      kind: 'number',
      state: 'quoted',
      buyer,
      holderKind: product.value.kind,
      country: product.value.country,
      language: wish.language,
      sellerId: product.value.sellerId,
      taxed: taxed.value,
      lines: price.lines.map(({ about, count, amount }) => ({ about, count, micros: String(amount.micros) })),
      billing: wish.billing,
      minutes: quoteMinutes,
    });
    await tx.run(
      `INSERT INTO number_order (order_id, product_id, number, key, display, region, countries, bill_interval, tier,
                               recurring_micros, warnings, telephone)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12)`,
      [
        id,
        product.value.id,
        number,
        assignmentKey(number),
        displayOf(number),
        region,
        countries,
        interval,
        tier,
        recurring.value.total.micros,
        JSON.stringify(found.warnings),
        telephone ?? null,
      ],
    );
    return findOrder(tx, id);
  });
}
