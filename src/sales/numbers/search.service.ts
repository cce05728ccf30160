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

const BATCH = 64;
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
  while (place < all && place - wish.from < MOST_LOOKED_AT) {
    const batch: { readonly place: number; readonly wanted: Wanted }[] = [];
    for (; place < all && batch.length < BATCH; place++) {
      const digits = candidateAt(masks, place);
      const wanted =
        digits === undefined ? undefined : readWanted(wish.product, digits, [wish.product.country]);
      if (wanted?.ok) batch.push({ place, wanted: wanted.value });
    }
    const free = await freeOf(
      sql,
      plan,
      batch.map(({ wanted }) => wanted),
    );
    for (const one of batch) {
      if (!free.has(one.wanted)) continue;
      items.push(one.wanted);
      if (items.length === wish.limit)
        return { items, next: one.place + 1 < all ? one.place + 1 : undefined };
    }
  }
  return { items, next: place < all ? place : undefined };
}

/** Of these the ones that nobody has, holds or keeps back, and that call no telephone at home: three index look-ups. */
export async function freeOf(sql: Sql, plan: Plan, wanted: readonly Wanted[]): Promise<ReadonlySet<Wanted>> {
  if (wanted.length === 0) return new Set();
  const clashing = new Set(
    [
      ...recheck(
        wanted.map(({ number }) => number),
        plan,
      ),
    ].map(({ key }) => key),
  );
  const sound = wanted.filter(({ number }) => !clashing.has(assignmentKey(number)));
  const digits = sound.map((one) => one.digits);
  const [sold, claimed, reserved] = [
    await soldDigits(sql, digits),
    await claimedKeys(
      sql,
      sound.flatMap(({ number }) => ownKeys(number)),
    ),
    await reservedOf(sql, digits),
  ];
  return new Set(
    sound.filter(
      ({ number, digits: own }) =>
        !sold.has(own) && !reserved.has(own) && !ownKeys(number).some((key) => claimed.has(key)),
    ),
  );
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
