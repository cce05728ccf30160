import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { Policy } from '../../infra/http/policy.js';
import { LANGUAGES, type Words, wordsIn, wordsQuery } from '../languages.js';
import { country } from '../requests.js';
import {
  type CatalogueProduct,
  listProducts,
  pricesView,
  soldCountries,
  tiersView,
} from './products.service.js';

const query = z.strictObject({ lang: wordsQuery, country: country.optional() });

/** What is sold, in words and as data: for anybody. */
@Controller('v1/shop')
export class CatalogueController {
  constructor(private readonly db: Db) {}

  @Get('catalogue')
  @Policy('shop.browse')
  async catalogue(@Query({ schema: query }) { lang, country: of }: z.output<typeof query>) {
    const [info, products, countries] = await Promise.all([
      this.db.rows<{ id: string; title: Words; body: Words }>(
        'SELECT id, title, body FROM shop_text ORDER BY position, id',
      ),
      listProducts(this.db, { country: of, all: false }),
      soldCountries(this.db),
    ]);
    return {
      lang,
      languages: LANGUAGES,
      countries,
      info: info.map(({ id, title, body }) => ({
        id,
        title: wordsIn(title, lang),
        text: wordsIn(body, lang),
      })),
      products: products.map((product) => productView(product, lang)),
    };
  }
}

export const productView = (product: CatalogueProduct, language: string) => ({
  id: product.id,
  country: product.country,
  kind: product.kind,
  form: product.form,
  title: wordsIn(product.title, language),
  text: wordsIn(product.body, language),
  currency: product.currency,
  prices: tiersView(product),
  branch: product.branch === undefined ? null : pricesView(product.branch, product.currency),
  taxIncluded: false,
  needs: product.form === 'own-telephone' ? ['proof-of-telephone'] : [],
});
