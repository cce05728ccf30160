import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { type AttemptLimit, Attempts, SIGN_IN } from '../../infra/http/access/attempts.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import type { UserRole } from '../../infra/http/policies.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import {
  code,
  consent,
  currentPassword,
  email,
  language,
  MAILED,
  password,
  personName,
  TYPED,
  TYPED_TODAY,
} from './account.fields.js';
import { Accounts } from './accounts.service.js';
import { consentsOf, recordConsents } from './consents.js';
import { endSessions, sessionsOf } from './session-list.js';

const uuid = z.uuid();
const profile = z.strictObject({ name: personName.nullable(), language }).partial();
const passwords = z.strictObject({ currentPassword, newPassword: password });
const newEmail = z.strictObject({ email, password: currentPassword });
const typed = z.strictObject({ code });
/** Consents are kept for good: nobody fills our tables with changes of mind. */
const CONSENTED: AttemptLimit = { purpose: 'consent', minutes: 60, both: 30, source: 300, subject: 30 };
const listQuery = pageQuery(z.tuple([z.uuid()]));

interface OwnAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly language: string;
  readonly roles: readonly UserRole[];
  readonly companyId: string | null;
  readonly memberId: string | null;
}

/** One's own account. */
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly db: Db,
    private readonly accounts: Accounts,
    private readonly attempts: Attempts,
  ) {}

  @Patch()
  @Policy('me.manage')
  async change(
    @CurrentPrincipal() { accountId }: Principal,
    @Body({ schema: profile }) changes: z.output<typeof profile>,
  ) {
    const [changed] = await this.db.rows<OwnAccount>(
      `UPDATE user_account SET name = CASE WHEN $2 THEN $3 ELSE name END, language = coalesce($4, language)
        WHERE id = $1 RETURNING id, email, name, language, roles, company_id AS "companyId", member_id AS "memberId"`,
      [accountId, changes.name !== undefined, changes.name ?? null, changes.language ?? null],
    );
    if (changed === undefined) throw new Error('who is signed in has an account');
    return { account: changed };
  }

  @Put('password')
  @LimitedInside(SIGN_IN)
  @HttpCode(204)
  @Policy('me.secure')
  async password(
    @CurrentPrincipal() { accountId, credentialId }: Principal,
    @Body({ schema: passwords }) wanted: z.output<typeof passwords>,
    @Req() request: Request,
  ): Promise<void> {
    await this.attempts.orTooMany(SIGN_IN, accountId, request);
    orProblem(
      await this.accounts.changePassword(accountId, credentialId, wanted.currentPassword, wanted.newPassword),
    );
  }

  @Post('email-changes')
  @LimitedInside(MAILED)
  @HttpCode(202)
  @Policy('me.secure')
  @Idempotent()
  async email(
    @CurrentPrincipal() { accountId }: Principal,
    @Body({ schema: newEmail }) wanted: z.output<typeof newEmail>,
    @Req() request: Request,
  ) {
    await this.attempts.orTooMany(MAILED, accountId, request);
    return orProblem(await this.accounts.changeEmail(accountId, wanted.password, wanted.email));
  }

  @Post('email-changes/:id/confirmation')
  @LimitedInside(TYPED, TYPED_TODAY)
  @HttpCode(200)
  @Policy('me.secure')
  @Idempotent()
  async confirmEmail(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: typed }) { code }: z.output<typeof typed>,
    @Req() request: Request,
  ) {
    await this.attempts.orTooMany(TYPED, id, request);
    await this.attempts.orTooMany(TYPED_TODAY, accountId, request);
    return orProblem(await this.accounts.confirmEmail(accountId, id, code));
  }

  @Get('sessions')
  @Policy('me.secure')
  async sessions(
    @CurrentPrincipal() { accountId, credentialId }: Principal,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ) {
    const found = await sessionsOf(this.db, accountId, limit + 1, cursor?.[0]);
    const page = pageOf(found, limit, ({ id }) => [id]);
    return { ...page, items: page.items.map((one) => ({ ...one, current: one.id === credentialId })) };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @Policy('me.secure')
  async endOne(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    const ended = await endSessions(this.db, accountId, id);
    orProblem(ended === 1 ? ok(undefined) : err(sessionUnknown));
  }

  /** Signs out everywhere, here too. */
  @Delete('sessions')
  @HttpCode(204)
  @Policy('me.secure')
  async endAll(@CurrentPrincipal() { accountId }: Principal): Promise<void> {
    await endSessions(this.db, accountId);
  }

  @Get('consents')
  @Policy('me.read')
  async consents(
    @CurrentPrincipal() { accountId }: Principal,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ) {
    return pageOf(await consentsOf(this.db, accountId, limit + 1, cursor?.[0]), limit, ({ id }) => [id]);
  }

  @Post('consents')
  @LimitedInside(CONSENTED)
  @Policy('me.manage')
  @Idempotent()
  async consent(
    @CurrentPrincipal() { accountId }: Principal,
    @Body({ schema: consent }) wanted: z.output<typeof consent>,
    @Req() request: Request,
  ) {
    await this.attempts.orTooMany(CONSENTED, accountId, request);
    const [recorded] = await recordConsents(this.db, accountId, [wanted]);
    return recorded;
  }
}

const sessionUnknown = failure('session.unknown', 'You have no such session.', {
  hint: 'GET /v1/me/sessions lists them',
});
