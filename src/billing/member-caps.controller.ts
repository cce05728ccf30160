import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { type Page, pageOf, pageQuery } from '../infra/http/page.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { type Currency, formatAmount, money, parseMoney } from '../kernel/money.js';
import { err, failure } from '../kernel/result.js';
import { accountScopeOf, mayRead } from './account-scope.js';
import { standingOf } from './accounts.service.js';
import { accountUnknown } from './billing.failures.js';
import { accountNumber, amountText } from './requests.js';

/** What a member may spend a day (UTC) of an account that others share with him. */
export interface MemberCapView {
  readonly memberId: string;
  readonly dailyCap: string;
  readonly spentToday: string;
  readonly currency: string;
}

interface CapRow {
  readonly memberId: string;
  readonly cap: string;
  readonly spent: string;
}

const cap = z.strictObject({ dailyCap: amountText });
const listed = pageQuery(z.uuid());

const LIST = `
  SELECT c.member_id AS "memberId", c.daily_cap_micros AS cap,
         CASE WHEN c.spent_on = (now() AT TIME ZONE 'UTC')::date THEN c.spent_micros ELSE 0 END AS spent
    FROM member_cap c JOIN payer p USING (member_id)
   WHERE p.account_id = $1 AND ($2::uuid IS NULL OR c.member_id > $2) ORDER BY c.member_id LIMIT $3`;

/** What was charged to him today before there was a cap counts, too. */
const SET = `
  INSERT INTO member_cap (member_id, daily_cap_micros, spent_on, spent_micros)
  SELECT p.member_id, $3, today, (SELECT coalesce(sum(amount_micros), 0) FROM charge
           WHERE account_id = $1 AND member_id = $2 AND revision = 0 AND answered_at >= today AT TIME ZONE 'UTC')
    FROM payer p, (SELECT (now() AT TIME ZONE 'UTC')::date AS today) d WHERE p.member_id = $2 AND p.account_id = $1
  ON CONFLICT (member_id) DO UPDATE SET daily_cap_micros = excluded.daily_cap_micros`;

/** Limits of single members within a company, below the account's own. */
@Controller('v1/accounts/:id/member-caps')
export class MemberCapsController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('ledger.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Query({ schema: listed }) { limit, cursor }: z.output<typeof listed>,
  ): Promise<Page<MemberCapView>> {
    const currency = await this.currencyOf(principal, account);
    const rows = await this.db.rows<CapRow>(LIST, [account, cursor ?? null, limit + 1]);
    const amount = (micros: string) => formatAmount(money(BigInt(micros), currency));
    const shown = rows.map(({ memberId, cap, spent }) => ({
      memberId,
      dailyCap: amount(cap),
      spentToday: amount(spent),
      currency,
    }));
    return pageOf(shown, limit, ({ memberId }) => memberId);
  }

  /** From his next call on; a call that talks is not cut by it before its next slice. */
  @Put(':memberId')
  @HttpCode(204)
  @Policy('member-caps.manage')
  async set(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Param('memberId', { schema: z.uuid() }) memberId: string,
    @Body({ schema: cap }) { dailyCap }: z.output<typeof cap>,
  ): Promise<void> {
    const currency = await this.currencyOf(principal, account);
    const { micros } = orProblem(parseMoney(dailyCap, currency));
    if ((await this.db.run(SET, [account, memberId, micros])) === 0) orProblem(err(notHere));
  }

  /** From then on the account's own limits count alone. */
  @Delete(':memberId')
  @HttpCode(204)
  @Policy('member-caps.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: accountNumber }) account: bigint,
    @Param('memberId', { schema: z.uuid() }) memberId: string,
  ): Promise<void> {
    await this.currencyOf(principal, account);
    const gone = await this.db.run(
      'DELETE FROM member_cap c USING payer p WHERE c.member_id = $2 AND p.member_id = $2 AND p.account_id = $1',
      [account, memberId],
    );
    if (gone === 0) orProblem(err(notHere));
  }

  private async currencyOf(principal: Principal, account: bigint): Promise<Currency> {
    const known = mayRead(await accountScopeOf(this.db, principal), account);
    const standing = known ? await standingOf(this.db, account) : undefined;
    return standing === undefined ? orProblem(err(accountUnknown())) : standing.credit.currency;
  }
}

const notHere = failure('member-cap.not-found', 'No calls of such a member are paid by this account.', {
  hint: 'GET /v1/accounts/:id/member-caps lists the limits that there are',
});
