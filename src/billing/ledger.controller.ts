import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../config.js';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { Idempotent } from '../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../infra/http/page.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { Proposals } from '../infra/http/proposals/proposals.service.js';
import { formatAmount, formatMoney, parseMoney } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import { accountScopeOf, accountsIn, mayRead } from './account-scope.js';
import { chargesOf, statementOf } from './account-statement.service.js';
import { listAccounts, type Standing, setLimits, standingOf } from './accounts.service.js';
import { type AccountFailure, accountUnknown } from './billing.failures.js';
import { takesTwo } from './domain/one-person-limits.js';
import { bookPayment } from './payments.service.js';
import { CREDIT_LIMIT, PAYMENT_BOOKED } from './proposals/billing-kinds.js';
import { amountText, accountNumber as id, positiveMoney } from './requests.js';

const entriesQuery = pageQuery(z.string().regex(/^\d{1,19}$/));
const chargesQuery = pageQuery(z.strictObject({ answeredAt: z.iso.datetime(), callId: z.uuid() }));
const limits = z.strictObject({ creditLimit: amountText, dailyCap: amountText.nullable() });
const plainText = z
  .string()
  .regex(/^[^\p{Cc}"\\]{1,90}$/u, 'must be 1 to 90 characters on one line, without " and \\');
const payment = z.strictObject({
  money: positiveMoney,
  /** The bank account's name, and the payment's own reference there: booked once. */
  bank: plainText,
  reference: plainText,
});

@Controller('v1/accounts')
export class LedgerController {
  constructor(
    private readonly db: Db,
    private readonly proposals: Proposals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One's own accounts, or all payers' for staff. */
  @Get()
  @Policy('ledger.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: entriesQuery }) { limit, cursor }: z.output<typeof entriesQuery>,
  ) {
    const scope = accountsIn(await accountScopeOf(this.db, principal));
    const found = await listAccounts(this.db, scope, { limit: limit + 1, after: cursor });
    return pageOf(found, limit, (account) => account.id);
  }

  @Get(':id')
  @Policy('ledger.read')
  async standing(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) account: bigint) {
    return viewOf(await this.own(principal, account));
  }

  @Get(':id/entries')
  @Policy('ledger.read')
  async entries(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) account: bigint,
    @Query({ schema: entriesQuery }) { limit, cursor }: z.output<typeof entriesQuery>,
  ) {
    await this.own(principal, account);
    const found = await statementOf(this.db, account, { limit: limit + 1, before: cursor });
    return pageOf(found, limit, ({ postingId }) => postingId);
  }

  @Get(':id/charges')
  @Policy('ledger.read')
  async charges(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) account: bigint,
    @Query({ schema: chargesQuery }) { limit, cursor }: z.output<typeof chargesQuery>,
  ) {
    await this.own(principal, account);
    const found = await chargesOf(this.db, account, { limit: limit + 1, before: cursor });
    return pageOf(found, limit, ({ answeredAt, callId }) => ({
      answeredAt: answeredAt.toISOString(),
      callId,
    }));
  }

  /** A credit limit that is raised above what one person may give away is proposed (202). */
  @Put(':id/limits')
  @Policy('ledger.manage')
  async limits(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) account: bigint,
    @Body({ schema: limits }) wanted: z.output<typeof limits>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const standing = orProblem(await this.find(account));
    const { currency } = standing.credit;
    const creditLimit = orProblem(parseMoney(wanted.creditLimit, currency));
    const dailyCap =
      wanted.dailyCap === null ? null : orProblem(parseMoney(wanted.dailyCap, currency)).micros;
    if (
      creditLimit.micros > standing.creditLimit.micros &&
      takesTwo(this.config.onePersonLimits, creditLimit)
    ) {
      const wish = {
        account: String(account),
        creditLimitMicros: String(creditLimit.micros),
        dailyCapMicros: dailyCap === null ? null : String(dailyCap),
      };
      const about = `credit limit of account ${account}: ${formatMoney(creditLimit)}`;
      const kind = { kind: CREDIT_LIMIT, subject: String(account), about, wish };
      const proposal = await this.db.inTx((tx) =>
        this.proposals.propose(tx, { ...kind, proposedBy: principal.accountId }),
      );
      response.status(202);
      return { ...viewOf(standing), proposal: orProblem(proposal) };
    }
    await this.db.inTx((tx) =>
      setLimits(tx, account, {
        creditLimitMicros: creditLimit.micros,
        dailyCapMicros: dailyCap ?? undefined,
      }),
    );
    return viewOf(orProblem(await this.find(account)));
  }

  /** Books a payment that came in: Dr bank / Cr account, once per bank and reference. A large one is proposed (202). */
  @Post(':id/payments')
  @HttpCode(200)
  @Policy('ledger.manage')
  @Idempotent()
  async payment(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) account: bigint,
    @Body({ schema: payment }) { money, bank, reference }: z.output<typeof payment>,
    @Res({ passthrough: true }) response: Response,
  ) {
    if (takesTwo(this.config.onePersonLimits, money)) {
      const standing = orProblem(await this.find(account));
      const wish = { money: { amount: formatAmount(money), currency: money.currency }, bank, reference };
      const proposal = await this.db.inTx((tx) =>
        this.proposals.propose(tx, {
          kind: PAYMENT_BOOKED,
          subject: `${account} ${bank} ${reference}`,
          about: `${formatMoney(money)} by ${bank} ${reference} onto account ${account}`,
          wish: { ...wish, account: String(account) },
          proposedBy: principal.accountId,
        }),
      );
      response.status(202);
      return { ...viewOf(standing), proposal: orProblem(proposal) };
    }
    orProblem(
      await this.db.inTx((tx) => bookPayment(tx, account, { money, bank, reference, at: new Date() })),
    );
    return viewOf(orProblem(await this.find(account)));
  }

  /** Somebody else's account is unknown to a company or a member. */
  private async own(principal: Principal, account: bigint): Promise<Standing> {
    if (!mayRead(await accountScopeOf(this.db, principal), account)) orProblem(err(accountUnknown()));
    return orProblem(await this.find(account));
  }

  private async find(account: bigint): Promise<Result<Standing, AccountFailure>> {
    const standing = await standingOf(this.db, account);
    return standing === undefined ? err(accountUnknown()) : ok(standing);
  }
}

const viewOf = (standing: Standing) => ({
  currency: standing.credit.currency,
  credit: formatAmount(standing.credit),
  held: formatAmount(standing.held),
  creditLimit: formatAmount(standing.creditLimit),
  available: formatAmount(standing.available),
});
