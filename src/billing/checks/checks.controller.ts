import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { SlowWork } from '../../infra/db/slow-work.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import { instant } from '../requests.js';
import { findingsOf, reportsOf } from './check-reports.service.js';
import { runChecks } from './checks.service.js';

const list = pageQuery(z.uuid());
const findings = pageQuery(z.number().int().positive()).extend({ check: z.string().max(40).optional() });
const LONGEST_MS = 400 * 86_400_000;
const span = z
  .strictObject({ from: instant, to: instant })
  .refine(({ from, to }) => to > from && to.getTime() - from.getTime() <= LONGEST_MS, {
    path: ['to'],
    message: 'must be after from, and at most 400 days',
  });

/** What the night checks found. */
@Controller('v1/billing-checks')
export class ChecksController {
  constructor(
    private readonly db: Db,
    private readonly slow: SlowWork,
  ) {}

  @Get()
  @Policy('billing-checks.read')
  async list(@Query({ schema: list }) { limit, cursor }: z.output<typeof list>) {
    return pageOf(await reportsOf(this.db, { limit: limit + 1, before: cursor }), limit, ({ id }) => id);
  }

  /** Runs them now, over any span: what was long ago can be looked at again. */
  @Post()
  @HttpCode(200)
  @Policy('billing-checks.read')
  @Idempotent()
  async run(@CurrentPrincipal() principal: Principal, @Body({ schema: span }) wanted: z.output<typeof span>) {
    const { runId } = await runChecks(this.slow.inTx.bind(this.slow), {
      span: wanted,
      askedBy: principal.accountId,
    });
    return this.find(runId);
  }

  @Get(':id')
  @Policy('billing-checks.read')
  async find(@Param('id', { schema: z.uuid() }) id: string) {
    const [report] = await reportsOf(this.db, { limit: 1, id });
    return orProblem(report === undefined ? err(runUnknown(id)) : ok(report));
  }

  /** The rows that break what must hold. */
  @Get(':id/findings')
  @Policy('billing-checks.read')
  async findings(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: findings }) { limit, cursor, check }: z.output<typeof findings>,
  ) {
    await this.find(id);
    const found = await findingsOf(this.db, id, { limit: limit + 1, after: cursor ?? 0, check });
    return pageOf(found, limit, ({ line }) => line);
  }
}

const runUnknown = (id: string) =>
  failure('billing-check.unknown', `there was no run ${id}`, { hint: 'GET /v1/billing-checks lists them' });
