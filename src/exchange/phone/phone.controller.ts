import { Body, Controller, Delete, HttpCode, Inject, Put, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { country, e164 } from '../fields.js';
import { type BrowserPhone, BrowserPhones } from './browser-phones.service.js';
import { iceServersOf } from './domain/ice.js';
import { memberOf } from './phone.failures.js';

const opened = z.strictObject({
  /** Where this browser stands, for emergency calls; unless told, where the member's newest desk phone does. */
  place: z.strictObject({ country, locationNumber: e164 }).optional(),
});

/** This browser as a telephone: what it registers with, for as long as its session lasts. */
@Controller('v1/phone')
export class PhoneController {
  constructor(
    private readonly phones: BrowserPhones,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Each time with a new secret; the one before is worth nothing from then on. */
  @Put('session')
  @Policy('phone.line')
  async open(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: opened }) { place }: z.output<typeof opened>,
    @Res({ passthrough: true }) response: Response,
  ) {
    response.set('cache-control', 'no-store');
    const { credentialId, roles } = principal;
    // A public terminal's telephone is its card holder's, and was made when he came.
    const opened = roles.includes('terminal')
      ? await this.phones.renewed(credentialId, place)
      : await this.phones.open(credentialId, orProblem(memberOf(principal)), place);
    return this.withIce(orProblem(opened));
  }

  private withIce(phone: BrowserPhone) {
    return { ...phone, iceServers: iceServersOf(this.config.ice, phone.username, phone.expiresAt) };
  }

  @Delete('session')
  @HttpCode(204)
  @Policy('phone.line')
  async end(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.phones.end(principal.credentialId);
  }
}
