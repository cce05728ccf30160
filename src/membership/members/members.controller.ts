import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { KeyRing } from '../../infra/sealing/key-ring.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok } from '../../kernel/result.js';
import { MEMBERS, type MemberRow } from '../membership.rows.js';
import { ownMember } from '../own-member.js';
import { noteContacts } from './duplicate-keys.js';
import { changedMember, newBranch, newMember } from './member.fields.js';
import { registerMember } from './register.js';

const uuid = z.uuid();
const listQuery = pageQuery(z.tuple([z.uuid()])).extend({
  kind: z.enum(['person', 'company']).optional(),
  status: z.enum(['active', 'suspended', 'closed', 'erased']).optional(),
  /** Its beginning, in any case. */
  name: z.string().trim().min(1).max(100).optional(),
});
const branchQuery = pageQuery(z.tuple([z.uuid()]));

/** Each has telephones of its own; more than one in every country and its large cities is somebody filling our tables. */
const MOST_BRANCHES = 500;

/** Registration, and who is registered. */
@Controller('v1')
export class MembersController {
  constructor(
    private readonly db: Db,
    private readonly keys: KeyRing,
  ) {}

  @Post('members')
  @Policy('members.register')
  @Idempotent()
  async register(
    @CurrentPrincipal() { accountId }: Principal,
    @Body({ schema: newMember }) wanted: z.output<typeof newMember>,
  ): Promise<MemberRow> {
    const registered = await this.db.inTx(async (tx) => {
      const done = await registerMember(tx, { accountId, ...wanted });
      if (!done.ok) return done;
      if (!done.value.made) return err(registeredAlready(wanted.kind));
      await noteContacts(tx, this.keys, done.value.member.id);
      return ok(done.value.member);
    });
    return orProblem(registered);
  }

  @Get('members')
  @Policy('members.list')
  async list(
    @Query({ schema: listQuery }) { limit, cursor, kind, status, name }: z.output<typeof listQuery>,
  ) {
    const rows = await this.db.rows<MemberRow>(LIST, [
      kind ?? null,
      status ?? null,
      name === undefined ? null : `${name.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`,
      cursor?.[0] ?? null,
      limit + 1,
    ]);
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  @Get('members/:memberId')
  @Policy('members.read')
  one(@CurrentPrincipal() principal: Principal, @Param('memberId', { schema: uuid }) memberId: string) {
    return ownMember(this.db, principal, memberId);
  }

  @Patch('members/:memberId')
  @Policy('members.change')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: changedMember }) changes: z.output<typeof changedMember>,
  ) {
    const before = await ownMember(this.db, principal, memberId);
    if (changes.status !== undefined && !principal.roles.includes('operator')) orProblem(err(notYours));
    if (before.status === 'erased') orProblem(err(erased));
    const changed = await MEMBERS.update(this.db, { id: memberId }, changes);
    return changed ?? before;
  }

  @Get('companies/:memberId/branches')
  @Policy('members.read')
  async branches(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Query({ schema: branchQuery }) { limit, cursor }: z.output<typeof branchQuery>,
  ) {
    await ownMember(this.db, principal, memberId);
    const where = { companyId: memberId, kind: 'company' };
    return pageOf(await MEMBERS.page(this.db, where, cursor, limit + 1), limit, ({ id }) => [id]);
  }

  /** A branch is a member of its own: its phones, find-me order and voicemail answer in its country. */
  @Post('companies/:memberId/branches')
  @Policy('members.change')
  @Idempotent()
  async branch(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: newBranch }) wanted: z.output<typeof newBranch>,
  ) {
    const company = await ownMember(this.db, principal, memberId);
    if (company.kind !== 'company' || company.companyId !== null) orProblem(err(noCompany));
    return this.db.inTx(async (tx) => {
      await tx.rows('SELECT FROM member WHERE id = $1 FOR UPDATE', [memberId]);
      const where = { companyId: memberId, kind: 'company' };
      const before = await MEMBERS.page(tx, where, undefined, MOST_BRANCHES);
      if (before.length === MOST_BRANCHES) orProblem(err(tooManyBranches));
      return MEMBERS.insert(tx, { id: newId(), companyId: memberId, ...wanted, kind: 'company' });
    });
  }
}

const LIST = `
  SELECT id, kind, name, language, country, area, status, company_id AS "companyId", created_at AS "createdAt" FROM member
   WHERE ($1::text IS NULL OR kind = $1) AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR lower(name) LIKE $3)
     AND ($4::uuid IS NULL OR id > $4) ORDER BY id LIMIT $5`;

const registeredAlready = (kind: string) =>
  failure('member.exists', `This account is registered as a ${kind} already.`, {
    hint: 'GET /v1/me says as whom',
  });
const notYours = failure('member.forbidden', 'Only an operator suspends or closes a member.', {
  hint: 'leave "status" out',
});
const erased = failure('member.gone', 'This member is erased.', {
  hint: 'nothing is kept of him but what the law requires',
});
const tooManyBranches = failure('branch.too-many', `The company has ${MOST_BRANCHES} branches already.`, {
  hint: 'change one that is not used any more',
});
const noCompany = failure('member.not-allowed', 'Only a company has branches.', {
  hint: 'register a company, and give its id',
});
