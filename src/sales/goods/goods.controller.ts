import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { CSV, NDJSON, recordsIn } from '../../infra/http/csv.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Takes } from '../../infra/http/openapi/takes.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { currencyCode } from '../catalogue/currency.js';
import { wordsBody, wordsQuery } from '../languages.js';
import { orderView } from '../orders/order.views.js';
import { because, country, line, micros, slug } from '../requests.js';
import { listGoods, putGoods, takeStockIn } from './goods.service.js';
import { deliverOrder, packOrder, refuseReturn, shipOrder, takeOrderBack } from './shipping.service.js';

const list = pageQuery(slug).extend({ lang: wordsQuery, country });
const goods = z.strictObject({
  kind: z.enum(['phone', 'ata', 'card']),
  title: wordsBody,
  body: wordsBody,
  vendor: slug.nullable().default(null),
  onSale: z.boolean().default(true),
  prices: z.array(z.strictObject({ country, currency: currencyCode, price: micros })).max(250),
});
const packing = z.strictObject({
  serials: z
    .array(z.strictObject({ goods: slug, serial: z.string().trim().toLowerCase().max(40) }))
    .min(1)
    .max(2_000),
});
const shipment = z.strictObject({ carrier: line, tracking: line });
const id = z.uuid();

/** Telephones, adapters and cards: what there is, and the operator's part of their way to the buyer. */
@Controller('v1/shop')
export class GoodsController {
  constructor(private readonly db: Db) {}

  @Get('goods')
  @Policy('shop.browse')
  async list(@Query({ schema: list }) { lang, country: of, cursor, limit }: z.output<typeof list>) {
    const found = await listGoods(this.db, { country: of, language: lang, after: cursor, limit: limit + 1 });
    return pageOf(found, limit, (one) => one.id);
  }

  @Put('goods/:id')
  @HttpCode(204)
  @Policy('shop.manage')
  async put(
    @Param('id', { schema: slug }) of: string,
    @Body({ schema: goods }) edit: z.output<typeof goods>,
  ) {
    orProblem(await this.db.inTx((tx) => putGoods(tx, { id: of, ...edit })));
  }

  @Post('stock')
  @Takes(CSV, NDJSON)
  @HttpCode(200)
  @Policy('shop.manage')
  @Idempotent()
  async stock(@Req() request: Request) {
    return orProblem(await takeStockIn(this.db, recordsIn(request)));
  }

  @Post('orders/:id/packing')
  @HttpCode(200)
  @Policy('shop.decide')
  @Idempotent()
  async pack(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: packing }) { serials }: z.output<typeof packing>,
  ) {
    const pieces = serials.map((one) => ({ ...one, serial: one.serial.replace(/[\s:.-]/g, '') }));
    return orderView(this.db, orProblem(await this.db.inTx((tx) => packOrder(tx, of, pieces, accountId))));
  }

  @Post('orders/:id/shipment')
  @HttpCode(200)
  @Policy('shop.decide')
  @Idempotent()
  async ship(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: shipment }) sent: z.output<typeof shipment>,
  ) {
    return orderView(this.db, orProblem(await this.db.inTx((tx) => shipOrder(tx, of, sent, accountId))));
  }

  @Post('orders/:id/delivery')
  @HttpCode(200)
  @Policy('shop.decide')
  @Idempotent()
  async deliver(@CurrentPrincipal() { accountId }: Principal, @Param('id', { schema: id }) of: string) {
    return orderView(this.db, orProblem(await this.db.inTx((tx) => deliverOrder(tx, of, accountId))));
  }

  @Post('orders/:id/returned')
  @HttpCode(200)
  @Policy('shop.decide')
  @Idempotent()
  async takeBack(
    @CurrentPrincipal() { accountId: by }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: because }) { reason }: z.output<typeof because>,
  ) {
    return orderView(this.db, orProblem(await this.db.inTx((tx) => takeOrderBack(tx, of, { by, reason }))));
  }

  @Post('orders/:id/return-refusal')
  @HttpCode(200)
  @Policy('shop.decide')
  @Idempotent()
  async refuse(
    @CurrentPrincipal() { accountId: by }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: because }) { reason }: z.output<typeof because>,
  ) {
    return orderView(this.db, orProblem(await this.db.inTx((tx) => refuseReturn(tx, of, { by, reason }))));
  }
}
