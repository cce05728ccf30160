import type { Sql } from '../../infra/db/sql.js';
import { csvLine } from '../../kernel/csv.js';
import { ROUTES } from '../network/network.rows.js';
import { ROUTE_HEADER, writeRouteRow } from './route-csv.js';

const PAGE = 5_000;

/** All routes as CSV, page by page: any number, little memory. */
export async function* exportRoutes(sql: Sql): AsyncGenerator<string> {
  yield `${csvLine(ROUTE_HEADER)}\r\n`;
  let after: readonly unknown[] | undefined;
  for (;;) {
    const page = await ROUTES.page(sql, {}, after, PAGE);
    if (page.length > 0) yield page.map((route) => `${csvLine(writeRouteRow(route))}\r\n`).join('');
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = [last.prefix, last.id];
  }
}
