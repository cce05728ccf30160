import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { streamed } from '../infra/http/csv.js';
import { AnswersWith } from '../infra/http/openapi/answers-with.js';
import { pageOf, pageQuery } from '../infra/http/page.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { err, failure } from '../kernel/result.js';
import { accountScopeOf } from './account-scope.js';
import { payersOf } from './parties.service.js';
import { priceFor, priceListCsv, pricesOf, type RunningDeck, runningDeck } from './price-list.service.js';
import { deckId } from './requests.js';

const digits = z
  .string()
  .regex(/^\+?\d{0,15}$/, 'must be E.164 digits')
  .transform((text) => text.replace('+', ''));
const list = pageQuery(z.string().regex(/^\d{0,15}$/)).extend({
  prefix: digits.default(''),
  /** Staff names a deck; members have theirs. */
  deck: deckId.optional(),
});
const file = z.strictObject({ prefix: digits.default(''), deck: deckId.optional() });

/** What one's own calls cost, from the version of the sale deck that is in force. */
@Controller('v1')
export class PriceListController {
  constructor(private readonly db: Db) {}

  /** `applies`: what a call to a number that begins with all of `prefix` costs, if nothing longer fits. */
  @Get('price-list')
  @Policy('price-list.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: list }) { limit, cursor, prefix, deck: named }: z.output<typeof list>,
  ) {
    const deck = await this.deckOf(principal, named);
    const found = await pricesOf(this.db, deck, { begins: prefix, after: cursor, limit: limit + 1 });
    const page = pageOf(found, limit, (price) => price.prefix);
    const applies = (await priceFor(this.db, deck, prefix)) ?? null;
    return { currency: deck.currency, onNetFree: deck.onNetFree, applies, ...page };
  }

  @Get('price-list.csv')
  @Policy('price-list.read')
  @AnswersWith('text/csv')
  async csv(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: file }) { prefix, deck: named }: z.output<typeof file>,
  ): Promise<StreamableFile> {
    const deck = await this.deckOf(principal, named);
    return streamed(
      Readable.from(priceListCsv(this.db, deck, prefix)),
      'text/csv; charset=utf-8',
      'price-list.csv',
    );
  }

  /** A member's own deck, whoever pays. Only staff may name one. */
  private async deckOf(principal: Principal, named: string | undefined): Promise<RunningDeck> {
    const scope = await accountScopeOf(this.db, principal);
    const memberId = principal.memberId ?? principal.companyId;
    const own = memberId === null ? undefined : (await payersOf(this.db, [memberId])).get(memberId)?.deckId;
    const id = scope.kind === 'all' ? (named ?? own) : own;
    const deck = id === undefined ? undefined : await runningDeck(this.db, id);
    return deck ?? orProblem(err(priceListUnknown()));
  }
}

const priceListUnknown = () =>
  failure('price-list.unknown', 'there is no price list for this', {
    hint: 'a member needs a payer (PUT /v1/payers/:memberId); staff names a sale deck with ?deck=',
  });
