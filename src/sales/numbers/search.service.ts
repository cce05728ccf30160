import type { Sql } from '../../infra/db/sql.js';
import { assignmentKey, type NumberForSale, type Plan, recheck } from '../../numbering/index.js';
import type { Product } from '../domain/product.js';
import { candidateAt, candidatesOf, type Mask, masksOf, type PatternMode } from '../domain/vanity.js';
import { readWanted, type Wanted } from '../domain/wanted.js';
import { claimedKeys, reservedOf } from './claims.service.js';

export interface SearchWish {
  readonly product: Product;
  /** Digits and `?`; empty: any number. */
  readonly pattern: string;
  readonly mode: PatternMode;
  readonly length: number;
  /** Where the walk through the candidates goes on. */
  readonly from: number;
  readonly limit: number;
}
export interface Found {
  readonly items: readonly Wanted[];
  /** Undefined: there are no more. */
  readonly next: number | undefined;
}

/** Looked up at a time: somewhat more than are still wanted, then twice as many each time. */
const SPARE = 8;
const MOST_A_TIME = 256;
/** A pattern of which nearly everything is sold is looked through so far for one page; the next page goes on. */
const MOST_LOOKED_AT = 1_024;

/**
 * Free numbers that fit, found by walking through the numbers that *could* be and looking each batch up by its keys: the
 * cost does not depend on how many are sold.
 */
export async function searchNumbers(sql: Sql, plan: Plan, wish: SearchWish): Promise<Found> {
  const masks = masksFor(wish, plan);
  const all = masks.length === 0 ? 0 : candidatesOf(masks);
  const items: Wanted[] = [];
  let place = wish.from;
  for (let size = wish.limit + SPARE; place < all && place - wish.from < MOST_LOOKED_AT; size *= 2) {
    const batch: { readonly place: number; readonly wanted: Wanted }[] = [];
    for (; place < all && batch.length < Math.min(size, MOST_A_TIME); place++) {
      const digits = candidateAt(masks, place);
      const wanted =
        digits === undefined ? undefined : readWanted(wish.product, digits, [wish.product.country]);
      if (wanted?.ok) batch.push({ place, wanted: wanted.value });
    }
    const found = await freeOf(
      sql,
      plan,
      batch.map(({ wanted }) => wanted),
      wish.limit - items.length,
    );
    items.push(...found);
    const last = batch.find(({ wanted }) => wanted === found.at(-1));
    if (items.length === wish.limit && last !== undefined)
      return { items, next: last.place + 1 < all ? last.place + 1 : undefined };
  }
  return { items, next: place < all ? place : undefined };
}

/**
 * The first of these that nobody has, holds or keeps back, and that call no telephone at home. Three look-ups by index for
 * all of them; the numbering plans, which cost more, are asked only until there are enough.
 */
export async function freeOf(
  sql: Sql,
  plan: Plan,
  wanted: readonly Wanted[],
  most: number,
): Promise<readonly Wanted[]> {
  if (wanted.length === 0) return [];
  const digits = wanted.map((one) => one.digits);
  const [sold, claimed, reserved] = await Promise.all([
    soldDigits(sql, digits),
    claimedKeys(
      sql,
      wanted.flatMap(({ number }) => ownKeys(number)),
    ),
    reservedOf(sql, digits),
  ]);
  const free: Wanted[] = [];
  for (const one of wanted) {
    if (free.length === most) break;
    if (sold.has(one.digits) || reserved.has(one.digits)) continue;
    if (ownKeys(one.number).some((key) => claimed.has(key))) continue;
    if (recheck([one.number], plan).next().done) free.push(one);
  }
  return free;
}

/** A company's NUMBER and a person's AREA-NUMBER never are the same: one column tells of both. */
async function soldDigits(sql: Sql, digits: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ digits: string }>(
    'SELECT area_number AS digits FROM number_assignment WHERE area_number = ANY ($1)',
    [digits],
  );
  return new Set(rows.map((row) => row.digits));
}

const ownKeys = (number: NumberForSale): readonly string[] =>
  number.kind === 'pin'
    ? [assignmentKey(number), `${number.areaNumber}#`]
    : [assignmentKey(number), number.number + number.ccc];

function masksFor({ product, pattern, mode, length }: SearchWish, plan: Plan): readonly Mask[] {
  return basesOf(product, plan, mode === 'exact' && pattern !== '' ? pattern.length : length).flatMap(
    (base) => (pattern === '' ? [base] : masksOf(base, pattern, mode)),
  );
}

function basesOf(product: Product, plan: Plan, length: number): readonly Mask[] {
  if (product.form === 'company') return length >= 3 && length <= 12 ? ['?'.repeat(length)] : [];
  if (product.form === 'own-telephone') return [];
  return (plan.identifiers.get(product.country) ?? []).flatMap(({ code, minLength, maxLength }) =>
    Array.from({ length: maxLength - minLength + 1 }, (_, more) => code.padEnd(minLength + more, '?')),
  );
}
