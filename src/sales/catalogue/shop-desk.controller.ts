import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { wordsBody } from '../languages.js';
import { country, micros, reason, slug } from '../requests.js';
import { setSetting, settingsOf, shopSettings } from '../settings.js';
import { currencyCode } from './currency.js';
import {
  freeReserved,
  listReserved,
  putProduct,
  reserveNumber,
  rulesOf,
  setRules,
} from './product-desk.service.js';

const kind = z.enum(['person', 'company']);
const form = z.enum(['own-telephone', 'identification', 'company']);
const tier = z.enum(['plain', 'fine', 'premium']);
const prices = z.strictObject({ setup: micros, monthly: micros, yearly: micros });
const product = z
  .strictObject({
    country,
    kind,
    form,
    title: wordsBody,
    body: wordsBody,
    currency: currencyCode,
    prices: z.partialRecord(tier, prices),
    branch: prices.optional(),
    onSale: z.boolean().default(true),
  })
  .refine((one) => (one.form === 'company') === (one.kind === 'company'), {
    message: 'companies buy numbers of the form "company", persons the others',
  })
  .refine((one) => (one.form === 'company') === (one.branch !== undefined), {
    message: 'numbers of companies, and only they, have a price for branches',
  });
const rule = z.strictObject({
  position: z.number().int().min(1).max(10_000),
  decision: z.enum(['approve', 'operator', 'reject']),
  kind: kind.nullable().default(null),
  form: form.nullable().default(null),
  tier: tier.nullable().default(null),
  proved: z.boolean().nullable().default(null),
  knownHolder: z.boolean().nullable().default(null),
  mostNumbers: z.number().int().min(0).max(100_000).nullable().default(null),
  leastDigits: z.number().int().min(3).max(17).nullable().default(null),
  reason,
});
const rules = z.strictObject({
  rules: z
    .array(rule)
    .max(200)
    .refine((all) => new Set(all.map(({ position }) => position)).size === all.length, {
      message: 'each position only once',
    }),
});
const settingName = z.enum(Object.keys(shopSettings.shape) as [keyof typeof shopSettings.shape]);
const setting = z.strictObject({ value: z.number().int().min(0).max(200_000) });
const reserved = z.strictObject({
  pattern: z.string().regex(/^\d{1,17}\*?$/, 'must be digits, with * at the end for any that go on'),
  reason,
});
const list = pageQuery(z.uuid());

/** What the operator decides about the shop as such. */
@Controller('v1/shop')
export class ShopDeskController {
  constructor(private readonly db: Db) {}

  @Put('products/:id')
  @HttpCode(204)
  @Policy('shop.manage')
  async put(
    @Param('id', { schema: slug }) id: string,
    @Body({ schema: product }) edit: z.output<typeof product>,
  ): Promise<void> {
    orProblem(await this.db.inTx((tx) => putProduct(tx, { id, ...edit, branch: edit.branch })));
  }

  @Get('rules')
  @Policy('shop.oversee')
  async rules() {
    return { rules: await rulesOf(this.db) };
  }

  @Put('rules')
  @Policy('shop.manage')
  async setRules(@Body({ schema: rules }) wanted: z.output<typeof rules>) {
    await this.db.inTx((tx) => setRules(tx, wanted.rules));
    return this.rules();
  }

  @Get('settings')
  @Policy('shop.oversee')
  settings() {
    return settingsOf(this.db);
  }

  @Put('settings/:name')
  @Policy('shop.manage')
  async setSetting(
    @Param('name', { schema: settingName }) name: keyof typeof shopSettings.shape,
    @Body({ schema: setting }) { value }: z.output<typeof setting>,
  ) {
    await setSetting(this.db, name, shopSettings.shape[name].parse(value));
    return this.settings();
  }

  @Get('reserved-numbers')
  @Policy('shop.oversee')
  async reserved(@Query({ schema: list }) { limit, cursor }: z.output<typeof list>) {
    const found = await listReserved(this.db, { after: cursor, limit: limit + 1 });
    return pageOf(found, limit, (one) => one.id);
  }

  @Post('reserved-numbers')
  @Policy('shop.manage')
  @Idempotent()
  async reserve(
    @CurrentPrincipal() { accountId }: Principal,
    @Body({ schema: reserved }) wish: z.output<typeof reserved>,
  ) {
    return orProblem(await reserveNumber(this.db, { ...wish, by: accountId }));
  }

  @Delete('reserved-numbers/:id')
  @HttpCode(204)
  @Policy('shop.manage')
  async free(@Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    await freeReserved(this.db, id);
  }
}
