import type { Sql } from '../../infra/db/sql.js';

/** The views that Asterisk reads devices and trunks from (migration 1764000005000), keyed by `id`. */
export const endpointViews = [
  'ps_endpoints',
  'ps_auths',
  'ps_aors',
  'ps_endpoint_id_ips',
  'ps_registrations',
] as const;
export type EndpointView = (typeof endpointViews)[number];

/** One row as Asterisk reads it: text or nothing, whatever the view's types are. */
export type EndpointRow = Readonly<Record<string, string | null>> & { readonly id: string };

/** Column names of each view, in the views' order. */
export async function columnsOfViews(sql: Sql): Promise<ReadonlyMap<EndpointView, readonly string[]>> {
  const rows = await sql.rows<{ view: EndpointView; columns: readonly string[] }>(
    `SELECT table_name::text AS view, array_agg(column_name::text ORDER BY ordinal_position) AS columns
       FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = ANY($1) GROUP BY 1`,
    [[...endpointViews]],
  );
  return new Map(rows.map(({ view, columns }) => [view, columns]));
}

/** The rows of these ids that there are now. */
export const rowsById = (
  sql: Sql,
  view: EndpointView,
  ids: readonly string[],
): Promise<readonly EndpointRow[]> =>
  asText(
    sql.rows<{ row: Row }>(`SELECT to_jsonb(v) AS row FROM ${view} v WHERE v.id = ANY($1::text[])`, [ids]),
  );

/** The next ids of devices and trunks, in the database's own order; an empty page is the end. */
export const idsAfter = async (
  sql: Sql,
  table: 'device' | 'trunk',
  after: string,
  most: number,
): Promise<readonly string[]> => {
  const key = table === 'device' ? 'username' : 'id';
  const page = `SELECT ${key} AS id FROM ${table} WHERE ${key} > $1 ORDER BY ${key} LIMIT $2`;
  return (await sql.rows<{ id: string }>(page, [after, most])).map(({ id }) => id);
};

type Row = Readonly<Record<string, string | number | boolean | null>> & { readonly id: string };

/**
 * res_config_sqlite3 takes a column without a value for an empty one, res_config_pgsql leaves it out; these options must not be
 * empty, and this is what they are when left out.
 */
const whenNull: Readonly<Record<string, string>> = {
  media_encryption: 'no',
  media_encryption_optimistic: 'no',
  mwi_subscribe_replaces_unsolicited: 'no',
};

/** What res_config_pgsql reads `^3B` as; res_config_sqlite3 takes every character as it stands. */
const unescaped = (value: string): string =>
  value.replaceAll(/\^([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const asText = async (asked: Promise<readonly { row: Row }[]>): Promise<readonly EndpointRow[]> =>
  (await asked).map(
    ({ row }) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          value === null ? (whenNull[name] ?? null) : unescaped(String(value)),
        ]),
      ) as EndpointRow,
  );
