import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { TableRows } from '../../infra/db/table-rows.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok } from '../../kernel/result.js';
import { oneLine, uuid } from '../fields.js';
import { isSeen, type Owner } from '../owner.js';
import { seenByCaller } from '../signed-in.js';
import { countIn, customersIn, type SegmentFilter, segmentFilter } from './segments.js';

export interface SegmentRow {
  readonly id: string;
  readonly owner: Owner;
  readonly name: string;
  readonly filter: SegmentFilter;
  readonly createdAt: Date;
}
export const SEGMENTS = new TableRows<SegmentRow>(
  'customer_segment',
  ['id'],
  ['id', 'owner', 'name', 'filter', 'createdAt'],
);

const list = pageQuery(z.tuple([z.uuid()]));
const newSegment = z.strictObject({ name: oneLine(100), filter: segmentFilter });

/** Groups of one's customers, as questions. */
@Controller('v1/segments')
export class SegmentsController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('campaigns.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const { own } = seenByCaller(principal);
    return pageOf(await SEGMENTS.page(this.db, { owner: own }, cursor, limit + 1), limit, ({ id }) => [id]);
  }

  @Post()
  @Policy('campaigns.manage')
  @Idempotent()
  async add(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newSegment }) { name, filter }: z.output<typeof newSegment>,
  ) {
    const { own: owner } = seenByCaller(principal);
    const made = await SEGMENTS.insert(this.db, { id: newId(), owner, name, filter });
    return orProblem(made === undefined ? err(taken(name)) : ok(made));
  }

  @Get(':id/customers')
  @Policy('campaigns.read')
  async customers(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const { owner, filter } = await this.own(principal, id);
    return pageOf(await customersIn(this.db, owner, filter, cursor?.[0], limit + 1), limit, (one) => [
      one.id,
    ]);
  }

  @Get(':id/count')
  @Policy('campaigns.read')
  async count(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    const { owner, filter } = await this.own(principal, id);
    return { customers: await countIn(this.db, owner, filter) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('campaigns.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    const segment = await this.own(principal, id);
    await this.db.run('DELETE FROM customer_segment WHERE id = $1', [segment.id]);
  }

  private async own(principal: Principal, id: string): Promise<SegmentRow> {
    const found = await SEGMENTS.one(this.db, { id });
    const seen = found !== undefined && isSeen(seenByCaller(principal), found.owner);
    return orProblem(seen ? ok(found) : err(unknown));
  }
}

export const unknown = failure('segment.unknown', 'There is no such segment.', {
  hint: 'GET /v1/segments lists yours',
});
const taken = (name: string) =>
  failure('segment.taken', `There is a segment ${name} already.`, { hint: 'choose another name' });
