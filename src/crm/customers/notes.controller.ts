import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { plainText, uuid } from '../fields.js';
import { seenByCaller } from '../signed-in.js';
import { NOTES, type NoteRow } from './customer.rows.js';
import { seenCustomer } from './customers.service.js';

const list = pageQuery(z.uuid());
const newNote = z.strictObject({ text: plainText(5_000), callId: uuid.optional() });

/** What agents wrote down of a customer; it stays as it was written. */
@Controller('v1/customers/:id/notes')
export class NotesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('customers.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const card = orProblem(await seenCustomer(this.db, seenByCaller(principal), id));
    const found = await this.db.rows<NoteRow>(NEWEST, [card.id, cursor ?? null, limit + 1]);
    return pageOf(found, limit, (note) => note.id);
  }

  @Post()
  @Policy('customers.manage')
  @Idempotent()
  async add(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: newNote }) { text, callId }: z.output<typeof newNote>,
  ) {
    const { id: customerId, owner } = orProblem(await seenCustomer(this.db, seenByCaller(principal), id));
    const { accountId, email: author } = principal;
    const note = { id: newId(), owner, customerId, callId: callId ?? null, accountId, author, text };
    return NOTES.insert(this.db, note);
  }
}

const NEWEST = `
  SELECT id, customer_id AS "customerId", call_id AS "callId", account_id AS "accountId", author, text, created_at AS "createdAt"
    FROM customer_note WHERE customer_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`;
