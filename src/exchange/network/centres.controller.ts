import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { err, ok } from '../../kernel/result.js';
import { area, country, label, slug, textCursor } from '../fields.js';
import { exists, mismatch, unknown } from './network.failures.js';
import { CENTRES, type CentreView } from './network.rows.js';

const terms = z.strictObject({
  name: label,
  country,
  /** Area code as written in the country; null: the whole country. */
  area: area.nullable(),
  kind: z.enum(['own', 'partner']),
  /** The partner's trunk; null for our own. */
  trunkId: slug.nullable(),
  enabled: z.boolean(),
});
const newCentre = terms.partial().required({ name: true, country: true, kind: true }).extend({ id: slug });
const changedCentre = terms.partial();
const listQuery = pageQuery(textCursor);

/** Which centre serves a country or an area of it: our own, or a partner company's over its trunk. */
@Controller('v1/centres')
export class CentresController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('network.read')
  async list(
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ): Promise<Page<CentreView>> {
    return pageOf(await CENTRES.page(this.db, {}, cursor, limit + 1), limit, ({ id }) => [id]);
  }

  @Get(':id')
  @Policy('network.read')
  async one(@Param('id', { schema: slug }) id: string): Promise<CentreView> {
    const centre = await CENTRES.one(this.db, { id });
    return orProblem(centre === undefined ? err(unknown('centre', id)) : ok(centre));
  }

  @Post()
  @Policy('network.manage')
  @Idempotent()
  async create(@Body({ schema: newCentre }) wanted: z.output<typeof newCentre>): Promise<CentreView> {
    return orProblem(
      await unlessRefused(refusals(wanted.trunkId), () =>
        this.db.inTx(async (tx) => {
          const made = await CENTRES.insert(tx, wanted);
          return made === undefined ? err(exists('centre', `${wanted.id}, or one for that place`)) : ok(made);
        }),
      ),
    );
  }

  @Patch(':id')
  @Policy('network.manage')
  async change(
    @Param('id', { schema: slug }) id: string,
    @Body({ schema: changedCentre }) changes: z.output<typeof changedCentre>,
  ): Promise<CentreView> {
    return orProblem(
      await unlessRefused(refusals(changes.trunkId), () =>
        this.db.inTx(async (tx) => {
          const changed = await CENTRES.update(tx, { id }, changes);
          return changed === undefined ? err(unknown('centre', id)) : ok(changed);
        }),
      ),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('network.manage')
  async remove(@Param('id', { schema: slug }) id: string): Promise<void> {
    orProblem((await CENTRES.delete(this.db, { id })) === 1 ? ok(undefined) : err(unknown('centre', id)));
  }
}

const refusals = (trunkId: string | null | undefined) => ({
  '23505': exists('centre', 'for that place'),
  '23503': unknown('trunk', trunkId ?? ''),
  '23514': mismatch(
    'centre',
    'A partner centre has a trunk, our own has none.',
    'give kind and trunkId together',
  ),
});
