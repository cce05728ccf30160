import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  type StreamableFile,
} from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { CSV, csvFile, NDJSON, recordsIn } from '../../infra/http/csv.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { Takes } from '../../infra/http/openapi/takes.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { ProblemError } from '../../infra/http/problem.js';
import type { BadRow } from '../../kernel/csv-file.js';
import { err, failure, ok } from '../../kernel/result.js';
import { slug } from '../fields.js';
import { unknown } from '../network/network.failures.js';
import { ROUTES } from '../network/network.rows.js';
import { prefix, routeTerms } from './route.fields.js';
import { type RouteView, viewOf } from './route.views.js';
import { exportRoutes } from './route-export.js';
import { importRoutes } from './route-import.js';
import { changeRoute, createRoute } from './routes.service.js';

const newRoute = routeTerms.partial().required({ prefix: true, trunkId: true, cost: true, currency: true });
const changedRoute = routeTerms.partial();
const listQuery = pageQuery(z.tuple([prefix, z.uuid()])).extend({
  trunkId: slug.optional(),
  prefix: prefix.optional(),
});
const importQuery = z.strictObject({
  /** Its other routes, which the file does not name, are removed. */
  replaceTrunk: slug.optional(),
  dryRun: z.enum(['true', 'false']).default('false'),
});

const SHOWN_BAD_ROWS = 100;

/** Ways by which numbers leave: longest prefix, then priority, then cost; a CSV for many at once. */
@Controller('v1/routes')
export class RoutesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('network.read')
  async list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<RouteView>> {
    const { limit, cursor, ...where } = query;
    const records = await ROUTES.page(this.db, where, cursor, limit + 1);
    return pageOf(records.map(viewOf), limit, (route) => [route.prefix, route.id]);
  }

  /** All routes, as the file that imports them again. */
  @Get('export.csv')
  @Policy('network.read')
  @AnswersWith('text/csv')
  export(): StreamableFile {
    return csvFile(Readable.from(exportRoutes(this.db)), 'routes.csv');
  }

  /** The body is the CSV file itself (`content-type: text/csv`). All of it or nothing; the rows that are wrong are named. */
  @Post('import')
  @HttpCode(200)
  @Takes(CSV, NDJSON)
  @Policy('network.manage')
  @Idempotent()
  async import(
    @Query({ schema: importQuery }) { replaceTrunk, dryRun }: z.output<typeof importQuery>,
    @Req() request: Request,
  ) {
    const wish = { replaceTrunk, dryRun: dryRun === 'true' };
    const done = orProblem(await importRoutes(this.db, wish, recordsIn(request)));
    if ('badRows' in done) throw hasBadRows(done.badRows);
    return done;
  }

  @Get(':id')
  @Policy('network.read')
  async one(@Param('id', { schema: z.uuid() }) id: string): Promise<RouteView> {
    const record = await ROUTES.one(this.db, { id });
    return orProblem(record === undefined ? err(unknown('route', id)) : ok(viewOf(record)));
  }

  @Post()
  @Policy('network.manage')
  @Idempotent()
  async create(@Body({ schema: newRoute }) wanted: z.output<typeof newRoute>): Promise<RouteView> {
    return viewOf(orProblem(await createRoute(this.db, wanted)));
  }

  @Patch(':id')
  @Policy('network.manage')
  async change(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: changedRoute }) changes: z.output<typeof changedRoute>,
  ): Promise<RouteView> {
    return viewOf(orProblem(await changeRoute(this.db, id, changes)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('network.manage')
  async remove(@Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    orProblem((await ROUTES.delete(this.db, { id })) === 1 ? ok(undefined) : err(unknown('route', id)));
  }
}

/** RFC 6901 pointers: line, then column. */
const hasBadRows = (badRows: readonly BadRow[]): ProblemError =>
  new ProblemError(
    failure('route-file.has-bad-rows', `${badRows.length} rows cannot be read; nothing was changed.`, {
      hint: 'see "errors": the first of them by line and column',
    }),
    {
      errors: badRows
        .slice(0, SHOWN_BAD_ROWS)
        .map(({ line, field, reason }) => ({ pointer: `/${line}/${field}`, detail: reason })),
    },
  );
