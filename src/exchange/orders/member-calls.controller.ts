import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import type { AttemptLimit } from '../../infra/http/access/attempts.js';
import { Limited } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import { DEVICES, ownMember } from '../../membership/index.js';
import { orderUnknown, phoneUnknown } from './call-orders.failures.js';
import { CallOrders } from './call-orders.js';
import { type OrderView, orderOfMember } from './call-orders.query.js';
import { dialString, onAnswer } from './domain/order-events.js';

const uuid = z.uuid();
const deviceId = uuid;
const wanted = z.union([
  z.strictObject({ deviceId, dial: dialString }),
  z.strictObject({ deviceId, service: z.literal('echo') }),
]);

const CALLED: AttemptLimit = { purpose: 'click-to-dial', minutes: 60, both: 300, source: 1200, subject: 300 };

/** Whoever clicks waits at his phone. */
const PATIENCE_MS = 60_000;

/** A member's own phone is rung, and then dials or tests the line: click-to-dial. */
@Controller('v1/members/:memberId/calls')
export class MemberCallsController {
  constructor(
    private readonly db: Db,
    private readonly orders: CallOrders,
  ) {}

  @Post()
  @Limited(CALLED)
  @Policy('calls.make')
  @Idempotent()
  async order(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: wanted }) body: z.output<typeof wanted>,
  ): Promise<OrderView> {
    const { language } = await ownMember(this.db, principal, memberId);
    const phone = await DEVICES.one(this.db, { id: body.deviceId, memberId });
    const { id } = orProblem(phone?.enabled === true ? ok(phone) : err(phoneUnknown(body.deviceId)));
    const dials = 'dial' in body;
    const orderId = newId();
    await this.db.inTx((tx) =>
      this.orders.place(tx, {
        orderId,
        purpose: dials ? 'click-to-dial' : 'test-call',
        account: { kind: 'member', memberId },
        ring: { kind: 'device', deviceId: id },
        ringSeconds: 45,
        language,
        onAnswer: onAnswer.parse(
          dials ? { do: 'connect', dial: body.dial } : { do: 'service', service: body.service },
        ),
        expiresAt: new Date(Date.now() + PATIENCE_MS).toISOString(),
      }),
    );
    return this.found(memberId, orderId);
  }

  @Get(':id')
  @Policy('calls.make')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<OrderView> {
    await ownMember(this.db, principal, memberId);
    return this.found(memberId, id);
  }

  private async found(memberId: string, id: string): Promise<OrderView> {
    const found = await orderOfMember(this.db, memberId, id);
    return orProblem(found === undefined ? err(orderUnknown(id)) : ok(found));
  }
}
