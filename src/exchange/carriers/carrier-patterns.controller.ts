import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { newId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import { country, slug } from '../fields.js';
import { exists, unknown } from '../network/network.failures.js';
import { changePlan } from '../plan/plan-change.js';
import { PATTERNS } from './carriers.rows.js';

const pattern = z.strictObject({
  /** Starts with a digit, + or *. */
  prefix: z.string().min(1).max(16),
  /** Of everything dialled. */
  minLength: z.number().int().min(1).max(40),
  maxLength: z.number().int().min(1).max(40),
  /** RE2 syntax (no pattern can hang), for the whole number. */
  regex: z.string().min(1).max(200).nullable().default(null),
  /** Only for callers of these countries. */
  countries: z.array(country).min(1).max(250).nullable().default(null),
});
const uuid = z.uuid();

/** What a carrier's numbers look like. GET /v1/carriers/:id lists them. */
@Controller('v1/carriers/:carrierId/patterns')
export class CarrierPatternsController {
  constructor(private readonly db: Db) {}

  @Post()
  @Policy('carriers.manage')
  @Idempotent()
  async create(
    @Param('carrierId', { schema: slug }) carrierId: string,
    @Body({ schema: pattern }) wanted: z.output<typeof pattern>,
  ) {
    return orProblem(
      await unlessRefused({ '23503': unknown('carrier', carrierId) }, () =>
        changePlan(this.db, async (tx) => {
          const made = await PATTERNS.insert(tx, { id: newId(), carrierId, ...wanted });
          return made === undefined ? err(exists('carrier-pattern', wanted.prefix)) : ok(made);
        }),
      ),
    );
  }

  @Put(':id')
  @Policy('carriers.manage')
  async replace(
    @Param('carrierId', { schema: slug }) carrierId: string,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: pattern }) wanted: z.output<typeof pattern>,
  ) {
    return orProblem(
      await unlessRefused({ '23505': exists('carrier-pattern', wanted.prefix) }, () =>
        changePlan(this.db, async (tx) => {
          const changed = await PATTERNS.update(tx, { id, carrierId }, wanted);
          return changed === undefined ? err(unknown('carrier-pattern', id)) : ok(changed);
        }),
      ),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('carriers.manage')
  async remove(
    @Param('carrierId', { schema: slug }) carrierId: string,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    orProblem(
      await changePlan(this.db, async (tx) =>
        (await PATTERNS.delete(tx, { id, carrierId })) === 1
          ? ok(undefined)
          : err(unknown('carrier-pattern', id)),
      ),
    );
  }
}
