import type { PolicyName } from '../../infra/http/policies.js';
import { prefixQuery, type SearchKeys } from './search-keys.js';

/** One thing found: what it is, for people, and when it was, where that tells apart. */
export interface Hit {
  readonly id: string;
  readonly title: string;
  readonly detail: string | null;
  readonly at: Date | null;
}

export interface Lookup {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A kind of thing that can be found: by whom, and how. `lookup` is undefined where nothing typed can be one. */
export interface SearchGroup {
  readonly kind: string;
  /** Of the route that shows the same. */
  readonly policy: PolicyName;
  lookup(keys: SearchKeys): Lookup | undefined;
}

/** Of each group. */
export const MOST_HITS = 8;

const nothing = (...given: readonly (string | undefined | readonly string[])[]): boolean =>
  given.every((one) => one === undefined || one.length === 0);

/** Every branch of each UNION walks an index; test/medium/console/search.spec.ts looks at the plans. */
export const searchGroups: readonly SearchGroup[] = [
  {
    kind: 'number',
    policy: 'members.list',
    lookup: ({ numbers }) =>
      nothing(numbers)
        ? undefined
        : {
            sql: `
              SELECT m.id, a.display AS title, m.name AS detail, NULL AS at
                FROM (SELECT * FROM number_assignment WHERE key = ANY ($1)
                      UNION
                      SELECT n.* FROM number_shadow s JOIN number_assignment n ON n.id = s.assignment_id WHERE s.e164 = ANY ($1)) a
                JOIN member m ON m.id = a.holder_id LIMIT ${MOST_HITS}`,
            values: [numbers],
          },
  },
  {
    kind: 'member',
    policy: 'members.list',
    lookup: ({ id, words, email, numbers }) =>
      nothing(id, words, email, numbers)
        ? undefined
        : {
            sql: `
              SELECT m.id, m.name AS title, m.country || ' · ' || m.kind AS detail, m.created_at AS at
                FROM (SELECT id FROM member WHERE id = $1
                      UNION SELECT id FROM member WHERE to_tsvector('simple', name) @@ to_tsquery('simple', $2)
                      UNION SELECT member_id FROM email_identity WHERE address = $3 AND verified_at IS NOT NULL
                      UNION SELECT member_id FROM contact_number WHERE e164 = ANY ($4) AND verified_at IS NOT NULL
                      LIMIT ${MOST_HITS}) f JOIN member m ON m.id = f.id`,
            values: [id ?? null, words.length === 0 ? null : prefixQuery(words), email ?? null, numbers],
          },
  },
  {
    kind: 'account',
    policy: 'people.read',
    lookup: ({ id, email }) =>
      nothing(id, email)
        ? undefined
        : {
            sql: `
              SELECT id, email AS title, array_to_string(roles, ', ') AS detail, created_at AS at FROM user_account WHERE id = $1
              UNION ALL
              SELECT id, email, array_to_string(roles, ', '), created_at FROM user_account WHERE email = $2 LIMIT ${MOST_HITS}`,
            values: [id ?? null, email ?? null],
          },
  },
  {
    kind: 'device',
    policy: 'devices.read',
    lookup: ({ exact, id }) => ({
      sql: `
        SELECT d.member_id AS id, d.username AS title, m.name || ' · ' || d.label AS detail, NULL AS at
          FROM (SELECT * FROM device WHERE username = $1 UNION SELECT * FROM device WHERE id = $2) d
          JOIN member m ON m.id = d.member_id LIMIT ${MOST_HITS}`,
      values: [exact.toLowerCase(), id ?? null],
    }),
  },
  {
    kind: 'call',
    policy: 'calls.trace',
    lookup: ({ id, numbers }) =>
      nothing(id, numbers)
        ? undefined
        : {
            sql: `
              SELECT c.id, COALESCE(c.calling, '?') || ' → ' || COALESCE(c.called, c.dialled) AS title,
                     COALESCE(c.reason, c.state) AS detail, c.started_at AS at
                FROM (SELECT id FROM call WHERE id = $1
                      UNION SELECT call_id FROM call_order WHERE id = $1
                      UNION (SELECT id FROM call WHERE called = ANY ($2) ORDER BY started_at DESC LIMIT ${MOST_HITS})
                      UNION (SELECT id FROM call WHERE calling = ANY ($2) ORDER BY started_at DESC LIMIT ${MOST_HITS})) f
                JOIN call c ON c.id = f.id ORDER BY c.started_at DESC LIMIT ${MOST_HITS}`,
            values: [id ?? null, numbers],
          },
  },
  {
    kind: 'order',
    policy: 'shop.oversee',
    lookup: ({ id, numbers }) =>
      nothing(id, numbers)
        ? undefined
        : {
            sql: `
              SELECT o.id, COALESCE(n.display, o.kind) AS title, o.state AS detail, o.created_at AS at
                FROM (SELECT id FROM shop_order WHERE id = $1
                      UNION SELECT order_id FROM number_order WHERE key = ANY ($2)
                      UNION SELECT order_id FROM number_order WHERE telephone = ANY ($2) AND telephone IS NOT NULL
                      LIMIT ${MOST_HITS}) f
                JOIN shop_order o ON o.id = f.id LEFT JOIN number_order n ON n.order_id = o.id`,
            values: [id ?? null, numbers],
          },
  },
  {
    kind: 'invoice',
    policy: 'invoices.read',
    lookup: ({ id, exact }) => ({
      sql: `
        SELECT id, number_text AS title, buyer ->> 'name' AS detail, issued_at AS at
          FROM (SELECT * FROM invoice WHERE number_text = $1 UNION ALL SELECT * FROM invoice WHERE id = $2) i LIMIT ${MOST_HITS}`,
      values: [exact.toUpperCase(), id ?? null],
    }),
  },
  {
    kind: 'customer',
    policy: 'customers.read',
    lookup: ({ id, words, email, numbers }) =>
      nothing(id, words, email, numbers)
        ? undefined
        : {
            sql: `
              SELECT c.id, COALESCE(c.name, c.email, '?') AS title, c.country AS detail, c.last_call_at AS at
                FROM (SELECT id FROM customer WHERE id = $1
                      UNION SELECT id FROM customer WHERE to_tsvector('simple', coalesce(name, '')) @@ to_tsquery('simple', $2)
                      UNION SELECT id FROM customer WHERE lower(email) = $3 AND email IS NOT NULL
                      UNION SELECT customer_id FROM customer_number WHERE number = ANY ($4) LIMIT ${MOST_HITS}) f
                JOIN customer c ON c.id = f.id`,
            values: [id ?? null, words.length === 0 ? null : prefixQuery(words), email ?? null, numbers],
          },
  },
  {
    kind: 'trunk',
    policy: 'network.read',
    lookup: ({ exact }) => ({
      sql: `SELECT id, name AS title, id || ' · ' || country AS detail, NULL AS at FROM trunk WHERE id = $1`,
      values: [exact.toLowerCase()],
    }),
  },
  {
    kind: 'settlement',
    policy: 'settlements.read',
    lookup: ({ id }) =>
      id === undefined
        ? undefined
        : {
            sql: 'SELECT id, carrier_id AS title, state AS detail, lower(period) AS at FROM settlement WHERE id = $1',
            values: [id],
          },
  },
];
