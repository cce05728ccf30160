import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { type AttemptLimit, Attempts } from '../../infra/http/access/attempts.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err } from '../../kernel/result.js';
import { email, language, personName } from '../accounts/account.fields.js';
import type { MemberRow } from '../membership.rows.js';
import { memberUnknown, ownMember } from '../own-member.js';
import { roles } from './company-roles.js';
import { Invitations } from './invitations.service.js';
import { changePerson, peopleOf } from './people.service.js';

const uuid = z.uuid();
const listQuery = pageQuery(z.tuple([z.uuid()]));
const changed = z.strictObject({ roles });
const newInvitation = z.strictObject({ email, name: personName, roles, language: language.default('en') });

/** Invitations are mailed to whoever a company names, with its own words in them: nobody writes to strangers by us, over and over. */
const INVITED: AttemptLimit = { purpose: 'invitation', minutes: 60, both: 3, source: 200, subject: 5 };

/** A company's people and whom it invites. */
@Controller('v1/companies/:companyId')
export class PeopleController {
  constructor(
    private readonly db: Db,
    private readonly invitations: Invitations,
    private readonly attempts: Attempts,
  ) {}

  @Get('people')
  @Policy('people.read')
  async people(
    @CurrentPrincipal() principal: Principal,
    @Param('companyId', { schema: uuid }) companyId: string,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ) {
    await this.company(principal, companyId);
    const found = await peopleOf(this.db, companyId, limit + 1, cursor?.[0]);
    return pageOf(found, limit, ({ accountId }) => [accountId]);
  }

  @Patch('people/:accountId')
  @Policy('people.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('companyId', { schema: uuid }) companyId: string,
    @Param('accountId', { schema: uuid }) accountId: string,
    @Body({ schema: changed }) { roles }: z.output<typeof changed>,
  ) {
    await this.company(principal, companyId);
    return orProblem(await this.db.inTx((tx) => changePerson(tx, companyId, accountId, roles)));
  }

  @Delete('people/:accountId')
  @HttpCode(204)
  @Policy('people.manage')
  async letGo(
    @CurrentPrincipal() principal: Principal,
    @Param('companyId', { schema: uuid }) companyId: string,
    @Param('accountId', { schema: uuid }) accountId: string,
  ): Promise<void> {
    await this.company(principal, companyId);
    orProblem(await this.db.inTx((tx) => changePerson(tx, companyId, accountId, undefined)));
  }

  @Get('invitations')
  @Policy('people.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('companyId', { schema: uuid }) companyId: string,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ) {
    await this.company(principal, companyId);
    return pageOf(await this.invitations.list(companyId, limit + 1, cursor?.[0]), limit, ({ id }) => [id]);
  }

  /** The token goes by mail and nowhere else. */
  @Post('invitations')
  @LimitedInside(INVITED)
  @Policy('people.manage')
  @Idempotent()
  async invite(
    @CurrentPrincipal() principal: Principal,
    @Param('companyId', { schema: uuid }) companyId: string,
    @Body({ schema: newInvitation }) wanted: z.output<typeof newInvitation>,
    @Req() request: Request,
  ) {
    const company = await this.company(principal, companyId);
    await this.attempts.orTooMany(INVITED, wanted.email, request);
    return orProblem(await this.invitations.invite(company, principal.accountId, wanted));
  }

  @Delete('invitations/:id')
  @HttpCode(204)
  @Policy('people.manage')
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('companyId', { schema: uuid }) companyId: string,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    await this.company(principal, companyId);
    orProblem(await this.invitations.revoke(companyId, id));
  }

  /** A company itself: branches and persons have no people. */
  private async company(principal: Principal, id: string): Promise<MemberRow> {
    const member = await ownMember(this.db, principal, id);
    const isOne = member.kind === 'company' && member.companyId === null;
    const own = principal.companyId === null || principal.companyId === id;
    return isOne && own ? member : orProblem(err(memberUnknown(id)));
  }
}
