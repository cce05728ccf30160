import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { DEVICES, makeDevice, ownMember, renewSecret, stepsThatName } from '../../membership/index.js';
import { area, country, e164, uuidCursor } from '../fields.js';
import { location } from './location.js';
import { inUse, notFound } from './members.failures.js';

const uuid = z.uuid();
const terms = z.strictObject({
  label: z.string().trim().min(1).max(100),
  /** Where it stands: emergency calls are that country's. */
  country,
  area: area.nullable(),
  /** The telephone number that emergency calls carry, of that country. */
  locationNumber: e164,
  enabled: z.boolean(),
});
const newDevice = terms
  .partial()
  .required({ label: true, locationNumber: true })
  .extend({ kind: z.enum(['sip', 'webrtc']).default('sip') });
const changedDevice = terms.partial();
const listQuery = pageQuery(uuidCursor);

/** A member's phones. Whoever makes one hears its secret once; it is stored nowhere. */
@Controller('v1/members/:memberId/devices')
export class DevicesController {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Policy('devices.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ) {
    await ownMember(this.db, principal, memberId);
    return pageOf(await DEVICES.page(this.db, { memberId }, cursor, limit + 1), limit, ({ id }) => [id]);
  }

  @Get(':id')
  @Policy('devices.read')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('id', { schema: uuid }) id: string,
  ) {
    await ownMember(this.db, principal, memberId);
    const device = await DEVICES.one(this.db, { id, memberId });
    return orProblem(device === undefined ? err(notFound('device')) : ok(device));
  }

  @Post()
  @Policy('devices.manage')
  @Idempotent()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: newDevice }) wanted: z.output<typeof newDevice>,
  ) {
    const member = await ownMember(this.db, principal, memberId);
    const place = { country: wanted.country ?? member.country, locationNumber: wanted.locationNumber };
    const device = { ...wanted, ...orProblem(location(place)), memberId, area: wanted.area ?? null };
    const made = await this.db.inTx((tx) => makeDevice(tx, this.config.sip.realm, device));
    const { device: shown, secret } = orProblem(made);
    return { ...shown, secret, sip: this.registrar() };
  }

  /** A new secret; the old one is worth nothing from then on. */
  @Post(':id/secret')
  @HttpCode(200)
  @Policy('devices.manage')
  @Idempotent()
  async secret(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('id', { schema: uuid }) id: string,
  ) {
    await ownMember(this.db, principal, memberId);
    const renewed = await this.db.inTx((tx) => renewSecret(tx, this.config.sip.realm, { id, memberId }));
    const made = orProblem(renewed === undefined ? err(notFound('device')) : ok(renewed));
    return { ...made, sip: this.registrar() };
  }

  @Patch(':id')
  @Policy('devices.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changedDevice }) changes: z.output<typeof changedDevice>,
  ) {
    await ownMember(this.db, principal, memberId);
    const changed = await this.db.inTx(async (tx) => {
      await tx.rows('SELECT FROM device WHERE id = $1 FOR UPDATE', [id]);
      const before = await DEVICES.one(tx, { id, memberId });
      if (before === undefined) return err(notFound('device'));
      const place = location({
        country: changes.country ?? before.country,
        locationNumber: changes.locationNumber ?? before.locationNumber,
      });
      if (!place.ok) return place;
      const after = await DEVICES.update(tx, { id, memberId }, { ...changes, ...place.value });
      return after === undefined ? err(notFound('device')) : ok(after);
    });
    return orProblem(changed);
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('devices.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    await ownMember(this.db, principal, memberId);
    const removed = await unlessRefused({ '23503': inUse('device', ['the find-me order']) }, async () => {
      const users = await stepsThatName(this.db, memberId, id);
      if (users.length > 0) return err(inUse('device', users));
      return (await DEVICES.delete(this.db, { id, memberId })) === 1
        ? ok(undefined)
        : err(notFound('device'));
    });
    orProblem(removed);
  }

  /** Where a telephone registers with its secret. */
  private registrar() {
    const { host, port, tlsPort, realm } = this.config.sip;
    return { host, port, tlsPort, realm };
  }
}
