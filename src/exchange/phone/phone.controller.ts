import { Body, Controller, Delete, HttpCode, Put, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { country, e164 } from '../fields.js';
import { BrowserPhones } from './browser-phones.service.js';
import { memberOf } from './phone.failures.js';

const opened = z.strictObject({
  /** Where this browser stands, for emergency calls; unless told, where the member's newest desk phone does. */
  place: z.strictObject({ country, locationNumber: e164 }).optional(),
});

/** This browser as a telephone: what it registers with, for as long as its session lasts. */
@Controller('v1/phone')
export class PhoneController {
  constructor(private readonly phones: BrowserPhones) {}

  /** Each time with a new secret; the one before is worth nothing from then on. */
  @Put('session')
  @Policy('phone.use')
  async open(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: opened }) { place }: z.output<typeof opened>,
    @Res({ passthrough: true }) response: Response,
  ) {
    response.set('cache-control', 'no-store');
    const memberId = orProblem(memberOf(principal));
    return orProblem(await this.phones.open(principal.credentialId, memberId, place));
  }

  @Delete('session')
  @HttpCode(204)
  @Policy('phone.use')
  async end(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.phones.end(principal.credentialId);
  }
}
