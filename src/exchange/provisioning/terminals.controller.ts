import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { sourceOf } from '../../infra/http/access/source.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { DEVICES, type MemberRow, makeDevice, ownMember, vendors } from '../../membership/index.js';
import { e164 } from '../fields.js';
import { location } from '../members/location.js';
import { notFound } from '../members/members.failures.js';
import { lockTerminal, openWindow, type SoldTerminal, terminalsOf } from './sold-terminals.js';

const uuid = z.uuid();
const mac = z.string().regex(/^[0-9a-f]{12}$/, 'must be the serial as GET …/terminals has it');
const list = pageQuery(mac);
const wanted = z.strictObject({
  label: z.string().trim().min(1).max(100).default('Desk telephone'),
  /** The telephone of the place where it stands: needed while the member has no other device. */
  locationNumber: e164.optional(),
  /** The phone is in another network than whoever asks. */
  anywhere: z.boolean().default(false),
});
type Wanted = z.output<typeof wanted>;

/** Telephones that somebody bought here: they set themselves up by their MAC, while their owner keeps the window open. */
@Controller('v1/members/:memberId/terminals')
export class TerminalsController {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Policy('devices.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    await ownMember(this.db, principal, memberId);
    const found = await terminalsOf(this.db, memberId, { after: cursor, limit: limit + 1 });
    const page = pageOf(found, limit, (one) => one.mac);
    return { ...page, items: page.items.map((one) => this.viewOf(one)) };
  }

  /** Opens the window: the phone fetches its settings by itself when it starts within it. */
  @Post(':mac/window')
  @Policy('devices.manage')
  @Idempotent()
  async open(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('mac', { schema: mac }) serial: string,
    @Body({ schema: wanted }) wish: Wanted,
    @Req() request: Request,
  ) {
    const member = await ownMember(this.db, principal, memberId);
    const source = wish.anywhere ? null : sourceOf(request.ip ?? '');
    const opened = await this.db.inTx(async (tx) => {
      const terminal = await lockTerminal(tx, memberId, serial);
      if (terminal === undefined) return err(notFound('terminal'));
      const device = await this.deviceFor(tx, member, terminal, wish);
      return device.ok ? ok(await openWindow(tx, { mac: serial, deviceId: device.value, source })) : device;
    });
    return this.viewOf(orProblem(opened));
  }

  /** Its own device; the first time one is made where the member's others stand, or at the place that is told. */
  private async deviceFor(
    tx: Tx,
    member: MemberRow,
    { deviceId }: SoldTerminal,
    { label, locationNumber }: Wanted,
  ): Promise<Result<string>> {
    if (deviceId !== null) return ok(deviceId);
    const [other] = await DEVICES.page(tx, { memberId: member.id }, undefined, 1);
    const number = locationNumber ?? other?.locationNumber;
    if (number === undefined) return err(placeUnknown);
    const country = locationNumber === undefined ? (other?.country ?? member.country) : member.country;
    const place = location({ country, locationNumber: number });
    if (!place.ok) return place;
    const area = other?.area ?? member.area;
    const wish = { ...place.value, memberId: member.id, label, area, kind: 'sip' } as const;
    const made = await makeDevice(tx, this.config.sip.realm, wish);
    return made.ok ? ok(made.value.device.id) : made;
  }

  private viewOf({ mac: serial, vendor, deviceId, windowUntil, fetchedAt }: SoldTerminal) {
    const { name, kind, file } = vendors[vendor];
    const url = `${this.config.http.publicUrl}/provision/zero-touch/`;
    return { serial, vendor, name, kind, deviceId, windowUntil, fetchedAt, url, file: file(serial) };
  }
}

const placeUnknown = failure('terminal.location.mismatch', 'Nobody knows yet where this telephone stands.', {
  hint: 'send "locationNumber": a telephone of that place, which emergency calls carry',
});
