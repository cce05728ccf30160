import { Readable } from 'node:stream';
import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { csvFile } from '../../infra/http/csv.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { maySeeNumbers } from '../personal.js';
import { reportCalls, reportCallsCsv } from './report-calls.service.js';
import { rangeFields, wishOf } from './report-wish.js';

const agentId = z.uuid().optional();
const list = pageQuery(z.tuple([z.iso.datetime(), z.uuid()])).extend({ ...rangeFields, agentId });
const file = z.strictObject({ ...rangeFields, agentId });

/** The calls behind the sums. */
@Controller('v1/reports')
export class ReportCallsController {
  constructor(private readonly db: Db) {}

  @Get('calls')
  @Policy('reports.read')
  async calls(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: list }) query: z.output<typeof list>,
  ) {
    const { limit, cursor, agentId: agent, ...range } = query;
    const wish = await wishOf(this.db, principal, { ...range, by: 'day' });
    const shown = maySeeNumbers(principal.roles);
    const found = await reportCalls(this.db, { ...wish, agentId: agent }, shown, cursor, limit + 1);
    return pageOf(found, limit, ({ at, id }) => [at.toISOString(), id]);
  }

  @Get('calls.csv')
  @Policy('reports.read')
  @AnswersWith('text/csv')
  async csv(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: file }) { agentId: agent, ...range }: z.output<typeof file>,
  ): Promise<StreamableFile> {
    const wish = await wishOf(this.db, principal, { ...range, by: 'day' });
    const lines = reportCallsCsv(this.db, { ...wish, agentId: agent }, maySeeNumbers(principal.roles));
    return csvFile(Readable.from(lines), `calls-${range.from}-${range.to}.csv`);
  }
}
