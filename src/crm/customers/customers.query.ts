import type { Sql } from '../../infra/db/sql.js';
import type { Seen } from '../owner.js';

export interface CustomerFilter {
  readonly q?: string | undefined;
  readonly country?: string | undefined;
  readonly language?: string | undefined;
}
export interface ListedCustomer {
  readonly id: string;
  readonly owner: string;
  readonly name: string | null;
  readonly number: string | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly calls: number;
  readonly lastCallAt: Date | null;
}

/** Whoever called last comes first; who never did, last. */
export function listCustomers(
  sql: Sql,
  { only }: Seen,
  { q, country, language }: CustomerFilter,
  after: readonly [string | null, string] | undefined,
  count: number,
): Promise<readonly ListedCustomer[]> {
  const digits = q?.replace(/[\s()-]/g, '') ?? null;
  const pattern = q === undefined ? null : `${escaped(q)}%`;
  const number = digits === null ? null : `${escaped(digits)}%`;
  return sql.rows(LIST, [
    only,
    pattern,
    number,
    country ?? null,
    language ?? null,
    after === undefined ? null : (after[0] ?? '-infinity'),
    after?.[1] ?? null,
    count,
  ]);
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

const LIST = `
  SELECT c.id, c.owner, coalesce(c.name, m.name) AS name,
         (SELECT min(number) FROM customer_number n WHERE n.customer_id = c.id) AS number,
         coalesce(c.language, m.language) AS language, coalesce(c.country, m.country) AS country, c.calls, c.last_call_at AS "lastCallAt"
    FROM customer c LEFT JOIN member m ON m.id = c.member_id
   WHERE ($1::text IS NULL OR c.owner = $1)
     AND ($2::text IS NULL OR lower(coalesce(c.name, m.name)) LIKE lower($2)
          OR EXISTS (SELECT FROM customer_number n WHERE n.customer_id = c.id AND n.number LIKE $3))
     AND ($4::text IS NULL OR coalesce(c.country, m.country) = $4)
     AND ($5::text IS NULL OR coalesce(c.language, m.language) = $5)
     AND ($6::timestamptz IS NULL OR (coalesce(c.last_call_at, '-infinity'), c.id) < ($6, $7::uuid))
   ORDER BY coalesce(c.last_call_at, '-infinity') DESC, c.id DESC LIMIT $8`;
