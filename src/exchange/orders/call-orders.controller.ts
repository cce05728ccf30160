import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { err, failure, ok } from '../../kernel/result.js';
import { noHouse, orderUnknown } from './call-orders.failures.js';
import {
  houseAccount,
  type OrderCursor,
  type OrderOfDesk,
  orderOf,
  ordersBefore,
  setHouseAccount,
} from './call-orders.query.js';

const uuid = z.uuid();
const listQuery = pageQuery(z.tuple([z.iso.datetime(), uuid])).extend({
  state: z.enum(['waiting', 'taken', 'ended', 'refused']).optional(),
  memberId: uuid.optional(),
});
const house = z.strictObject({ memberId: uuid });

/** Calls that the exchange starts itself, as operators see them. */
@Controller('v1/call-orders')
export class CallOrdersController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('call-orders.read')
  async list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<OrderOfDesk>> {
    const { limit, cursor, ...filter } = query;
    const found = await ordersBefore(this.db, filter, limit + 1, cursor);
    return pageOf(found, limit, ({ createdAt, orderId }): OrderCursor => [createdAt.toISOString(), orderId]);
  }

  /** Whose account the house's own is. */
  @Get('house')
  @Policy('call-orders.read')
  async house() {
    const memberId = await houseAccount(this.db);
    return orProblem(memberId === undefined ? err(noHouse()) : ok({ memberId }));
  }

  @Put('house')
  @Policy('call-orders.manage')
  async setHouse(@Body({ schema: house }) { memberId }: z.output<typeof house>) {
    const set = await setHouseAccount(this.db, memberId);
    const unknown = failure('call-order.no-company', `There is no active company ${memberId}.`, {
      hint: 'the house is a company of its own, with an account and a deck like any other',
    });
    return orProblem(set ? ok({ memberId }) : err(unknown));
  }

  @Get(':id')
  @Policy('call-orders.read')
  async one(@Param('id', { schema: uuid }) id: string): Promise<OrderOfDesk> {
    const found = await orderOf(this.db, id);
    return orProblem(found === undefined ? err(orderUnknown(id)) : ok(found));
  }
}
