import type { Money } from '../../kernel/money.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { type AppliedTax, decideTax } from '../domain/invoice/tax.js';
import { totalsOf } from '../domain/invoice/totals.js';
import type { Reads } from '../reads.js';
import { taxRates, taxRules } from './invoice-parties.service.js';

export interface TaxedSale {
  readonly net: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly applied: AppliedTax;
}

/** A sale of today at a price without tax, taxed as invoices are: by the seller's rules, where the buyer is and what he is. */
export async function taxOfSale(
  sql: Reads,
  sale: {
    readonly sellerId: string;
    readonly net: Money;
    readonly buyerCountry: string;
    readonly buyerHasTaxId: boolean;
    readonly day: string;
  },
): Promise<Result<TaxedSale, Failure>> {
  const [seller] = await sql.rows<{ country: string }>('SELECT country FROM seller WHERE id = $1', [
    sale.sellerId,
  ]);
  if (seller === undefined) return err(untaxable(`there is no seller ${sale.sellerId}`));
  const { buyerCountry, buyerHasTaxId, day } = sale;
  const applied = decideTax(
    { sellerCountry: seller.country, buyerCountry, buyerHasTaxId, day },
    await taxRules(sql, seller.country),
    await taxRates(sql, [seller.country, buyerCountry]),
  );
  if (typeof applied === 'string') return err(untaxable(applied));
  const { net, tax, gross: total } = totalsOf(sale.net, applied.ppm, false);
  return ok({ net, tax, total, applied });
}

const untaxable = (why: string): Failure =>
  failure('sale-tax.unavailable', `It is not known how this sale is taxed: ${why}.`, {
    hint: "the operator must complete the seller's tax table",
  });
