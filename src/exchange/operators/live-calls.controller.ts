import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { TariffDesk } from '../../billing/index.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { type LiveCall, type LiveCursor, liveCalls } from './live-calls.query.js';
import { wishFor } from './operator-wishes.js';
import { callOver, callUnknown } from './operators.failures.js';
import { houseOnly, reason } from './operators.fields.js';

const listQuery = pageQuery(z.tuple([z.iso.datetime(), z.uuid()]));
const hangUp = z.strictObject({ reason });

/** Calls in progress, for the house's own people; pages hear of changes by the topic `calls`. */
@Controller('v1/calls')
export class LiveCallsController {
  constructor(
    private readonly db: Db,
    private readonly tariffs: TariffDesk,
  ) {}

  /** Newest first, with what each minute costs. */
  @Get('live')
  @Policy('calls.live')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ): Promise<Page<LiveCall>> {
    houseOnly(principal);
    const found = await liveCalls(this.db, this.tariffs, limit + 1, cursor);
    return pageOf(found, limit, ({ startedAt, id }): LiveCursor => [startedAt.toISOString(), id]);
  }

  /** Ends it for everybody in it; who did it and why is kept. What was talked is charged. */
  @Post(':id/hang-up')
  @HttpCode(202)
  @Policy('calls.hang-up')
  @Idempotent()
  async hangUp(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: hangUp }) { reason: because }: z.output<typeof hangUp>,
  ): Promise<{ readonly callId: string; readonly wishId: string }> {
    houseOnly(principal);
    const wishId = await this.db.inTx(async (tx) => {
      const [call] = await tx.rows<{ node: string; ended: boolean }>(
        'SELECT node, ended_at IS NOT NULL AS ended FROM call WHERE id = $1',
        [id],
      );
      const { node, ended } = orProblem(call === undefined ? err(callUnknown(id)) : ok(call));
      orProblem(ended ? err(callOver(id)) : ok(undefined));
      return wishFor(this.db, tx, {
        kind: 'hang-up',
        callId: id,
        node,
        accountId: principal.accountId,
        reason: because,
      });
    });
    return { callId: id, wishId };
  }
}
