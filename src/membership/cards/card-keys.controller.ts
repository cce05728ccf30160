import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { cardUnknown } from './card.failures.js';
import { cardId, registeredKey } from './card.requests.js';
import { holderOf } from './card-holder.js';
import { CardKeys } from './card-keys.service.js';
import { CARDS } from './cards.service.js';

const keyId = z.string().min(16).max(1_400);

/** Security keys that stand for a card. */
@Controller('v1/cards/:id/keys')
export class CardKeysController {
  constructor(
    private readonly db: Db,
    private readonly keys: CardKeys,
  ) {}

  @Get()
  @Policy('cards.manage')
  async list(@CurrentPrincipal() principal: Principal, @Param('id', { schema: cardId }) id: string) {
    const memberId = orProblem(holderOf(principal));
    const card = await CARDS.one(this.db, { id, memberId });
    orProblem(card === undefined ? err(cardUnknown) : ok(card));
    return { items: await this.keys.list(memberId, id) };
  }

  /** For `navigator.credentials.create()`. */
  @Put('options')
  @Policy('cards.manage')
  async options(@CurrentPrincipal() principal: Principal, @Param('id', { schema: cardId }) id: string) {
    const memberId = orProblem(holderOf(principal));
    return orProblem(await this.keys.registration(principal.credentialId, memberId, id));
  }

  @Post()
  @Policy('cards.manage')
  @Idempotent()
  async add(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: cardId }) id: string,
    @Body({ schema: registeredKey }) { response, label }: z.output<typeof registeredKey>,
  ) {
    const memberId = orProblem(holderOf(principal));
    // What the library takes has the same shape; its own checks say whether it holds.
    const key = { response: response as unknown as RegistrationResponseJSON, label };
    return orProblem(await this.keys.register(principal.credentialId, memberId, id, key));
  }

  @Delete(':key')
  @HttpCode(204)
  @Policy('cards.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: cardId }) id: string,
    @Param('key', { schema: keyId }) key: string,
  ): Promise<void> {
    const removed = await this.keys.remove(orProblem(holderOf(principal)), id, key);
    orProblem(removed ? ok(undefined) : err(cardUnknown));
  }
}
