import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { type CallCost, costsOfCalls } from '../../billing/index.js';
import { Db } from '../../infra/db/db.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { ownMember } from '../../membership/index.js';
import { callHistory, type HistoryCursor, type OwnCall } from './call-history.js';

const listQuery = pageQuery(z.tuple([z.iso.datetime(), z.uuid()])).extend({
  direction: z.enum(['in', 'out']).optional(),
});

type PricedCall = OwnCall & {
  /** What this member pays for it; null for what costs him nothing or is not rated (yet). */
  readonly cost: CallCost | null;
};

/** A member's calls, made and got, with what each cost him. */
@Controller('v1/members/:memberId/calls')
export class MemberCallsController {
  constructor(private readonly db: Db) {}

  /** Newest first. */
  @Get()
  @Policy('member-calls.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: z.uuid() }) memberId: string,
    @Query({ schema: listQuery }) { limit, cursor, direction }: z.output<typeof listQuery>,
  ): Promise<Page<PricedCall>> {
    await ownMember(this.db, principal, memberId);
    const found = await callHistory(this.db, memberId, { direction, count: limit + 1, after: cursor });
    const page = pageOf(found, limit, ({ startedAt, id }): HistoryCursor => [startedAt.toISOString(), id]);
    const ids = page.items.map(({ id }) => id);
    const costs = await costsOfCalls(this.db, memberId, ids);
    return { ...page, items: page.items.map((call) => ({ ...call, cost: costs.get(call.id) ?? null })) };
  }
}
