import { isIP } from 'node:net';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure } from '../../kernel/result.js';
import { addBan, type BanView, liftBan, listBans, trunkAddresses } from './bans.js';
import { neverBanned } from './domain/never-banned.js';

const listed = pageQuery(z.uuid()).extend({
  inForce: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(true),
});
const MOST_HOURS = 24 * 365;
const ban = z.strictObject({
  /** An IPv4 or IPv6 address. */
  address: z.string().refine((text) => isIP(text) !== 0, 'must be an IP address'),
  reason: z.string().trim().min(1).max(200),
  hours: z.int().min(1).max(MOST_HOURS),
});

/** Who is refused at the SIP door. */
@Controller('v1/sip-bans')
export class BansController {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Newest first; `inForce=false`: also those that are over or were lifted. */
  @Get()
  @Policy('sip-bans.read')
  async list(
    @Query({ schema: listed }) { limit, cursor, inForce }: z.output<typeof listed>,
  ): Promise<Page<BanView>> {
    const found = await listBans(this.db, { inForce, before: cursor, limit: limit + 1 });
    return pageOf(found, limit, ({ id }) => id);
  }

  /** Bans one address by hand; in force within a second. A trunk's and our own cannot be banned. */
  @Post()
  @Policy('sip-bans.manage')
  @Idempotent()
  async add(
    @CurrentPrincipal() { accountId: by }: Principal,
    @Body({ schema: ban }) { address, reason, hours }: z.output<typeof ban>,
  ): Promise<BanView | undefined> {
    const trunks = await trunkAddresses(this.db);
    const never = neverBanned([...this.config.sip.neverBanned, ...trunks.map((row) => row.address)]);
    if (never.includes(address)) orProblem(err(ours(address)));
    const until = new Date(Date.now() + hours * 3_600_000);
    return this.db.inTx((tx) => addBan(tx, { source: address, reason, until, by }));
  }

  /** Lets the source in again, within a second. */
  @Delete(':id')
  @HttpCode(204)
  @Policy('sip-bans.manage')
  async lift(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<void> {
    if (!(await this.db.inTx((tx) => liftBan(tx, id, accountId)))) orProblem(err(unknown()));
  }
}

const ours = (address: string) =>
  failure('sip-ban.not-allowed', `${address} is a trunk's or our own and cannot be banned.`, {
    hint: 'disable the trunk, or change SIP_NEVER_BANNED',
  });
const unknown = () =>
  failure('sip-ban.not-found', 'There is no such ban in force.', {
    hint: 'GET /v1/sip-bans lists those in force',
  });
