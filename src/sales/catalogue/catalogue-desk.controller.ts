import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { wordsBody } from '../languages.js';
import { slug } from '../requests.js';
import { goodsForDesk, putText, removeText, shopTexts } from './catalogue-desk.service.js';
import { type CatalogueProduct, listProducts, pricesView, tiersView } from './products.service.js';

const list = pageQuery(slug);
type List = z.output<typeof list>;
const text = z.strictObject({
  position: z.number().int().min(0).max(10_000),
  title: wordsBody,
  body: wordsBody,
});

/** What is sold and said, in all its languages and also what is not on sale: as the shop's operator edits it. */
@Controller('v1/shop')
export class CatalogueDeskController {
  constructor(private readonly db: Db) {}

  @Get('products')
  @Policy('shop.oversee')
  async products(@Query({ schema: list }) { limit, cursor }: List) {
    // There are as many products as countries times three.
    const all = await listProducts(this.db, { country: undefined, all: true });
    const found = all
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .filter(({ id }) => cursor === undefined || id > cursor)
      .slice(0, limit + 1);
    return pageOf(found.map(viewOf), limit, (one) => one.id);
  }

  @Get('stock')
  @Policy('shop.oversee')
  async stock(@Query({ schema: list }) { limit, cursor }: List) {
    const found = await goodsForDesk(this.db, { after: cursor, limit: limit + 1 });
    return pageOf(found, limit, (one) => one.id);
  }

  @Get('texts')
  @Policy('shop.oversee')
  async texts(@Query({ schema: list }) { limit, cursor }: List) {
    const found = await shopTexts(this.db, { after: cursor, limit: limit + 1 });
    return pageOf(found, limit, (one) => one.id);
  }

  @Put('texts/:id')
  @HttpCode(204)
  @Policy('shop.manage')
  async putText(
    @Param('id', { schema: slug }) id: string,
    @Body({ schema: text }) edit: z.output<typeof text>,
  ): Promise<void> {
    await putText(this.db, { id, ...edit });
  }

  @Delete('texts/:id')
  @HttpCode(204)
  @Policy('shop.manage')
  async removeText(@Param('id', { schema: slug }) id: string): Promise<void> {
    await removeText(this.db, id);
  }
}

const viewOf = (product: CatalogueProduct) => ({
  id: product.id,
  country: product.country,
  kind: product.kind,
  form: product.form,
  title: product.title,
  body: product.body,
  currency: product.currency,
  onSale: product.onSale,
  prices: tiersView(product),
  branch: product.branch === undefined ? null : pricesView(product.branch, product.currency),
});
