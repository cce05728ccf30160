import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { err, ok } from '../../kernel/result.js';
import { label, slug, textCursor } from '../fields.js';
import { exists, inUse, unknown } from '../network/network.failures.js';
import { changePlan } from '../plan/plan-change.js';
import { membersWithNumberOf } from './carrier-users.js';
import { CARRIERS, type CarrierView, withPatterns } from './carriers.rows.js';

const terms = z.strictObject({
  name: label,
  trunkId: slug,
  /** `+8270`: valid telephone numbers below it leave by this carrier, the routes being its backup. */
  e164Prefixes: z.array(z.string().max(16)).max(1_000),
  /** `carrier.example`: its SIP users. */
  domains: z.array(z.string().max(253)).max(100),
  enabled: z.boolean(),
});
const newCarrier = terms.partial().required({ name: true, trunkId: true }).extend({ id: slug });
const changedCarrier = terms.partial();
const listQuery = pageQuery(textCursor);

/** Other companies' number systems. Each change is compiled with the whole number plan, and refused if it does not fit. */
@Controller('v1/carriers')
export class CarriersController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('carriers.read')
  async list(
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ): Promise<Page<CarrierView>> {
    const found = await CARRIERS.page(this.db, {}, cursor, limit + 1);
    return pageOf(await withPatterns(this.db, found), limit, ({ id }) => [id]);
  }

  @Get(':id')
  @Policy('carriers.read')
  async one(@Param('id', { schema: slug }) id: string): Promise<CarrierView> {
    const carriers = await withPatterns(this.db, await CARRIERS.all(this.db, { id }));
    return orProblem(carriers[0] === undefined ? err(unknown('carrier', id)) : ok(carriers[0]));
  }

  @Post()
  @Policy('carriers.manage')
  @Idempotent()
  async create(@Body({ schema: newCarrier }) wanted: z.output<typeof newCarrier>): Promise<CarrierView> {
    const made = await unlessRefused({ '23503': unknown('trunk', wanted.trunkId) }, () =>
      changePlan(this.db, async (tx) => {
        const carrier = await CARRIERS.insert(tx, wanted);
        return carrier === undefined ? err(exists('carrier', wanted.id)) : ok(carrier);
      }),
    );
    return { ...orProblem(made), patterns: [] };
  }

  @Patch(':id')
  @Policy('carriers.manage')
  async change(
    @Param('id', { schema: slug }) id: string,
    @Body({ schema: changedCarrier }) changes: z.output<typeof changedCarrier>,
  ): Promise<CarrierView> {
    const changed = await unlessRefused({ '23503': unknown('trunk', changes.trunkId ?? '') }, () =>
      changePlan(this.db, async (tx) => {
        const carrier = await CARRIERS.update(tx, { id }, changes);
        return carrier === undefined ? err(unknown('carrier', id)) : ok(carrier);
      }),
    );
    const [carrier] = await withPatterns(this.db, [orProblem(changed)]);
    return orProblem(carrier === undefined ? err(unknown('carrier', id)) : ok(carrier));
  }

  /** Refused while members have numbers there. */
  @Delete(':id')
  @HttpCode(204)
  @Policy('carriers.manage')
  async remove(@Param('id', { schema: slug }) id: string): Promise<void> {
    const removed = await changePlan(this.db, async (tx) => {
      const users = await membersWithNumberOf(tx, id);
      if (users.length > 0) return err(inUse('carrier', id, users));
      return (await CARRIERS.delete(tx, { id })) === 1 ? ok(undefined) : err(unknown('carrier', id));
    });
    orProblem(removed);
  }
}
