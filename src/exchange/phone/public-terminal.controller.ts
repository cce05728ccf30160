import { Body, Controller, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import type { AttemptLimit } from '../../infra/http/access/attempts.js';
import { Limited, LimitedInside } from '../../infra/http/access/limited.js';
import { cookieName, cookieOptions } from '../../infra/http/access/session-cookie.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { whenceOf } from '../../infra/http/sessions/session-answer.js';
import { CardKeys, cardPutIn, provedKey } from '../../membership/index.js';
import { country, e164 } from '../fields.js';
import { PublicTerminals } from './public-terminals.service.js';

const started = z.strictObject({
  card: z.union([cardPutIn, z.strictObject({ key: provedKey.shape.response })]),
  /** Where this terminal stands: what emergency calls from it say, whoever makes them. */
  place: z.strictObject({ country, locationNumber: e164 }),
});

/** Each is a row for some minutes. */
const CHALLENGES: AttemptLimit = { purpose: 'card-key', minutes: 15, both: 60, source: 60, subject: 60 };

/** A browser where nobody is signed in, made a telephone by somebody's card. */
@Controller('v1/terminal/sessions')
export class PublicTerminalController {
  constructor(
    private readonly terminals: PublicTerminals,
    private readonly keys: CardKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** For `navigator.credentials.get()`: the security key that stands for a card. */
  @Put('key-options')
  @Limited(CHALLENGES)
  @Policy('terminal.start')
  keyOptions() {
    return this.keys.requestFromAnybody();
  }

  /** Puts a card in. The session that begins may phone and take the card out, and sees nothing else of its holder. */
  @Post()
  @LimitedInside('6 in 15 minutes with one card, 10 at one terminal')
  @HttpCode(201)
  @Policy('terminal.start')
  async start(
    @Body({ schema: started }) { card, place }: z.output<typeof started>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    // What the library takes has the same shape; its own checks say whether it holds.
    const given = 'key' in card ? { key: card.key as unknown as AuthenticationResponseJSON } : card;
    const { token, csrfToken } = orProblem(await this.terminals.start(given, place, whenceOf(request)));
    // Without an age: it goes with the browser.
    response.cookie(cookieName(this.config), token, cookieOptions(this.config));
    response.set('cache-control', 'no-store');
    return { csrfToken };
  }
}
