import { Body, Controller, Get, HttpCode, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { type Currency, formatAmount, money, parseMoney } from '../kernel/money.js';
import { err } from '../kernel/result.js';
import { accountScopeOf, mayRead } from './account-scope.js';
import { standingOf } from './accounts.service.js';
import {
  allowancesOf,
  listDefaultCaps,
  listRanges,
  setAllowances,
  setDefaultCap,
  setRange,
} from './barring.service.js';
import { accountUnknown } from './billing.failures.js';
import { guardedKinds } from './domain/barring.js';
import { accountNumber, amountText, currencyCode } from './requests.js';

const allowances = z.strictObject({ kinds: z.array(z.enum(guardedKinds)).max(guardedKinds.length) });
const prefix = z.string().regex(/^[1-9]\d{0,14}$/, 'must be E.164 digits without +');
const range = z.strictObject({
  kind: z.enum([...guardedKinds, 'open']),
  about: z.string().trim().min(1).max(200),
});
const cap = z.strictObject({ dailyCap: amountText });

/** What keeps a stolen password cheap. */
@Controller('v1')
export class PayerProtectionController {
  constructor(private readonly db: Db) {}

  @Get('accounts/:id/allowances')
  @Policy('ledger.read')
  async allowances(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
  ) {
    const known = mayRead(await accountScopeOf(this.db, principal), account);
    if (!known || (await standingOf(this.db, account)) === undefined) orProblem(err(accountUnknown()));
    return { kinds: [...(await allowancesOf(this.db, account))].toSorted() };
  }

  @Put('accounts/:id/allowances')
  @Policy('ledger.manage')
  async allow(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Body({ schema: allowances }) { kinds }: z.output<typeof allowances>,
  ) {
    if ((await standingOf(this.db, account)) === undefined) orProblem(err(accountUnknown()));
    await this.db.inTx((tx) => setAllowances(tx, account, kinds, principal.accountId));
    return this.allowances(principal, account);
  }

  @Get('guarded-ranges')
  @Policy('rate-decks.read')
  async ranges() {
    return { items: await listRanges(this.db) };
  }

  @Put('guarded-ranges/:prefix')
  @HttpCode(204)
  @Policy('ledger.manage')
  async range(
    @Param('prefix', { schema: prefix }) of: string,
    @Body({ schema: range }) wanted: z.output<typeof range>,
  ): Promise<void> {
    await setRange(this.db, { prefix: of, ...wanted });
  }

  @Get('payer-defaults')
  @Policy('rate-decks.read')
  async defaults() {
    const caps = await listDefaultCaps(this.db);
    return {
      items: caps.map(({ currency, micros }) => ({
        currency,
        dailyCap: formatAmount(money(BigInt(micros), currency as Currency)),
      })),
    };
  }

  /** For accounts opened from now on; those that are there keep theirs. */
  @Put('payer-defaults/:currency')
  @HttpCode(204)
  @Policy('ledger.manage')
  async setDefault(
    @Param('currency', { schema: currencyCode }) currency: Currency,
    @Body({ schema: cap }) { dailyCap }: z.output<typeof cap>,
  ): Promise<void> {
    await setDefaultCap(this.db, currency, orProblem(parseMoney(dailyCap, currency)).micros);
  }
}
