import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { type CallCost, costsOfCalls } from '../../billing/index.js';
import { Db } from '../../infra/db/db.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { ownMember } from '../../membership/index.js';
import { type CallCursor, CallsQuery } from '../calls.query.js';
import type { CallView } from '../calls.views.js';

const listQuery = pageQuery(z.tuple([z.iso.datetime(), z.uuid()]));

/** A call as the member who made it sees it: nothing of trunks and causes inside. */
type OwnCall = Pick<
  CallView,
  'id' | 'dialled' | 'called' | 'startedAt' | 'answeredAt' | 'endedAt' | 'endedBy' | 'reason'
> & {
  /** Null for what is not rated (yet): not answered, internal, or waiting for its price. */
  readonly cost: CallCost | null;
};

/** What a member called, with what each call cost, whoever pays for it. */
@Controller('v1/members/:memberId/calls')
export class MemberCallsController {
  constructor(
    private readonly db: Db,
    private readonly calls: CallsQuery,
  ) {}

  /** Newest first. */
  @Get()
  @Policy('member-calls.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: z.uuid() }) memberId: string,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ): Promise<Page<OwnCall>> {
    await ownMember(this.db, principal, memberId);
    const found = await this.calls.list({ memberId }, limit + 1, cursor);
    const page = pageOf(found, limit, ({ startedAt, id }): CallCursor => [startedAt.toISOString(), id]);
    const costs = await costsOfCalls(
      this.db,
      page.items.map(({ id }) => id),
    );
    return { ...page, items: page.items.map((call) => viewOf(call, costs.get(call.id) ?? null)) };
  }
}

const viewOf = (call: CallView, cost: CallCost | null): OwnCall => {
  const { id, dialled, called, startedAt, answeredAt, endedAt, endedBy, reason } = call;
  return { id, dialled, called, startedAt, answeredAt, endedAt, endedBy, reason, cost };
};
