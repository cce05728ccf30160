import { Body, Controller, Get, Param, Patch, Put } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { CALL_SETTINGS, findMeOf, ownMember, setFindMe } from '../../membership/index.js';
import { DEFAULT_CALL_SETTINGS } from '../domain/member.js';
import { most } from '../fields.js';
import { findMeSteps } from './find-me.fields.js';

const uuid = z.uuid();
const findMe = z.strictObject({ steps: findMeSteps });
/** Where to, as the member would dial it. */
const forward = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}]+$/u, 'must be on one line')
  .nullable();
const settings = z
  .strictObject({
    doNotDisturb: z.boolean(),
    forwardAlways: forward,
    forwardBusy: forward,
    forwardNoAnswer: forward,
    ringSeconds: z.number().int().min(5).max(120),
    callWaiting: z.boolean(),
    hideNumber: z.boolean(),
    transferOut: z.boolean(),
    voicemail: z.boolean(),
  })
  .partial();
/** null: what the routing settings say for everybody. */
const limits = z.strictObject({ maxCalls: most, maxCallsPerSecond: most });

/** How a member wants his calls handled; the next call follows it. */
@Controller('v1/members/:memberId')
export class CallHandlingController {
  constructor(private readonly db: Db) {}

  /** In the order in which he is looked for; without steps: all devices, then his voicemail. */
  @Get('find-me')
  @Policy('call-handling.read')
  async findMe(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
  ) {
    await ownMember(this.db, principal, memberId);
    return { steps: await findMeOf(this.db, memberId) };
  }

  @Put('find-me')
  @Policy('call-handling.manage')
  async setFindMe(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: findMe }) { steps }: z.output<typeof findMe>,
  ) {
    await ownMember(this.db, principal, memberId);
    return { steps: orProblem(await this.db.inTx((tx) => setFindMe(tx, memberId, steps))) };
  }

  @Get('call-settings')
  @Policy('call-handling.read')
  async settings(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
  ) {
    await ownMember(this.db, principal, memberId);
    return this.settingsOf(memberId);
  }

  @Patch('call-settings')
  @Policy('call-handling.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: settings }) changes: z.output<typeof settings>,
  ) {
    await ownMember(this.db, principal, memberId);
    await CALL_SETTINGS.put(this.db, { memberId, ...changes });
    return this.settingsOf(memberId);
  }

  @Put('call-limits')
  @Policy('call-limits.manage')
  async limits(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: limits }) wanted: z.output<typeof limits>,
  ) {
    await ownMember(this.db, principal, memberId);
    await CALL_SETTINGS.put(this.db, { memberId, ...wanted });
    return this.settingsOf(memberId);
  }

  private async settingsOf(memberId: string) {
    const { memberId: _, ...found } = (await CALL_SETTINGS.one(this.db, { memberId })) ?? {
      ...DEFAULT_CALL_SETTINGS,
      memberId,
    };
    return found;
  }
}
