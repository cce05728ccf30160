import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { sourceOf } from '../../infra/http/access/source.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { ProblemError } from '../../infra/http/problem.js';
import { formatAmount } from '../../kernel/money.js';
import { err } from '../../kernel/result.js';
import { accountScopeOf, mayRead } from '../account-scope.js';
import { accountUnknown } from '../billing.failures.js';
import { accountNumber, instant, positiveMoney } from '../requests.js';
import { tooManyVouchers } from './top-up.failures.js';
import { admitAttempt, forgetAttempt, RETRY_AFTER_SECONDS } from './voucher-attempts.js';
import { cancelBatch, findBatch, makeVouchers, redeemVoucher } from './vouchers.service.js';

const MOST_VOUCHERS = 1_000;
const batch = z.strictObject({
  about: z.string().trim().min(1).max(200),
  value: positiveMoney,
  count: z.number().int().min(1).max(MOST_VOUCHERS),
  expiresAt: instant,
});
const redemption = z.strictObject({ code: z.string().min(1).max(60) });

@Controller('v1')
export class VouchersController {
  constructor(private readonly db: Db) {}

  /** The answer is the only place where the codes ever stand. */
  @Post('voucher-batches')
  @Policy('vouchers.manage')
  @Idempotent()
  async make(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: batch }) wanted: z.output<typeof batch>,
    @Res({ passthrough: true }) response: Response,
  ) {
    response.set('cache-control', 'no-store');
    return this.db.inTx((tx) => makeVouchers(tx, { ...wanted, createdBy: principal.accountId }));
  }

  @Get('voucher-batches/:id')
  @Policy('vouchers.manage')
  async find(@Param('id', { schema: z.uuid() }) id: string) {
    return orProblem(await findBatch(this.db, id));
  }

  /** What was not redeemed yet is worth nothing any more. */
  @Delete('voucher-batches/:id')
  @HttpCode(204)
  @Policy('vouchers.manage')
  async cancel(@Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    orProblem(await this.db.inTx((tx) => cancelBatch(tx, id)));
  }

  @Post('accounts/:id/vouchers')
  @LimitedInside('so many wrong codes in an hour for one account (docs/billing.md)')
  @HttpCode(200)
  @Policy('top-ups.make')
  @Idempotent()
  async redeem(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Body({ schema: redemption }) { code: text }: z.output<typeof redemption>,
    @Req() request: Request,
  ) {
    if (!mayRead(await accountScopeOf(this.db, principal), account)) orProblem(err(accountUnknown()));
    const attempt = await admitAttempt(this.db, principal.accountId, sourceOf(request.ip ?? ''));
    if (attempt === undefined)
      throw new ProblemError(tooManyVouchers(), { headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } });
    const wish = { text, account, by: principal.accountId };
    const value = orProblem(await this.db.inTx((tx) => redeemVoucher(tx, wish)));
    await forgetAttempt(this.db, attempt);
    return { amount: formatAmount(value), currency: value.currency };
  }
}
