import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { priceFor, pricesOf, type RunningDeck, runningDeck } from '../../billing/index.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { err, failure } from '../../kernel/result.js';
import { country } from '../requests.js';

const list = pageQuery(z.string().regex(/^\d{0,15}$/)).extend({
  country,
  prefix: z
    .string()
    .regex(/^\+?\d{0,15}$/, 'must be E.164 digits')
    .transform((text) => text.replace('+', ''))
    .default(''),
});

/** What calls will cost whoever buys a number in a country: for anybody, before he buys. */
@Controller('v1/shop')
export class TariffController {
  constructor(private readonly db: Db) {}

  /** What calls of that country's new members cost. `applies`: the price of a number that begins with all of `prefix`. */
  @Get('tariff')
  @Policy('shop.browse')
  async tariff(@Query({ schema: list }) { limit, cursor, prefix, country: of }: z.output<typeof list>) {
    const deck = await this.deckOf(of);
    const found = await pricesOf(this.db, deck, { begins: prefix, after: cursor, limit: limit + 1 });
    const page = pageOf(found, limit, (price) => price.prefix);
    const applies = (await priceFor(this.db, deck, prefix)) ?? null;
    return { currency: deck.currency, onNetFree: deck.onNetFree, applies, ...page };
  }

  private async deckOf(sold: string): Promise<RunningDeck> {
    const [shop] = await this.db.rows<{ deckId: string | null }>(
      'SELECT deck_id AS "deckId" FROM shop_country WHERE country = $1',
      [sold],
    );
    const deck = shop?.deckId == null ? undefined : await runningDeck(this.db, shop.deckId);
    return (
      deck ??
      orProblem(
        err(
          failure('price-list.unknown', `There are no prices of calls for ${sold}.`, {
            hint: 'GET /v1/shop/catalogue names the countries',
          }),
        ),
      )
    );
  }
}
