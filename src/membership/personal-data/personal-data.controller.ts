import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Attempts, SIGN_IN } from '../../infra/http/access/attempts.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { cookieName, cookieOptions } from '../../infra/http/access/session-cookie.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure } from '../../kernel/result.js';
import { currentPassword } from '../accounts/account.fields.js';
import { Accounts, wrongPassword } from '../accounts/accounts.service.js';
import { STAFF } from '../people/company-roles.js';
import { PersonalDataOfAccounts } from './personal-data.service.js';

const asked = z.strictObject({ password: currentPassword });
const erasure = z.strictObject({ password: currentPassword, confirm: z.literal('erase') });

/** What is kept of oneself: to take along, or to be erased. The password is asked again for both. */
@Controller('v1/me')
export class OwnDataController {
  constructor(
    private readonly accounts: Accounts,
    private readonly data: PersonalDataOfAccounts,
    private readonly attempts: Attempts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('exports')
  @LimitedInside(SIGN_IN)
  @HttpCode(200)
  @Policy('me.data')
  async export(
    @CurrentPrincipal() { accountId }: Principal,
    @Body({ schema: asked }) { password }: z.output<typeof asked>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.sure(accountId, password, request);
    response
      .set('cache-control', 'no-store')
      .set('content-disposition', 'attachment; filename="anydial-export.json"');
    return this.data.exportOf(accountId);
  }

  @Post('erasure')
  @LimitedInside(SIGN_IN)
  @HttpCode(204)
  @Policy('me.data')
  async erase(
    @CurrentPrincipal() { accountId, roles }: Principal,
    @Body({ schema: erasure }) { password }: z.output<typeof erasure>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sure(accountId, password, request);
    if (roles.some((role) => STAFF.includes(role))) orProblem(err(staff));
    orProblem(await this.data.erase(accountId));
    response.clearCookie(cookieName(this.config), cookieOptions(this.config));
  }

  private async sure(accountId: string, password: string, request: Request): Promise<void> {
    await this.attempts.orTooMany(SIGN_IN, accountId, request);
    if (!(await this.accounts.passwordIs(accountId, password))) orProblem(err(wrongPassword));
  }
}

const staff = failure('account.not-allowed', 'An account of the staff is not erased by itself.', {
  hint: 'ask another operator to take its roles first',
});
