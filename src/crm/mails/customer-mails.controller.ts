import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import type { AttemptLimit } from '../../infra/http/access/attempts.js';
import { Limited } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { seenCustomer } from '../customers/customers.service.js';
import { code, plainText, uuid } from '../fields.js';
import { seenByCaller } from '../signed-in.js';
import { composeMail, sendMail } from './customer-mails.service.js';

const list = pageQuery(uuid);
const wish = z.strictObject({
  template: code,
  /** What the agent writes, in place of `{{text}}`. */
  text: plainText(5_000).optional(),
  caseId: uuid.optional(),
});

/** A busy agent's, not a spammer's. */
const SENT: AttemptLimit = { purpose: 'customer-mail', minutes: 60, both: 200, source: 800, subject: 200 };

/** Mail to a customer, in his language, from a template. */
@Controller('v1/customers/:id')
export class CustomerMailsController {
  constructor(
    private readonly db: Db,
    private readonly outgoing: OutgoingMail,
  ) {}

  @Get('mails')
  @Policy('customers.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const { id: customerId } = orProblem(await seenCustomer(this.db, seenByCaller(principal), id));
    const found = await this.db.rows<SentMail>(NEWEST, [customerId, cursor ?? null, limit + 1]);
    return pageOf(found, limit, (mail) => mail.id);
  }

  /** How it would read; nothing is sent. */
  @Post('mail-previews')
  @Policy('customers.manage')
  @Idempotent()
  async preview(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: wish }) wanted: z.output<typeof wish>,
  ) {
    const seen = seenByCaller(principal);
    const card = orProblem(await seenCustomer(this.db, seen, id));
    const { address, language, subject, body } = orProblem(
      await composeMail(this.db, seen, card, principal.email, wanted),
    );
    return { address, language, subject, body };
  }

  @Post('mails')
  @Limited(SENT)
  @Policy('customers.manage')
  @Idempotent()
  async send(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: wish }) wanted: z.output<typeof wish>,
  ) {
    const seen = seenByCaller(principal);
    const card = orProblem(await seenCustomer(this.db, seen, id));
    const composed = orProblem(await composeMail(this.db, seen, card, principal.email, wanted));
    const by = { accountId: principal.accountId, author: principal.email };
    return this.db.inTx((tx) => sendMail(tx, this.outgoing, card, by, composed));
  }
}

interface SentMail {
  readonly id: string;
  readonly template: string;
  readonly language: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly caseId: string | null;
  readonly createdAt: Date;
}

const NEWEST = `
  SELECT id, template, language, address, subject, body, case_id AS "caseId", created_at AS "createdAt" FROM customer_mail
   WHERE customer_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`;
