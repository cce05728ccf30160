import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Attempts } from '../../infra/http/access/attempts.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { answerWithSession, whenceOf } from '../../infra/http/sessions/session-answer.js';
import { currentPassword, TYPED } from '../accounts/account.fields.js';
import { Invitations } from './invitations.service.js';

const token = z.string().regex(/^[\w-]{20,100}$/, 'must be the token of the mailed link');
const preview = z.strictObject({ token });
const acceptance = z.strictObject({ token, password: currentPassword });

/** For whoever has the mailed token. */
@Controller('v1/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly attempts: Attempts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('preview')
  @LimitedInside(TYPED)
  @HttpCode(200)
  @Policy('account.open')
  async preview(@Body({ schema: preview }) { token }: z.output<typeof preview>, @Req() request: Request) {
    await this.attempts.orTooMany(TYPED, token, request);
    return orProblem(await this.invitations.preview(token));
  }

  @Post('acceptance')
  @LimitedInside(TYPED)
  @HttpCode(201)
  @Policy('account.open')
  async accept(
    @Body({ schema: acceptance }) { token, password }: z.output<typeof acceptance>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.attempts.orTooMany(TYPED, token, request);
    const started = await this.invitations.accept(token, password, whenceOf(request));
    return answerWithSession(response, this.config, orProblem(started));
  }
}
