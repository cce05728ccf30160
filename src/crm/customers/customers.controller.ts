import { Body, Controller, Get, Param, Patch, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { countryCode, languageTag, oneLine, partyNumber, timeZone, uuid } from '../fields.js';
import { seenByCaller } from '../signed-in.js';
import { CUSTOMERS } from './customer.rows.js';
import { callsOf, viewOfCustomer } from './customer-view.js';
import { listCustomers } from './customers.query.js';
import { cardOf, customerUnknown, seenCustomer } from './customers.service.js';
import { partyOfQueueCall } from './queue-party.js';

const list = pageQuery(z.tuple([z.iso.datetime().nullable(), z.uuid()])).extend({
  /** The beginning of a name, or of a number. */
  q: oneLine(100).optional(),
  country: countryCode.optional(),
  language: languageTag.optional(),
});
const calls = pageQuery(z.uuid());
const changes = z
  .strictObject({
    name: oneLine(200).nullable(),
    language: languageTag.nullable(),
    country: countryCode.nullable(),
    timeZone: timeZone.nullable(),
    email: z.email().max(254).nullable(),
  })
  .partial();

/** The customers of one's company's centre; all for the operator's staff. */
@Controller('v1')
export class CustomersController {
  constructor(private readonly db: Db) {}

  @Get('customers')
  @Policy('customers.read')
  async list(@CurrentPrincipal() principal: Principal, @Query({ schema: list }) wish: z.output<typeof list>) {
    const { limit, cursor, ...filter } = wish;
    const found = await listCustomers(this.db, seenByCaller(principal), filter, cursor, limit + 1);
    return pageOf(found, limit, ({ lastCallAt, id }) => [lastCallAt?.toISOString() ?? null, id]);
  }

  @Get('customers/:id')
  @Policy('customers.read')
  async one(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    return viewOfCustomer(this.db, orProblem(await seenCustomer(this.db, seenByCaller(principal), id)));
  }

  @Get('customers/:id/calls')
  @Policy('customers.read')
  async calls(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: calls }) { limit, cursor }: z.output<typeof calls>,
  ) {
    const card = orProblem(await seenCustomer(this.db, seenByCaller(principal), id));
    return pageOf(await callsOf(this.db, card, cursor, limit + 1), limit, (call) => call.id);
  }

  /** What is left out stays; null: not known any more. */
  @Patch('customers/:id')
  @Policy('customers.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changes }) wanted: z.output<typeof changes>,
  ) {
    const card = orProblem(await seenCustomer(this.db, seenByCaller(principal), id));
    const changed = await CUSTOMERS.update(this.db, { id: card.id }, wanted);
    return viewOfCustomer(this.db, orProblem(changed === undefined ? err(customerUnknown()) : ok(changed)));
  }

  /** Who is on the telephone: the customer of a queue call; his card is begun when he has none. */
  @Put('queue-calls/:id/customer')
  @Policy('customers.read')
  async ofQueueCall(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    const seen = seenByCaller(principal);
    const { owner, party, facts } = orProblem(await partyOfQueueCall(this.db, seen, id));
    const card = await this.db.inTx((tx) => cardOf(tx, owner, party, facts));
    return { customer: card === undefined ? null : await viewOfCustomer(this.db, card) };
  }

  /** The customer with that number in one's own centre; his card is begun when there is none. */
  @Put('customers/by-number/:number')
  @Policy('customers.manage')
  async byNumber(
    @CurrentPrincipal() principal: Principal,
    @Param('number', { schema: partyNumber }) number: string,
  ) {
    const { own } = seenByCaller(principal);
    const card = await this.db.inTx((tx) => cardOf(tx, own, { number, memberId: null }));
    return viewOfCustomer(this.db, orProblem(card === undefined ? err(customerUnknown()) : ok(card)));
  }
}
