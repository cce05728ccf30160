import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import { cardPutIn, provedKey } from './card.requests.js';
import { type Activation, CardActivations } from './card-activations.service.js';
import { CardKeys } from './card-keys.service.js';
import { terminalOf } from './terminal.js';

/** This browser as a terminal for somebody's card. */
@Controller('v1/terminal')
export class TerminalController {
  constructor(
    private readonly db: Db,
    private readonly activations: CardActivations,
    private readonly keys: CardKeys,
  ) {}

  @Get('card')
  @Policy('terminal.card')
  async card(@CurrentPrincipal() principal: Principal) {
    const deviceId = await terminalOf(this.db, principal);
    const activation = deviceId === undefined ? undefined : await this.activations.onTerminal(deviceId);
    return { card: activation === undefined ? null : await this.shown(activation) };
  }

  /** Puts a card in: by number or file, and the PIN code. */
  @Put('card')
  @LimitedInside('6 in 15 minutes with one card, 10 at one terminal')
  @Policy('card.use')
  async putIn(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: cardPutIn }) given: z.output<typeof cardPutIn>,
  ) {
    const deviceId = await this.terminal(principal);
    const activation =
      'file' in given
        ? await this.activations.byFile(given.file, given.pin, deviceId)
        : await this.activations.byCode(given, deviceId);
    return { card: await this.shown(orProblem(activation)) };
  }

  /** For `navigator.credentials.get()`. */
  @Put('key-options')
  @Policy('card.use')
  async keyOptions(@CurrentPrincipal() principal: Principal) {
    await this.terminal(principal);
    return this.keys.request(principal.credentialId);
  }

  @Put('key')
  @LimitedInside('6 in 15 minutes with one card, 10 at one terminal')
  @Policy('card.use')
  async key(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: provedKey }) { response }: z.output<typeof provedKey>,
  ) {
    const deviceId = await this.terminal(principal);
    // What the library takes has the same shape; its own checks say whether it holds.
    const given = response as unknown as AuthenticationResponseJSON;
    const { cardId } = orProblem(await this.keys.prove(principal.credentialId, given));
    return { card: await this.shown(orProblem(await this.activations.byKey(cardId, deviceId))) };
  }

  @Delete('card')
  @HttpCode(204)
  @Policy('terminal.card')
  async takeOut(@CurrentPrincipal() principal: Principal): Promise<void> {
    orProblem(await this.activations.end(await this.terminal(principal), 'sign-out'));
  }

  private async terminal(principal: Principal): Promise<string> {
    const deviceId = await terminalOf(this.db, principal);
    return orProblem(deviceId === undefined ? err(noTerminal) : ok(deviceId));
  }

  /** Whose card it is: who holds it sees that it is the right one. */
  private async shown({ memberId, startedAt, expiresAt }: Activation) {
    const [member] = await this.db.rows<{ name: string }>('SELECT name FROM member WHERE id = $1', [
      memberId,
    ]);
    return { name: member?.name ?? '', startedAt, expiresAt };
  }
}

const noTerminal = failure('terminal.not-allowed', 'This browser is no telephone yet.', {
  hint: 'open the phone page first, or PUT /v1/phone/session',
});
