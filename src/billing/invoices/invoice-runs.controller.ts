import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { event } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import { SlowWork } from '../../infra/db/slow-work.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ok } from '../../kernel/result.js';
import { deckId } from '../requests.js';
import { findRun, planRun, retryRun } from './invoice-runs.service.js';

const run = z.strictObject({
  sellerId: deckId,
  /** `2026-10`. */
  month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'must be a month like 2026-10'),
});

/** A month's invoices of one seller. The worker runs the month that just ended by itself; this is for what it missed. */
@Controller('v1/invoice-runs')
export class InvoiceRunsController {
  constructor(
    private readonly db: Db,
    private readonly slow: SlowWork,
    private readonly outbox: Outbox,
  ) {}

  @Post()
  @HttpCode(202)
  @Policy('invoices.manage')
  @Idempotent()
  async plan(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: run }) { sellerId, month }: z.output<typeof run>,
  ) {
    const wish = { sellerId, day: `${month}-01`, askedBy: principal.accountId };
    const planned = await this.slow.inTx(async (tx) => {
      const id = await planRun(tx, wish);
      if (id.ok) await this.outbox.add(tx, event('invoice-run.planned', { runId: id.value }));
      return id;
    });
    return orProblem(await findRun(this.db, orProblem(planned)));
  }

  @Get(':id')
  @Policy('invoices.manage')
  async find(@Param('id', { schema: z.uuid() }) id: string) {
    return orProblem(await findRun(this.db, id));
  }

  /** Tries again what was blocked. */
  @Post(':id/retry')
  @HttpCode(202)
  @Policy('invoices.manage')
  @Idempotent()
  async retry(@Param('id', { schema: z.uuid() }) id: string) {
    const retried = await this.db.inTx(async (tx) => {
      const done = await retryRun(tx, id);
      if (!done.ok) return done;
      await this.outbox.add(tx, event('invoice-run.planned', { runId: id }));
      return ok(undefined);
    });
    orProblem(retried);
    return orProblem(await findRun(this.db, id));
  }
}
