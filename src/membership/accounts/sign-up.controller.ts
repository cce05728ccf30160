import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Attempts } from '../../infra/http/access/attempts.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { answerWithSession, whenceOf } from '../../infra/http/sessions/session-answer.js';
import { code, consent, email, language, MAILED, password, TYPED, TYPED_TODAY } from './account.fields.js';
import { Accounts } from './accounts.service.js';
import { MailedCodes } from './mailed-codes.js';

const uuid = z.uuid();
const signUp = z.strictObject({
  email,
  password,
  language: language.default('en'),
  consents: z
    .array(consent)
    .max(10)
    .refine(
      (all) =>
        ['terms', 'privacy'].every((purpose) => all.some((one) => one.purpose === purpose && one.given)),
      'must agree to "terms" and "privacy"',
    ),
});
const reset = z.strictObject({ email });
const typed = z.strictObject({ code });
const newPassword = z.strictObject({ code, password });

/** For people who are not signed in. Whether an address is known, no answer tells. */
@Controller('v1')
export class SignUpController {
  constructor(
    private readonly accounts: Accounts,
    private readonly codes: MailedCodes,
    private readonly attempts: Attempts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('sign-ups')
  @LimitedInside(MAILED)
  @HttpCode(202)
  @Policy('account.open')
  async signUp(@Body({ schema: signUp }) wanted: z.output<typeof signUp>, @Req() request: Request) {
    await this.attempts.orTooMany(MAILED, wanted.email, request);
    return this.accounts.signUp(wanted);
  }

  @Post('sign-ups/:id/code')
  @LimitedInside(MAILED)
  @HttpCode(202)
  @Policy('account.open')
  async again(@Param('id', { schema: uuid }) id: string, @Req() request: Request) {
    await this.attempts.orTooMany(MAILED, id, request);
    return orProblem(await this.codes.resend('sign-up', id));
  }

  @Post('sign-ups/:id/confirmation')
  @LimitedInside(TYPED, TYPED_TODAY)
  @HttpCode(201)
  @Policy('account.open')
  async confirm(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: typed }) { code }: z.output<typeof typed>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.guessed(id, request);
    const started = orProblem(await this.accounts.confirmSignUp(id, code, whenceOf(request)));
    return answerWithSession(response, this.config, started);
  }

  @Post('password-resets')
  @LimitedInside(MAILED)
  @HttpCode(202)
  @Policy('account.open')
  async reset(@Body({ schema: reset }) wanted: z.output<typeof reset>, @Req() request: Request) {
    await this.attempts.orTooMany(MAILED, wanted.email, request);
    return this.accounts.resetPassword(wanted.email);
  }

  @Post('password-resets/:id/confirmation')
  @LimitedInside(TYPED, TYPED_TODAY)
  @HttpCode(204)
  @Policy('account.open')
  async confirmReset(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: newPassword }) { code, password }: z.output<typeof newPassword>,
    @Req() request: Request,
  ): Promise<void> {
    await this.guessed(id, request);
    orProblem(await this.accounts.confirmReset(id, code, password));
  }

  /** A code that is typed counts before it is looked at, right or wrong, known or not. */
  private async guessed(id: string, request: Request): Promise<void> {
    await this.attempts.orTooMany(TYPED, id, request);
    await this.attempts.orTooMany(TYPED_TODAY, await this.codes.guessedOf(id), request);
  }
}
