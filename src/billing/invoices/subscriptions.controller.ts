import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err } from '../../kernel/result.js';
import { accountScopeOf, mayRead } from '../account-scope.js';
import { accountUnknown } from '../billing.failures.js';
import { accountNumber, positiveMoney } from '../requests.js';
import { addSubscription, endSubscription, listSubscriptions } from './subscriptions.service.js';

const subscription = z.strictObject({
  about: z.string().trim().min(1).max(200),
  /** A whole month's. */
  fee: positiveMoney,
  startedOn: z.iso.date(),
  memberId: z.uuid().nullable().default(null),
});
const list = pageQuery(z.uuid());
const end = z.strictObject({ endedOn: z.iso.date() });

/** Fees that come back every month. */
@Controller('v1')
export class SubscriptionsController {
  constructor(private readonly db: Db) {}

  @Get('accounts/:id/subscriptions')
  @Policy('invoices.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    if (!mayRead(await accountScopeOf(this.db, principal), account)) orProblem(err(accountUnknown()));
    const found = await listSubscriptions(this.db, account, { count: limit + 1, after: cursor });
    return pageOf(found, limit, ({ id }) => id);
  }

  @Post('accounts/:id/subscriptions')
  @Policy('invoices.manage')
  @Idempotent()
  async add(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Body({ schema: subscription }) wanted: z.output<typeof subscription>,
  ) {
    const wish = { account, ...wanted, createdBy: principal.accountId };
    const id = orProblem(await this.db.inTx((tx) => addSubscription(tx, wish)));
    return (await listSubscriptions(this.db, account, { only: id }))[0];
  }

  /** The day of the end is not charged any more. */
  @Post('subscriptions/:id/end')
  @HttpCode(204)
  @Policy('invoices.manage')
  @Idempotent()
  async end(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: end }) { endedOn }: z.output<typeof end>,
  ): Promise<void> {
    orProblem(await this.db.inTx((tx) => endSubscription(tx, id, endedOn)));
  }
}
