import { z } from 'zod';
import type { Sql } from '../../infra/db/sql.js';
import { countryCode } from '../fields.js';
import { companyOf, type Owner } from '../owner.js';

const days = z.number().int().min(1).max(3_650);
const score = z.number().min(1).max(5);
export const segmentFilter = z.strictObject({
  countries: z.array(countryCode).min(1).max(50).optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1)
    .max(20)
    .optional(),
  minCalls: z.number().int().min(1).max(10_000).optional(),
  calledWithinDays: days.optional(),
  quietForDays: days.optional(),
  leastScore: score.optional(),
  mostScore: score.optional(),
});
export type SegmentFilter = z.output<typeof segmentFilter>;

export interface SegmentCustomer {
  readonly id: string;
  readonly name: string | null;
  readonly number: string | null;
  readonly country: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly calls: number;
  readonly lastCallAt: Date | null;
}

/** Customers that fit now, in the order of their ids. */
export const customersIn = (
  sql: Sql,
  owner: Owner,
  filter: SegmentFilter,
  after: string | undefined,
  count: number,
) =>
  sql.rows<SegmentCustomer>(`${CUSTOMERS} AND ($10::uuid IS NULL OR c.id > $10) ORDER BY c.id LIMIT $11`, [
    ...valuesOf(owner, filter),
    after ?? null,
    count,
  ]);

export async function countIn(sql: Sql, owner: Owner, filter: SegmentFilter): Promise<number> {
  const [row] = await sql.rows<{ count: string }>(
    `SELECT count(*) FROM (${CUSTOMERS}) found`,
    valuesOf(owner, filter),
  );
  return Number(row?.count ?? 0);
}

const valuesOf = (owner: Owner, filter: SegmentFilter): readonly unknown[] => [
  owner,
  filter.countries ?? null,
  filter.languages ?? null,
  filter.minCalls ?? 0,
  filter.calledWithinDays ?? null,
  filter.quietForDays ?? null,
  filter.leastScore ?? null,
  filter.mostScore ?? null,
  companyOf(owner),
];

const SCORE = `
  (SELECT avg(q.score) FROM queue_call q WHERE q.company_id IS NOT DISTINCT FROM $9::uuid
      AND (q.caller_number IN (SELECT number FROM customer_number n WHERE n.customer_id = c.id) OR q.caller_member_id = c.member_id))`;
const CUSTOMERS = `
  SELECT c.id, coalesce(c.name, m.name) AS name, (SELECT min(number) FROM customer_number n WHERE n.customer_id = c.id) AS number,
         coalesce(c.country, m.country) AS country, split_part(coalesce(c.language, m.language), '-', 1) AS language,
         c.time_zone AS "timeZone", c.calls, c.last_call_at AS "lastCallAt"
    FROM customer c LEFT JOIN member m ON m.id = c.member_id
   WHERE c.owner = $1 AND ($2::text[] IS NULL OR coalesce(c.country, m.country) = ANY ($2))
     AND ($3::text[] IS NULL OR split_part(coalesce(c.language, m.language), '-', 1) = ANY ($3))
     AND c.calls >= $4
     AND ($5::int IS NULL OR c.last_call_at >= now() - make_interval(days => $5))
     AND ($6::int IS NULL OR c.last_call_at IS NULL OR c.last_call_at < now() - make_interval(days => $6))
     AND ($7::float8 IS NULL OR ${SCORE} >= $7) AND ($8::float8 IS NULL OR ${SCORE} <= $8)`;
