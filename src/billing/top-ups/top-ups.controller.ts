import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { AttemptLimit } from '../../infra/http/access/attempts.js';
import { Limited } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { Proposals } from '../../infra/http/proposals/proposals.service.js';
import { formatAmount, formatMoney } from '../../kernel/money.js';
import { err } from '../../kernel/result.js';
import { accountScopeOf, mayRead } from '../account-scope.js';
import { accountUnknown } from '../billing.failures.js';
import { takesTwo } from '../domain/one-person-limits.js';
import { REFUND } from '../proposals/billing-kinds.js';
import { accountNumber, positiveMoney } from '../requests.js';
import { listDisputes } from './disputes.service.js';
import { advanceRefund, askRefund, refundsOf } from './refunds.service.js';
import { noPort, topUpUnknown } from './top-up.failures.js';
import { TOP_UP_PORT, type TopUpPort } from './top-up-port.js';
import { beginTopUp, findTopUp, listTopUps, type TopUp, topUpView } from './top-ups.service.js';

const list = pageQuery(z.uuid());
const money = z.strictObject({ amount: positiveMoney });

/** Each asks a payment provider. */
const ASKED: AttemptLimit = { purpose: 'top-up', minutes: 60, both: 30, source: 120, subject: 30 };

/** Filling an account up through a payment provider, and giving money back. */
@Controller('v1')
export class TopUpsController {
  constructor(
    private readonly db: Db,
    @Inject(TOP_UP_PORT) private readonly port: TopUpPort | undefined,
    @Inject(CONFIG) private readonly config: Config,
    private readonly proposals: Proposals,
  ) {}

  /** The answer's `redirectUrl` is where the payer pays. */
  @Post('accounts/:id/top-ups')
  @Limited(ASKED)
  @Policy('top-ups.make')
  @Idempotent()
  async begin(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Body({ schema: money }) { amount }: z.output<typeof money>,
  ) {
    await this.ownAccount(principal, account);
    const returnUrl = `${this.config.http.publicUrl}/member/wallet`;
    const wish = { account, amount, askedBy: principal.accountId, returnUrl };
    const id = orProblem(await beginTopUp(this.db.inTx.bind(this.db), this.portOr503(), wish));
    return this.viewOf(await this.own(principal, id));
  }

  @Get('accounts/:id/top-ups')
  @Policy('top-ups.make')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    await this.ownAccount(principal, account);
    const page = pageOf(
      await listTopUps(this.db, account, { limit: limit + 1, before: cursor }),
      limit,
      ({ id }) => id,
    );
    return { ...page, items: page.items.map(topUpView) };
  }

  @Get('accounts/:id/disputes')
  @Policy('top-ups.make')
  async disputes(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    await this.ownAccount(principal, account);
    const found = await listDisputes(this.db, account, { limit: limit + 1, before: cursor });
    return pageOf(found, limit, ({ id }) => id);
  }

  /** Everybody's, newest first. */
  @Get('payment-disputes')
  @Policy('top-ups.refund')
  async allDisputes(@Query({ schema: list }) { limit, cursor }: z.output<typeof list>) {
    const found = await listDisputes(this.db, null, { limit: limit + 1, before: cursor });
    return pageOf(found, limit, ({ id }) => id);
  }

  @Get('top-ups/:id')
  @Policy('top-ups.make')
  async find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: z.uuid() }) id: string) {
    return this.viewOf(await this.own(principal, id));
  }

  /** Back the way it came, from what the account still has. The provider's outcome may come later. */
  @Post('top-ups/:id/refunds')
  @HttpCode(202)
  @Policy('top-ups.refund')
  @Idempotent()
  async refund(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) topUpId: string,
    @Body({ schema: money }) { amount }: z.output<typeof money>,
  ) {
    const port = this.portOr503();
    const inTx = this.db.inTx.bind(this.db);
    const wish = { topUpId, amount, askedBy: principal.accountId };
    if (takesTwo(this.config.onePersonLimits, amount)) {
      const topUp = await this.own(principal, topUpId);
      const proposal = orProblem(
        await inTx((tx) =>
          this.proposals.propose(tx, {
            kind: REFUND,
            subject: topUpId,
            about: `${formatMoney(amount)} of payment ${topUp.id} back the way they came`,
            wish: { topUpId, amount: { amount: formatAmount(amount), currency: amount.currency } },
            proposedBy: principal.accountId,
          }),
        ),
      );
      return { ...(await this.viewOf(topUp)), proposal };
    }
    const id = orProblem(await inTx((tx) => askRefund(tx, wish)));
    await advanceRefund(inTx, this.db, port, id);
    return this.viewOf(await this.own(principal, topUpId));
  }

  private async viewOf(topUp: TopUp) {
    return { ...topUpView(topUp), refunds: await refundsOf(this.db, topUp.id, topUp.amount.currency) };
  }

  private async ownAccount(principal: Principal, account: bigint): Promise<void> {
    if (!mayRead(await accountScopeOf(this.db, principal), account)) orProblem(err(accountUnknown()));
  }

  private async own(principal: Principal, id: string): Promise<TopUp> {
    const topUp = await findTopUp(this.db, id);
    if (topUp === undefined || !mayRead(await accountScopeOf(this.db, principal), topUp.accountId))
      return orProblem(err(topUpUnknown()));
    return topUp;
  }

  private portOr503(): TopUpPort {
    return this.port ?? orProblem(err(noPort()));
  }
}
