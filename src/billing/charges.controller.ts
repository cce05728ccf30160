import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { type Page, pageOf, pageQuery } from '../infra/http/page.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { err } from '../kernel/result.js';
import { accountScopeOf, mayRead } from './account-scope.js';
import { type ChargeLine, chargesOf } from './account-statement.service.js';
import { payerUnknown } from './billing.failures.js';
import { payersOf } from './parties.service.js';

const query = pageQuery(z.strictObject({ answeredAt: z.iso.datetime(), callId: z.uuid() })).extend({
  memberId: z.uuid().optional(),
});

/** What a member's calls cost, whoever pays for them: its own account or its company's. */
@Controller('v1/charges')
export class ChargesController {
  constructor(private readonly db: Db) {}

  /** One's own without `memberId`. */
  @Get()
  @Policy('ledger.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: query }) { limit, cursor, memberId: asked }: z.output<typeof query>,
  ): Promise<Page<ChargeLine>> {
    const memberId = asked ?? principal.memberId;
    const payer = memberId === null ? undefined : (await payersOf(this.db, [memberId])).get(memberId);
    const scope = await accountScopeOf(this.db, principal);
    const mine = scope.kind === 'own' && scope.memberId !== null && memberId === scope.memberId;
    if (memberId === null || payer === undefined || !(mine || mayRead(scope, payer.accountId)))
      return orProblem(err(payerUnknown()));
    const page = { limit: limit + 1, before: cursor, memberId };
    const found = await chargesOf(this.db, payer.accountId, page);
    return pageOf(found, limit, ({ answeredAt, callId }) => ({
      answeredAt: answeredAt.toISOString(),
      callId,
    }));
  }
}
