import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import type { ImportKind } from '../../infra/http/imports/import-kind.js';
import { Imports } from '../../infra/http/imports/imports.service.js';
import { err, failure, ok } from '../../kernel/result.js';
import { slug } from '../fields.js';
import { importRoutes } from './route-import.js';

const options = z.strictObject({
  /** Its other routes, which the file does not name, are removed. */
  replaceTrunk: slug.optional(),
});

const routesImport = (db: Db): ImportKind<z.output<typeof options>> => ({
  kind: 'routes',
  policy: 'network.manage',
  options,
  columns:
    '`prefix`, `trunk`, `cost`, `currency` and those of `GET /v1/routes/export.csv`; all of the file or nothing',
  read: async (run) => {
    const wish = { replaceTrunk: run.options.replaceTrunk, dryRun: false };
    const done = await importRoutes({ rows: db.rows.bind(db), inTx: run.inTx }, wish, run.file);
    if (!done.ok) return done;
    if (!('badRows' in done.value)) {
      const { rows } = done.value;
      await run.inTx((tx) => run.note(tx, { good: rows, bad: 0 }, []));
      return ok({ ...done.value });
    }
    const { badRows } = done.value;
    await run.inTx((tx) => run.note(tx, { good: 0, bad: badRows.length }, badRows));
    return err(hasBadRows(badRows.length));
  },
});

@Injectable()
export class RouteImports {
  constructor(imports: Imports, db: Db) {
    imports.register(routesImport(db));
  }
}

const hasBadRows = (count: number) =>
  failure('route-file.has-bad-rows', `${count} rows cannot be read; nothing was changed.`, {
    hint: 'GET /v1/imports/:id/bad-rows names them',
  });
