import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import QRCode from 'qrcode';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import {
  acrobits,
  DEVICES,
  grandstreamWave,
  newTicket,
  ownMember,
  renewSecret,
  vendorNames,
  vendors,
} from '../../membership/index.js';
import { notFound } from '../members/members.failures.js';
import { phoneSettings } from './phone-file.js';

const uuid = z.uuid();
const mac = z
  .string()
  .max(17)
  .transform((text) => text.replace(/[:.\- ]/g, '').toLowerCase())
  .refine((text) => /^[0-9a-f]{12}$/.test(text), 'must be a MAC address: 80:5e:c0:12:34:56');
const wanted = z.strictObject({ vendor: z.enum(vendorNames as [string, ...string[]]), mac });
const softphone = z.strictObject({ app: z.enum(['linphone', 'grandstream-wave', 'acrobits']) });

/** How a device gets its settings without anybody typing them. */
@Controller('v1')
export class ProvisioningController {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whose phones we can write files for. */
  @Get('provisioning/vendors')
  @Policy('provisioning.read')
  vendors() {
    return {
      items: vendorNames.map((vendor) => {
        const { name, kind, file } = vendors[vendor];
        return { vendor, name, kind, file: file('<mac>') };
      }),
    };
  }

  /** A URL for the phone's menu, or for DHCP option 66. Nothing changes until the phone fetches. */
  @Post('members/:memberId/devices/:id/provisioning')
  @Policy('devices.manage')
  @Idempotent()
  async begin(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: wanted }) { vendor: name, mac }: z.output<typeof wanted>,
  ) {
    await this.own(principal, memberId, id);
    // The schema takes these names only.
    const vendor = name as keyof typeof vendors;
    const { token, expiresAt } = await this.db.inTx((tx) => newTicket(tx, { deviceId: id, vendor, mac }));
    return { vendor, mac, url: this.urlOf(token), file: vendors[vendor].file(mac), expiresAt };
  }

  /** A QR code: a URL that the app fetches once, or (Grandstream Wave, Acrobits) the settings themselves, with a new secret. */
  @Post('members/:memberId/devices/:id/softphone')
  @Policy('devices.manage')
  @Idempotent()
  async softphone(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: softphone }) { app }: z.output<typeof softphone>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const member = await this.own(principal, memberId, id);
    const { acrobitsCloudId } = this.config;
    if (app === 'acrobits' && acrobitsCloudId === undefined) throw orProblem(err(noCloud));
    response.set('cache-control', 'no-store');
    if (app === 'linphone') {
      const ticket = { deviceId: id, vendor: app, mac: null };
      const { token, expiresAt } = await this.db.inTx((tx) => newTicket(tx, ticket));
      return { app, ...(await pictured(`${this.urlOf(token)}linphone.xml`)), once: true, expiresAt };
    }
    const renewed = await this.db.inTx(async (tx) => {
      const account = await renewSecret(tx, this.config.sip.realm, { id, memberId });
      const device = await DEVICES.one(tx, { id, memberId });
      return account === undefined || device === undefined
        ? err(notFound('device'))
        : ok({ account, device });
    });
    const { account, device } = orProblem(renewed);
    if (app === 'acrobits' && acrobitsCloudId !== undefined)
      return { app, ...(await pictured(acrobits(account, acrobitsCloudId))), once: false, expiresAt: null };
    const place = { ...device, mac: null, memberName: member.name, language: member.language };
    const text = grandstreamWave(phoneSettings(this.config, place, account));
    return { app, ...(await pictured(text)), once: false, expiresAt: null };
  }

  private async own(principal: Principal, memberId: string, id: string) {
    const member = await ownMember(this.db, principal, memberId);
    const device = await DEVICES.one(this.db, { id, memberId });
    return orProblem(device === undefined ? err(notFound('device')) : ok(member));
  }

  private urlOf(token: string): string {
    return `${this.config.http.publicUrl}/provision/${token}/`;
  }
}

const noCloud = failure('softphone.unavailable', 'Acrobits is not set up here.', {
  hint: 'the operator sets ACROBITS_CLOUD_ID; or use Linphone',
});

const pictured = async (text: string) => ({
  text,
  svg: await QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
});
