import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { toString as qrCode } from 'qrcode';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { cardUnknown } from './card.failures.js';
import { cardId, changedCard, holder, newCards, serial } from './card.requests.js';
import { CardActivations } from './card-activations.service.js';
import { holderOf, seesAll } from './card-holder.js';
import { CARDS, Cards } from './cards.service.js';

const listQuery = pageQuery(z.tuple([z.uuid()])).extend({ memberId: z.uuid().optional() });

/** Flash cards: one's own, and for the operator the press and the counter. */
@Controller('v1/cards')
export class CardsController {
  constructor(
    private readonly db: Db,
    private readonly cards: Cards,
    private readonly activations: CardActivations,
  ) {}

  @Get()
  @Policy('cards.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: listQuery }) { limit, cursor, memberId }: z.output<typeof listQuery>,
  ) {
    const whose = seesAll(principal) ? memberId : orProblem(holderOf(principal));
    const found = await CARDS.page(this.db, { memberId: whose }, cursor, limit + 1);
    return pageOf(found, limit, ({ id }) => [id]);
  }

  /** Blank cards for the press: their PIN codes are told here and never again. */
  @Post()
  @Policy('cards.make')
  @Idempotent()
  async make(
    @Body({ schema: newCards }) { count }: z.output<typeof newCards>,
    @Res({ passthrough: true }) response: Response,
  ) {
    response.set('cache-control', 'no-store');
    return { items: await this.cards.make(count) };
  }

  /** Handed over at a counter; those that the shop sells are bound by the sale. */
  @Put('serials/:serial/holder')
  @HttpCode(204)
  @Policy('cards.make')
  async bind(
    @Param('serial', { schema: serial }) which: string,
    @Body({ schema: holder }) { memberId }: z.output<typeof holder>,
  ): Promise<void> {
    orProblem(await this.db.inTx((tx) => this.cards.bind(tx, which, memberId)));
  }

  @Patch(':id')
  @Policy('cards.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: cardId }) id: string,
    @Body({ schema: changedCard }) changes: z.output<typeof changedCard>,
  ) {
    const memberId = orProblem(holderOf(principal));
    const card = await CARDS.update(this.db, { id, memberId }, changes);
    return orProblem(card === undefined ? err(cardUnknown) : ok(card));
  }

  @Put(':id/pin')
  @Policy('cards.manage')
  async pin(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: cardId }) id: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    response.set('cache-control', 'no-store');
    return { pin: orProblem(await this.cards.renewPin(orProblem(holderOf(principal)), id)) };
  }

  /** The card as a file for a USB stick and as a QR code; older ones are worth nothing from then on. */
  @Put(':id/file')
  @Policy('cards.manage')
  async file(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: cardId }) id: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    response.set('cache-control', 'no-store');
    const text = orProblem(await this.cards.file(orProblem(holderOf(principal)), id));
    return { text, svg: await qrCode(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }) };
  }

  /** Lost: at once, and for good. */
  @Put(':id/revocation')
  @HttpCode(204)
  @Policy('cards.revoke')
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: cardId }) id: string,
  ): Promise<void> {
    const memberId = seesAll(principal) ? undefined : orProblem(holderOf(principal));
    const revoked = await this.db.inTx(async (tx) => {
      const card = await CARDS.one(tx, { id, memberId });
      if (card === undefined) return err(cardUnknown);
      await this.activations.revoke(tx, id);
      return ok(undefined);
    });
    orProblem(revoked);
  }
}
