import type { Sql } from '../../infra/db/sql.js';
import { isUniqueViolation } from '../../infra/db/sql-state.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { accountUnknown } from '../billing.failures.js';
import type { TaxRate, TaxRule } from '../domain/invoice/tax.js';
import type { Reads } from '../reads.js';
import {
  prepaidWithoutTax,
  sellerUnknown,
  seriesBegun,
  seriesTaken,
  taxRateTaken,
  taxRuleTaken,
} from './invoice.failures.js';

/** Who stands on an invoice, on either side. */
export interface Address {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** VAT id, 사업자등록번호, 登録番号 …; null for private persons. */
  readonly taxId: string | null;
}
export interface Seller extends Address {
  readonly id: string;
  readonly iban: string | null;
  readonly timeZone: string;
  readonly prefixes: { readonly invoice: string; readonly 'credit-note': string };
}
export interface InvoiceParty extends Address {
  readonly sellerId: string;
  readonly language: 'en' | 'ko' | 'ja';
  readonly terms: 'prepaid' | 'postpaid';
  readonly taxIncluded: boolean;
  readonly paymentDays: number;
}

/** Notes one of our companies and its two series; later only what is not printed in numbers changes. */
export async function setSeller(tx: Sql, seller: Seller): Promise<Result<undefined, Failure>> {
  await tx.run(
    `INSERT INTO seller (id, name, street, city, postcode, country, tax_id, iban, time_zone)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, street = excluded.street, city = excluded.city,
       postcode = excluded.postcode, country = excluded.country, tax_id = excluded.tax_id, iban = excluded.iban,
       time_zone = excluded.time_zone`,
    [seller.id, ...addressOf(seller), seller.iban, seller.timeZone],
  );
  for (const kind of ['invoice', 'credit-note'] as const) {
    const set = await setSeries(tx, seller.id, kind, seller.prefixes[kind]);
    if (!set.ok) return set;
  }
  return ok(undefined);
}

async function setSeries(
  tx: Sql,
  sellerId: string,
  kind: string,
  prefix: string,
): Promise<Result<undefined, Failure>> {
  const [taken] = await tx.rows(
    'SELECT FROM invoice_series WHERE prefix = $3 AND (seller_id, kind) <> ($1, $2)',
    [sellerId, kind, prefix],
  );
  if (taken !== undefined) return err(seriesTaken());
  const set = await tx.run(
    `INSERT INTO invoice_series AS s (seller_id, kind, prefix) VALUES ($1, $2, $3)
     ON CONFLICT (seller_id, kind) DO UPDATE SET prefix = excluded.prefix
      WHERE s.last_number = 0 OR s.prefix = excluded.prefix`,
    [sellerId, kind, prefix],
  );
  return set === 1 ? ok(undefined) : err(seriesBegun());
}

/** Says how an account is invoiced from now on; documents that were issued keep what they say. */
export async function setInvoiceParty(
  tx: Tx,
  account: bigint,
  party: InvoiceParty,
): Promise<Result<undefined, Failure>> {
  if (party.terms === 'prepaid' && !party.taxIncluded) return err(prepaidWithoutTax());
  const [known] = await tx.rows(
    `SELECT FROM ledger_account WHERE id = $1 AND kind IN ('member', 'company')`,
    [account],
  );
  if (known === undefined) return err(accountUnknown());
  const [seller] = await tx.rows('SELECT FROM seller WHERE id = $1', [party.sellerId]);
  if (seller === undefined) return err(sellerUnknown(party.sellerId));
  await tx.run(
    `INSERT INTO invoice_party (account_id, seller_id, name, street, city, postcode, country, tax_id, language, terms,
                                tax_included, payment_days)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (account_id) DO UPDATE SET seller_id = excluded.seller_id, name = excluded.name,
       street = excluded.street, city = excluded.city, postcode = excluded.postcode, country = excluded.country,
       tax_id = excluded.tax_id, language = excluded.language, terms = excluded.terms,
       tax_included = excluded.tax_included, payment_days = excluded.payment_days`,
    [
      account,
      party.sellerId,
      ...addressOf(party),
      party.language,
      party.terms,
      party.taxIncluded,
      party.paymentDays,
    ],
  );
  return ok(undefined);
}

const addressOf = ({ name, street, city, postcode, country, taxId }: Address): readonly unknown[] => [
  name,
  street,
  city,
  postcode,
  country,
  taxId,
];

export async function findInvoiceParty(sql: Reads, account: bigint): Promise<InvoiceParty | undefined> {
  const [row] = await sql.rows<InvoiceParty>(
    `SELECT seller_id AS "sellerId", name, street, city, postcode, country, tax_id AS "taxId", language, terms,
            tax_included AS "taxIncluded", payment_days AS "paymentDays" FROM invoice_party WHERE account_id = $1`,
    [account],
  );
  return row;
}

export const listSellers = (sql: Reads): Promise<readonly Seller[]> =>
  sql.rows<Seller>(
    `SELECT id, name, street, city, postcode, country, tax_id AS "taxId", iban, time_zone AS "timeZone",
            (SELECT jsonb_object_agg(kind, prefix) FROM invoice_series WHERE seller_id = seller.id) AS prefixes
       FROM seller ORDER BY id`,
  );

export type NewTaxRule = TaxRule & { readonly sellerCountry: string };

/** Enters a line of the tax table; none is ever changed. */
export const addTaxRule = (tx: Sql, rule: NewTaxRule): Promise<Result<undefined, Failure>> =>
  orTaken(
    tx.run(
      `INSERT INTO tax_rule (id, seller_country, buyer_country, buyer_has_tax_id, valid_from, treatment, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        rule.sellerCountry,
        rule.buyerCountry,
        rule.buyerHasTaxId,
        rule.validFrom,
        rule.treatment,
        rule.note,
      ],
    ),
    taxRuleTaken(),
  );

export const addTaxRate = (tx: Sql, rate: TaxRate): Promise<Result<undefined, Failure>> =>
  orTaken(
    tx.run('INSERT INTO tax_rate (country, valid_from, ppm, name) VALUES ($1, $2, $3, $4)', [
      rate.country,
      rate.validFrom,
      rate.ppm,
      rate.name,
    ]),
    taxRateTaken(),
  );

async function orTaken(inserting: Promise<number>, taken: Failure): Promise<Result<undefined, Failure>> {
  try {
    await inserting;
    return ok(undefined);
  } catch (error) {
    if (isUniqueViolation(error)) return err(taken);
    throw error;
  }
}

export const taxRules = (sql: Reads, sellerCountry: string | null): Promise<readonly NewTaxRule[]> =>
  sql.rows<NewTaxRule>(
    `SELECT seller_country AS "sellerCountry", buyer_country AS "buyerCountry", buyer_has_tax_id AS "buyerHasTaxId",
            valid_from::text AS "validFrom", treatment, note
       FROM tax_rule WHERE $1::bpchar IS NULL OR seller_country = $1 ORDER BY seller_country, valid_from`,
    [sellerCountry],
  );

export const taxRates = (sql: Reads, countries: readonly string[] | null): Promise<readonly TaxRate[]> =>
  sql.rows<TaxRate>(
    `SELECT country, valid_from::text AS "validFrom", ppm, name FROM tax_rate
      WHERE $1::bpchar[] IS NULL OR country = ANY ($1) ORDER BY country, valid_from`,
    [countries],
  );
