import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { err, ok } from '../../kernel/result.js';
import { isTimeZone } from '../domain/zone.js';
import { accountNumber, deckId } from '../requests.js';
import { partyUnknown } from './invoice.failures.js';
import {
  addTaxRate,
  addTaxRule,
  findInvoiceParty,
  listSellers,
  setInvoiceParty,
  setSeller,
  taxRates,
  taxRules,
} from './invoice-parties.service.js';

const line = (most: number) => z.string().trim().min(1).max(most);
const country = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 country in capitals');
const address = {
  name: line(200),
  street: line(200),
  city: line(100),
  postcode: line(20),
  country,
  taxId: z.string().trim().min(4).max(30).nullable(),
};
const prefix = z.string().regex(/^[A-Z0-9-]{1,20}$/, 'must be A-Z, 0-9 and -, at most 20 characters');
const seller = z.strictObject({
  ...address,
  iban: z
    .string()
    .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, 'must be an IBAN without spaces')
    .nullable(),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone like Asia/Seoul'),
  prefixes: z.strictObject({ invoice: prefix, 'credit-note': prefix }),
});
const party = z.strictObject({
  ...address,
  sellerId: deckId,
  language: z.enum(['en', 'ko', 'ja']).default('en'),
  terms: z.enum(['prepaid', 'postpaid']),
  taxIncluded: z.boolean(),
  paymentDays: z.number().int().min(0).max(180).default(14),
});
const rule = z.strictObject({
  sellerCountry: country,
  buyerCountry: country.nullable(),
  buyerHasTaxId: z.boolean().nullable(),
  validFrom: z.iso.date(),
  treatment: z.enum(['seller-rate', 'buyer-rate', 'reverse-charge', 'outside-scope']),
  note: line(300),
});
const rate = z.strictObject({
  country,
  validFrom: z.iso.date(),
  ppm: z.number().int().min(0).max(1_000_000),
  name: line(40),
});

/** Who invoices whom, and the table of taxes. */
@Controller('v1')
export class InvoiceSetupController {
  constructor(private readonly db: Db) {}

  @Get('sellers')
  @Policy('invoices.manage')
  async sellers() {
    return { items: await listSellers(this.db) };
  }

  @Put('sellers/:id')
  @Policy('invoices.manage')
  async seller(
    @Param('id', { schema: deckId }) id: string,
    @Body({ schema: seller }) wanted: z.output<typeof seller>,
  ) {
    orProblem(await this.db.inTx((tx) => setSeller(tx, { id, ...wanted })));
    return { id, ...wanted };
  }

  @Get('accounts/:id/invoice-party')
  @Policy('invoices.manage')
  async party(@Param('id', { schema: accountNumber }) account: bigint) {
    const found = await findInvoiceParty(this.db, account);
    return orProblem(found === undefined ? err(partyUnknown()) : ok(found));
  }

  @Put('accounts/:id/invoice-party')
  @Policy('invoices.manage')
  async setParty(
    @Param('id', { schema: accountNumber }) account: bigint,
    @Body({ schema: party }) wanted: z.output<typeof party>,
  ) {
    orProblem(await this.db.inTx((tx) => setInvoiceParty(tx, account, wanted)));
    return wanted;
  }

  @Get('tax-rules')
  @Policy('invoices.manage')
  async rules() {
    return { items: await taxRules(this.db, null) };
  }

  @Post('tax-rules')
  @Policy('invoices.manage')
  @Idempotent()
  async rule(@Body({ schema: rule }) wanted: z.output<typeof rule>) {
    orProblem(await addTaxRule(this.db, wanted));
    return wanted;
  }

  @Get('tax-rates')
  @Policy('invoices.manage')
  async rates() {
    return { items: await taxRates(this.db, null) };
  }

  @Post('tax-rates')
  @Policy('invoices.manage')
  @Idempotent()
  async rate(@Body({ schema: rate }) wanted: z.output<typeof rate>) {
    orProblem(await addTaxRate(this.db, wanted));
    return wanted;
  }
}
