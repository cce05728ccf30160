import type { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import type { CsvRecord } from '../../kernel/csv.js';
import {
  type BadRow,
  badRow,
  MOST_BAD_ROWS,
  type RecordFile,
  tooManyBadRows,
} from '../../kernel/csv-file.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { unknown } from '../network/network.failures.js';
import { type RouteColumns, type RouteRow, readRouteHeader, readRouteRow } from './route-csv.js';

export interface ImportWish {
  /** Its routes that the file does not name are removed. */
  readonly replaceTrunk: string | undefined;
  /** Only tells what would be. */
  readonly dryRun: boolean;
}
export interface ImportedRoutes {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** Rows that cannot be read: nothing was changed. */
export interface BadRoutes {
  readonly badRows: readonly BadRow[];
}

/** A country's prefixes over every trunk there is; kept in memory until all rows are known to be good. */
const MOST_ROWS = 300_000;
const BATCH = 5_000;

/**
 * Reads a routes file and makes the table like it, in one transaction: calls see all of it or nothing. A route is known by
 * prefix, trunk and hours. With one bad row nothing is changed, and the answer names them.
 */
export async function importRoutes(
  db: Pick<Db, 'rows' | 'inTx'>,
  wish: ImportWish,
  file: RecordFile,
): Promise<Result<ImportedRoutes | BadRoutes>> {
  const trunks = new Set((await db.rows<{ id: string }>('SELECT id FROM trunk')).map(({ id }) => id));
  if (wish.replaceTrunk !== undefined && !trunks.has(wish.replaceTrunk))
    return err(unknown('trunk', wish.replaceTrunk));
  const read = await readAll(file, trunks);
  if (!read.ok) return read;
  const { routes, badRows } = read.value;
  if (badRows.length > 0) return ok({ badRows });
  let done: ImportedRoutes | undefined;
  const saved = await db.inTx(async (tx) => {
    done = await save(tx, routes, wish.replaceTrunk);
    return wish.dryRun ? err(DRY_RUN) : ok(done);
  });
  return done !== undefined && wish.dryRun ? ok(done) : saved;
}

async function readAll(
  file: RecordFile,
  trunks: ReadonlySet<string>,
): Promise<Result<{ routes: readonly RouteRow[]; badRows: readonly BadRow[] }>> {
  let columns: RouteColumns | undefined;
  const routes = new Map<string, RouteRow>();
  const badRows: BadRow[] = [];
  const add = (record: CsvRecord, route: RouteRow) => {
    const { prefix, trunkId, days, fromMinute, toMinute, timeZone } = route;
    const key = [prefix, trunkId, days, fromMinute, toMinute, timeZone].join(' ');
    const why = trunks.has(trunkId) ? 'stands twice for the same hours' : 'there is no such trunk';
    if (trunks.has(trunkId) && !routes.has(key)) routes.set(key, route);
    else badRows.push(badRow(record, { field: trunks.has(trunkId) ? 'prefix' : 'trunk', reason: why }));
  };
  for await (const batch of file.batches()) {
    if (!batch.ok) return batch;
    if (columns === undefined) {
      const header = readRouteHeader(batch.value[0]?.fields ?? []);
      if (!header.ok) return header;
      columns = header.value;
      continue;
    }
    for (const record of batch.value) {
      const row =
        record.broken === undefined
          ? readRouteRow(record.fields, columns)
          : err({ field: '', reason: record.broken });
      if (row.ok) add(record, row.value);
      else badRows.push(badRow(record, row.failure));
    }
    if (badRows.length > MOST_BAD_ROWS) return err(tooManyBadRows(badRows));
    if (routes.size > MOST_ROWS) return err(tooLarge());
  }
  return ok({ routes: [...routes.values()], badRows });
}

async function save(
  tx: Sql,
  routes: readonly RouteRow[],
  replaced: string | undefined,
): Promise<ImportedRoutes> {
  const kept: string[] = [];
  let added = 0;
  for (let at = 0; at < routes.length; at += BATCH) {
    const rows = await tx.rows<{ id: string; added: boolean }>(SAVE, columnsOf(routes.slice(at, at + BATCH)));
    for (const { id } of rows) kept.push(id);
    added += rows.filter((row) => row.added).length;
  }
  const removed =
    replaced === undefined
      ? 0
      : await tx.run('DELETE FROM route WHERE trunk_id = $1 AND id <> ALL ($2::uuid[])', [replaced, kept]);
  return { rows: routes.length, added, changed: kept.length - added, removed };
}

/** Rows that are as the file has them stay untouched but count as changed. xmax is 0 in a row that was inserted. */
const SAVE = `
  INSERT INTO route (id, prefix, trunk_id, priority, weight, cost_micro, currency, days, from_minute, to_minute, time_zone,
                     max_calls, enabled)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::int[], $6::bigint[], $7::text[], $8::smallint[],
                       $9::smallint[], $10::smallint[], $11::text[], $12::int[], $13::boolean[])
  ON CONFLICT (prefix, trunk_id, days, from_minute, to_minute, time_zone) DO UPDATE
    SET priority = excluded.priority, weight = excluded.weight, cost_micro = excluded.cost_micro,
        currency = excluded.currency, max_calls = excluded.max_calls, enabled = excluded.enabled
  RETURNING id, xmax = 0 AS added`;

const columnsOf = (routes: readonly RouteRow[]): readonly unknown[] => [
  routes.map(() => newId()),
  routes.map(({ prefix }) => prefix),
  routes.map(({ trunkId }) => trunkId),
  routes.map(({ priority }) => priority),
  routes.map(({ weight }) => weight),
  routes.map(({ costMicro }) => costMicro),
  routes.map(({ currency }) => currency),
  routes.map(({ days }) => days),
  routes.map(({ fromMinute }) => fromMinute),
  routes.map(({ toMinute }) => toMinute),
  routes.map(({ timeZone }) => timeZone),
  routes.map(({ maxCalls }) => maxCalls),
  routes.map(({ enabled }) => enabled),
];

const DRY_RUN = failure('route-file.dry-run', 'rolled back on purpose', { hint: 'send it without dryRun' });

const tooLarge = () =>
  failure('route-file.too-large', `the file has more than ${MOST_ROWS} rows`, { hint: 'import it in parts' });
