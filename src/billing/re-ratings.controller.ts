import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { event } from '../events.js';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { Idempotent } from '../infra/http/idempotency/idempotent.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { err, ok } from '../kernel/result.js';
import { reRatingUnknown } from './billing.failures.js';
import { askReRating, findReRating } from './re-rating-run.service.js';
import { instant } from './requests.js';

const span = z
  .strictObject({ from: instant, to: instant })
  .refine(({ from, to }) => to > from, { path: ['to'], message: 'must be after from' });

/** Rates the calls answered in a span anew and posts what differs: after a tariff, a payer or an exchange rate came late. */
@Controller('v1/re-ratings')
export class ReRatingsController {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
  ) {}

  @Post()
  @HttpCode(202)
  @Policy('rate-decks.manage')
  @Idempotent()
  ask(@CurrentPrincipal() principal: Principal, @Body({ schema: span }) wanted: z.output<typeof span>) {
    return this.db.inTx(async (tx) => {
      const asked = await askReRating(tx, wanted, principal.accountId);
      await this.outbox.add(tx, event('re-rating.advanced', asked));
      return findReRating(tx, asked.id);
    });
  }

  @Get(':id')
  @Policy('rate-decks.read')
  async find(@Param('id', { schema: z.uuid() }) id: string) {
    const found = await findReRating(this.db, id);
    return orProblem(found === undefined ? err(reRatingUnknown(id)) : ok(found));
  }
}
