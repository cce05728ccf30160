import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { Idempotent } from '../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../infra/http/page.js';
import { Policy } from '../infra/http/policy.js';
import { err, ok } from '../kernel/result.js';
import { accountId } from './accounts.service.js';
import { deckUnknown, exchangeRateTaken } from './billing.failures.js';
import { deckTerms } from './decks.service.js';
import { isTimeZone } from './domain/zone.js';
import { noteRate } from './exchange-rates.service.js';
import { type CarrierAccount, listCarriers, setCarrier, setPayer } from './parties.service.js';
import { amountText, currencyCode, deckId } from './requests.js';
import { findAgreement, setAgreement } from './settlement/agreements.service.js';
import { agreementUnknown } from './settlement/settlement.failures.js';

const payer = z.strictObject({
  /** Whose account pays: the member's own, or that of the company it belongs to. */
  account: z.strictObject({
    kind: z.enum(['member', 'company']),
    owner: z.uuid(),
    currency: currencyCode,
  }),
  deckId,
});
const carrier = z.strictObject({
  name: z.string().trim().min(1).max(200),
  deckId,
  trunks: z.array(z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)).max(100),
});
const bankParty = z.strictObject({ name: z.string().trim().min(1).max(70), iban: z.string().max(42) });
const agreement = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'must be a time zone like Asia/Seoul'),
  statementColumns: z.record(z.string().max(100), z.string().max(100)).default({}),
  tolerance: z.strictObject({
    clockMs: z.number().int().min(0).max(3_600_000),
    durationMs: z.number().int().min(0).max(60_000),
    micros: z.number().int().min(0).transform(BigInt),
  }),
  totalTolerancePpm: z.number().int().min(0).max(100_000),
  paymentDays: z.number().int().min(0).max(180),
  creditor: bankParty,
  debtor: bankParty,
});
const carriersQuery = pageQuery(z.string().max(40));
const exchangeRate = z.strictObject({
  from: currencyCode,
  to: currencyCode,
  day: z.iso.date(),
  rate: amountText.refine((text) => Number(text) > 0, 'must be more than 0'),
  source: z.string().trim().min(1).max(100),
});

/** Who pays, whom we pay, and at which exchange rates. */
@Controller('v1')
export class PartiesController {
  constructor(private readonly db: Db) {}

  @Put('payers/:memberId')
  @Policy('ledger.manage')
  async payer(
    @Param('memberId', { schema: z.uuid() }) memberId: string,
    @Body({ schema: payer }) { account, deckId }: z.output<typeof payer>,
  ) {
    await this.saleDeck(deckId);
    const id = await this.db.inTx(async (tx) => {
      const opened = await accountId(tx, account);
      await setPayer(tx, memberId, { accountId: opened, deckId });
      return opened;
    });
    return { accountId: String(id), deckId };
  }

  /** Whom we pay for calls by which trunks, and by which deck. What they are to routing is under `/v1/carriers`. */
  @Get('carrier-accounts')
  @Policy('settlements.read')
  async carriers(
    @Query({ schema: carriersQuery }) { limit, cursor }: z.output<typeof carriersQuery>,
  ): Promise<Page<CarrierAccount>> {
    return pageOf(await listCarriers(this.db, cursor ?? '', limit + 1), limit, ({ id }) => id);
  }

  @Put('carrier-accounts/:id')
  @Policy('rate-decks.manage')
  async carrier(
    @Param('id', { schema: deckId }) id: string,
    @Body({ schema: carrier }) wanted: z.output<typeof carrier>,
  ) {
    if ((await deckTerms(this.db, wanted.deckId)) === undefined) orProblem(err(deckUnknown(wanted.deckId)));
    await this.db.inTx((tx) => setCarrier(tx, { id, ...wanted }));
    return { id, ...wanted };
  }

  @Put('carrier-accounts/:id/agreement')
  @HttpCode(204)
  @Policy('settlements.manage')
  async agree(
    @Param('id', { schema: deckId }) carrierId: string,
    @Body({ schema: agreement }) wanted: z.output<typeof agreement>,
  ): Promise<void> {
    orProblem(await this.db.inTx((tx) => setAgreement(tx, { carrierId, ...wanted })));
  }

  @Get('carrier-accounts/:id/agreement')
  @Policy('settlements.read')
  async agreement(@Param('id', { schema: deckId }) carrierId: string) {
    const found = await findAgreement(this.db, carrierId);
    const { tolerance, ...terms } = orProblem(
      found === undefined ? err(agreementUnknown(carrierId)) : ok(found),
    );
    return { ...terms, tolerance: { ...tolerance, micros: Number(tolerance.micros) } };
  }

  @Post('exchange-rates')
  @Policy('ledger.manage')
  @Idempotent()
  async rate(@Body({ schema: exchangeRate }) wanted: z.output<typeof exchangeRate>) {
    const noted = await this.db.inTx((tx) => noteRate(tx, wanted));
    return orProblem(noted ? ok(wanted) : err(exchangeRateTaken()));
  }

  private async saleDeck(id: string): Promise<void> {
    const terms = await deckTerms(this.db, id);
    if (terms?.direction !== 'sale') orProblem(err(deckUnknown(id)));
  }
}
