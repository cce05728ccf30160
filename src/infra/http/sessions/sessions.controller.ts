import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../config.js';
import { SIGN_IN } from '../access/attempts.js';
import { LimitedInside } from '../access/limited.js';
import { cookieName, cookieOptions } from '../access/session-cookie.js';
import { csrfTokenOf } from '../access/tokens.js';
import { Policy } from '../policy.js';
import { CurrentPrincipal, type Principal } from '../principal.js';
import { ProblemError } from '../problem.js';
import { codeText, SECOND_FACTOR } from '../second-factor/limits.js';
import { answerWithSession, whenceOf } from './session-answer.js';
import { Sessions } from './sessions.service.js';

const credentials = z.strictObject({
  email: z.string().min(3).max(254),
  password: z.string().min(1).max(200),
  /** Of the authenticator app, or a recovery code; only where the account has one. */
  code: codeText.optional(),
});

@Controller('v1')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Signs in: sets the session cookie and returns what a page needs beside it. */
  @Post('sessions')
  @LimitedInside(SIGN_IN, SECOND_FACTOR)
  @HttpCode(201)
  @Policy('session.start')
  async start(
    @Body({ schema: credentials }) { email, password, code }: z.output<typeof credentials>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const started = await this.sessions.start(email, password, whenceOf(request), code);
    if (!started.ok) {
      const tooMany = started.failure.code.endsWith('.too-many');
      const headers = tooMany ? { 'retry-after': String(SIGN_IN.minutes * 60) } : {};
      throw new ProblemError(started.failure, { headers });
    }
    return answerWithSession(response, this.config, started.value);
  }

  /** Signs out. */
  @Delete('sessions/current')
  @HttpCode(204)
  @Policy('session.end')
  async end(
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.end(principal.credentialId);
    response.clearCookie(cookieName(this.config), cookieOptions(this.config));
  }

  /** Who is asking, and what a page needs to go on after a reload. */
  @Get('me')
  @Policy('me.read')
  async me(@CurrentPrincipal() principal: Principal, @Res({ passthrough: true }) response: Response) {
    response.set('cache-control', 'no-store');
    const { accountId: id, email, roles, withheld, companyId, memberId, by, credentialId } = principal;
    const csrfToken = by === 'session' ? csrfTokenOf(this.config.sessionSecret, credentialId) : null;
    const { name, language } = await this.sessions.profile(id);
    return { account: { id, email, name, language, roles, withheld, companyId, memberId }, by, csrfToken };
  }
}
