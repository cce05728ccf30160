import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { memberOf } from './phone.failures.js';
import { PhoneBook } from './phone-book.service.js';
import { historyOf } from './phone-history.js';

const uuid = z.uuid();
const contact = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Whatever can be dialled: a number in any spelling, a domain, an e-mail or SIP address. */
  target: z
    .string()
    .trim()
    .min(1)
    .max(254)
    .regex(/^[+*#\p{Nd}\s()./-]+$|^\S+[.@:]\S+$/u, 'must be a number, a domain or an address'),
});
const changedContact = contact.partial();
const contactsQuery = pageQuery(z.tuple([z.string().max(100), uuid]));
const historyQuery = pageQuery(z.tuple([z.iso.datetime(), uuid]));

/** Whom one calls, and who called. */
@Controller('v1/phone')
export class PhoneBookController {
  constructor(
    private readonly db: Db,
    private readonly book: PhoneBook,
  ) {}

  @Get('contacts')
  @Policy('phone.use')
  async contacts(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: contactsQuery }) { limit, cursor }: z.output<typeof contactsQuery>,
  ) {
    const found = await this.book.list(orProblem(memberOf(principal)), limit + 1, cursor);
    return pageOf(found, limit, ({ name, id }) => [name, id]);
  }

  @Put('contacts')
  @Policy('phone.use')
  async put(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: contact }) wanted: z.output<typeof contact>,
  ) {
    return orProblem(await this.book.put(orProblem(memberOf(principal)), wanted));
  }

  /** Another name, another target, or both. */
  @Patch('contacts/:id')
  @Policy('phone.use')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changedContact }) changes: z.output<typeof changedContact>,
  ) {
    return orProblem(await this.book.change(orProblem(memberOf(principal)), id, changes));
  }

  @Delete('contacts/:id')
  @HttpCode(204)
  @Policy('phone.use')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    orProblem(await this.book.remove(orProblem(memberOf(principal)), id));
  }

  /** Calls made and got, newest first. */
  @Get('history')
  @Policy('phone.use')
  async history(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: historyQuery }) { limit, cursor }: z.output<typeof historyQuery>,
  ) {
    const found = await historyOf(this.db, orProblem(memberOf(principal)), limit + 1, cursor);
    return pageOf(found, limit, ({ at, id }) => [at.toISOString(), id]);
  }
}
