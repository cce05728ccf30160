import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { cookieName, cookieOptions } from '../../infra/http/access/session-cookie.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { whenceOf } from '../../infra/http/sessions/session-answer.js';
import { cardPutIn } from '../../membership/index.js';
import { country, e164 } from '../fields.js';
import { PublicTerminals } from './public-terminals.service.js';

const started = z.strictObject({
  card: cardPutIn,
  /** Where this terminal stands: what emergency calls from it say, whoever makes them. */
  place: z.strictObject({ country, locationNumber: e164 }),
});

/** A browser where nobody is signed in, made a telephone by somebody's card. */
@Controller('v1/terminal/sessions')
export class PublicTerminalController {
  constructor(
    private readonly terminals: PublicTerminals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Puts a card in. The session that begins may phone and take the card out, and sees nothing else of its holder. */
  @Post()
  @HttpCode(201)
  @Policy('terminal.start')
  async start(
    @Body({ schema: started }) { card, place }: z.output<typeof started>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { token, csrfToken } = orProblem(await this.terminals.start(card, place, whenceOf(request)));
    // Without an age: it goes with the browser.
    response.cookie(cookieName(this.config), token, cookieOptions(this.config));
    response.set('cache-control', 'no-store');
    return { csrfToken };
  }
}
