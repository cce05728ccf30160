import type pg from 'pg';

/**
 * A fingerprint of every row, in any table, that mentions one of these ids: what must not change when somebody else tries.
 * `but`: tables that note the attempt itself.
 */
export async function rowsThatMention(
  pool: pg.Pool,
  ids: readonly string[],
  but: ReadonlySet<string>,
): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    if (but.has(name)) continue;
    const { rows } = await pool.query<{ count: string; hash: string | null }>(
      `SELECT count(*) AS count, md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS hash
         FROM "${name}" t WHERE t::text ~ $1`,
      [ids.join('|')],
    );
    if (rows[0] !== undefined && rows[0].count !== '0') found[name] = `${rows[0].count} ${rows[0].hash}`;
  }
  return found;
}
