import type { Sql } from '../../infra/db/sql.js';

export interface RegistrationView {
  readonly node: string;
  readonly contact: string;
  /** The device's account. */
  readonly username: string;
  readonly uri: string;
  /** Where it registered from. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly since: Date;
  readonly expiresAt: Date;
  readonly device: string | null;
  readonly kind: string | null;
  readonly member: { readonly id: string; readonly name: string } | null;
}

export type RegistrationCursor = readonly [username: string, contact: string, node: string];

export function registrations(
  sql: Sql,
  search: string | undefined,
  count: number,
  after: RegistrationCursor | undefined,
): Promise<readonly RegistrationView[]> {
  const [username, contact, node] = after ?? [null, null, null];
  return sql.rows<RegistrationView>(LIST, [
    search === undefined ? null : beginning(search),
    username,
    contact,
    node,
    count,
  ]);
}

/** A LIKE pattern of what begins so: what would be wild in it is not. */
const beginning = (text: string): string => `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

const LIST = `
  SELECT r.node, r.contact, r.username, r.uri, r.address, r.user_agent AS "userAgent", r.since, r.expires_at AS "expiresAt",
         d.label AS device, d.kind,
         CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS member
    FROM registration r LEFT JOIN device d ON d.username = r.username LEFT JOIN member m ON m.id = d.member_id
   WHERE ($1::text IS NULL OR r.username LIKE $1 OR r.address LIKE $1 OR lower(m.name) LIKE lower($1))
     AND ($2::text IS NULL OR (r.username, r.contact, r.node) > ($2, $3, $4))
   ORDER BY r.username, r.contact, r.node LIMIT $5`;
