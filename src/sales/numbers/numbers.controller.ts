import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { sourceOf } from '../../infra/http/access/source.js';
import { orProblem } from '../../infra/http/answer.js';
import { pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { ProblemError } from '../../infra/http/problem.js';
import { failure } from '../../kernel/result.js';
import { displayOf } from '../../numbering/index.js';
import { type CatalogueProduct, findProduct, pricesView } from '../catalogue/products.service.js';
import type { Product } from '../domain/product.js';
import { reason, warningsView } from '../domain/reasons.js';
import { tierOf } from '../domain/tier.js';
import { readPattern } from '../domain/vanity.js';
import { readWanted, type Wanted } from '../domain/wanted.js';
import { languageQuery } from '../languages.js';
import { country, slug } from '../requests.js';
import { AskingRate } from './asking-rate.js';
import { alternativesTo, availabilityOf } from './availability.service.js';
import { PlanSource } from './plan-source.js';
import { searchNumbers } from './search.service.js';

const MOST_SHOWN = 50;
const search = pageQuery(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)).extend({
  limit: z.coerce.number().int().min(1).max(MOST_SHOWN).default(20),
  product: slug,
  pattern: z.string().max(40).default(''),
  mode: z.enum(['exact', 'contains', 'starts', 'ends']).default('exact'),
  length: z.coerce.number().int().min(3).max(12).default(8),
});
const availability = z.strictObject({
  product: slug,
  number: z.string().min(1).max(40),
  countries: z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(country).max(50))
    .optional(),
  lang: languageQuery,
});

/** Which numbers may be had: for anybody, answered at once, and never who has the others. */
@Controller('v1/shop/numbers')
export class NumbersController {
  private readonly rate = new AskingRate();

  constructor(
    private readonly db: Db,
    private readonly plans: PlanSource,
  ) {}

  @Get()
  @LimitedInside('a bucket of searches for each place: a short burst, then some in a second')
  @Policy('shop.browse')
  async search(@Query({ schema: search }) wish: z.output<typeof search>, @Req() request: Request) {
    this.admit(request);
    const product = orProblem(await findProduct(this.db, wish.product));
    const pattern = wish.pattern === '' ? undefined : orProblem(readPattern(wish.pattern));
    const found = await searchNumbers(this.db, await this.plans.plan(), {
      product,
      pattern: pattern?.digits ?? '',
      mode: wish.mode,
      length: wish.length,
      from: wish.cursor ?? 0,
      limit: wish.limit,
    });
    return {
      items: found.items.map((wanted) => offerOf(product, wanted)),
      nextCursor:
        found.next === undefined ? null : Buffer.from(JSON.stringify(found.next)).toString('base64url'),
      read: { digits: pattern?.digits ?? '', letters: pattern?.letters ?? false },
    };
  }

  @Get('availability')
  @LimitedInside('the same bucket as searches')
  @Policy('shop.browse')
  async availability(
    @Query({ schema: availability }) wish: z.output<typeof availability>,
    @Req() request: Request,
  ) {
    this.admit(request);
    const product = orProblem(await findProduct(this.db, wish.product));
    const wanted = readWanted(product, wish.number, wish.countries ?? [product.country]);
    const plan = await this.plans.plan();
    if (!wanted.ok) {
      const code = product.form === 'own-telephone' ? 'not-national-format' : 'malformed';
      const reasons = [{ ...reason(code, wish.lang), detail: wanted.failure.message }];
      return {
        number: wish.number,
        shown: wish.number,
        available: false,
        reasons,
        warnings: [] as ReturnType<typeof warningsView>,
        price: null,
        alternatives: [] as ReturnType<typeof offerOf>[],
      };
    }
    const { reasons, warnings } = await availabilityOf(this.db, plan, wanted.value, { language: wish.lang });
    const alternatives =
      reasons.length === 0 ? [] : await alternativesTo(this.db, plan, product, wanted.value);
    const { number, shown, ...price } = offerOf(product, wanted.value);
    return {
      number,
      shown,
      available: reasons.length === 0,
      reasons,
      warnings: warningsView(warnings),
      price,
      alternatives: alternatives.map((one) => offerOf(product, one)),
    };
  }

  private admit(request: Request): void {
    if (!this.rate.admits(sourceOf(request.ip ?? '')))
      throw new ProblemError(tooOften, { headers: { 'retry-after': '1' } });
  }
}

const tooOften = failure('number-search.too-many', 'Too many searches from one place.', {
  hint: 'wait a second',
  retry: 'safe',
});

/** One's own telephone costs the same whatever it looks like. */
const tierFor = ({ form }: Product, digits: string) => (form === 'own-telephone' ? 'plain' : tierOf(digits));

function offerOf(product: CatalogueProduct, { number, digits }: Wanted) {
  const tier = tierFor(product, digits);
  const prices = product.prices[tier];
  return {
    number: digits,
    shown: displayOf(number),
    tier,
    currency: product.currency,
    ...(prices === undefined
      ? { setup: null, monthly: null, yearly: null }
      : pricesView(prices, product.currency)),
  };
}
