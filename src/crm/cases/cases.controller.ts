import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { PageEvents } from '../../infra/http/events/page-events.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { ok } from '../../kernel/result.js';
import { seenCustomer } from '../customers/customers.service.js';
import { caseMoves } from '../domain/case-states.js';
import { oneLine, plainText, uuid } from '../fields.js';
import { companyOf } from '../owner.js';
import { seenByCaller } from '../signed-in.js';
import {
  type By,
  CASE_EVENTS,
  type CaseRow,
  changeCase,
  listCases,
  moveCase,
  note,
  openCase,
  seenCase,
} from './cases.service.js';

const list = pageQuery(z.uuid()).extend({
  customerId: uuid.optional(),
  /** `me`, or an account. */
  assignee: z.union([z.literal('me'), uuid]).optional(),
  open: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});
const day = z.iso.date();
const newCase = z.strictObject({
  customerId: uuid,
  subject: oneLine(200),
  callId: uuid.nullable().default(null),
  assigneeId: uuid.nullable().default(null),
  dueOn: day.nullable().default(null),
});
const changes = z.strictObject({
  version: z.number().int().positive(),
  subject: oneLine(200).optional(),
  assigneeId: uuid.nullable().optional(),
  dueOn: day.nullable().optional(),
});
const moved = z.strictObject({ move: z.enum(caseMoves), comment: plainText(5_000).nullable().default(null) });
const comment = z.strictObject({ comment: plainText(5_000) });

@Controller('v1')
export class CasesController {
  constructor(
    private readonly db: Db,
    private readonly pages: PageEvents,
  ) {}

  @Get('cases')
  @Policy('customers.read')
  async list(@CurrentPrincipal() principal: Principal, @Query({ schema: list }) wish: z.output<typeof list>) {
    const { limit, cursor, assignee, ...filter } = wish;
    const assigneeId = assignee === 'me' ? principal.accountId : assignee;
    const found = await listCases(
      this.db,
      seenByCaller(principal),
      { ...filter, assigneeId },
      cursor,
      limit + 1,
    );
    return pageOf(found, limit, ({ id }) => id);
  }

  @Post('cases')
  @Policy('customers.manage')
  @Idempotent()
  async open(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newCase }) wanted: z.output<typeof newCase>,
  ) {
    const { owner } = orProblem(await seenCustomer(this.db, seenByCaller(principal), wanted.customerId));
    return this.told(await this.db.inTx((tx) => openCase(tx, byOf(principal), { ...wanted, owner })));
  }

  /** With its history, oldest first. */
  @Get('cases/:id')
  @Policy('customers.read')
  async one(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    const found = orProblem(await seenCase(this.db, seenByCaller(principal), id));
    return { ...found, history: await CASE_EVENTS.all(this.db, { caseId: found.id }) };
  }

  @Patch('cases/:id')
  @Policy('customers.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changes }) { version, ...wanted }: z.output<typeof changes>,
  ) {
    const found = orProblem(await seenCase(this.db, seenByCaller(principal), id));
    return this.told(await this.db.inTx((tx) => changeCase(tx, found, byOf(principal), wanted, version)));
  }

  @Post('cases/:id/moves')
  @Policy('customers.manage')
  @Idempotent()
  async move(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: moved }) { move, comment: said }: z.output<typeof moved>,
  ) {
    const found = orProblem(await seenCase(this.db, seenByCaller(principal), id));
    return this.told(await this.db.inTx((tx) => moveCase(tx, found, byOf(principal), move, said)));
  }

  @Post('cases/:id/comments')
  @Policy('customers.manage')
  @Idempotent()
  async comment(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: comment }) { comment: said }: z.output<typeof comment>,
  ) {
    const found = orProblem(await seenCase(this.db, seenByCaller(principal), id));
    await this.db.inTx((tx) => note(tx, found.id, byOf(principal), 'commented', {}, said));
    return this.told(ok(found));
  }

  /** To whom a case may be given. */
  @Get('desk/colleagues')
  @Policy('customers.read')
  async colleagues(@CurrentPrincipal() principal: Principal) {
    const { own } = seenByCaller(principal);
    const items = await this.db.rows<{ accountId: string; email: string }>(COLLEAGUES, [companyOf(own)]);
    return { items };
  }

  private told(result: Awaited<ReturnType<typeof openCase>>): CaseRow {
    const changed = orProblem(result);
    this.pages.tell({
      at: [{ topic: 'cases', key: changed.owner }],
      type: 'case.changed',
      data: { caseId: changed.id, customerId: changed.customerId, status: changed.status },
    });
    return changed;
  }
}

const byOf = ({ accountId, email }: Principal): By => ({ accountId, author: email });

const COLLEAGUES = `
  SELECT id AS "accountId", email FROM user_account
   WHERE company_id IS NOT DISTINCT FROM $1::uuid AND disabled_at IS NULL
     AND roles && '{operator,support,company-admin,supervisor,agent}'::text[] ORDER BY email LIMIT 500`;
