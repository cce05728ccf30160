import type { Sql } from '../../infra/db/sql.js';
import { newId } from '../../kernel/ids.js';

export const consentPurposes = ['terms', 'privacy', 'marketing', 'call-recording'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** What somebody agreed to (or takes back): which document, in which version. */
export interface GivenConsent {
  readonly purpose: ConsentPurpose;
  readonly version: string;
  readonly given: boolean;
}
export interface ConsentRow extends GivenConsent {
  readonly id: string;
  readonly at: Date;
}

/** Adds to the record; nothing of it is ever changed. */
export async function recordConsents(
  sql: Sql,
  accountId: string,
  consents: readonly GivenConsent[],
): Promise<readonly ConsentRow[]> {
  return sql.rows<ConsentRow>(
    `INSERT INTO consent (id, account_id, purpose, version, given)
     SELECT id, $1, purpose, version, given FROM unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[]) AS c (id, purpose, version, given)
     RETURNING id, purpose, version, given, at`,
    [
      accountId,
      consents.map(() => newId()),
      consents.map(({ purpose }) => purpose),
      consents.map(({ version }) => version),
      consents.map(({ given }) => given),
    ],
  );
}

/** Newest first, up to `count` before that id. */
export const consentsOf = (
  sql: Sql,
  accountId: string,
  count: number,
  before?: string,
): Promise<readonly ConsentRow[]> =>
  sql.rows<ConsentRow>(
    `SELECT id, purpose, version, given, at FROM consent
      WHERE account_id = $1 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $2`,
    [accountId, count, before ?? null],
  );
