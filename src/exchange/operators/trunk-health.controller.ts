import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import type { AttemptLimit } from '../../infra/http/access/attempts.js';
import { Limited } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import { e164, slug } from '../fields.js';
import { unknown } from '../network/network.failures.js';
import { CallOrders } from '../orders/call-orders.js';
import { type OrderView, orderOf } from '../orders/call-orders.query.js';
import { houseOnly } from './operators.fields.js';
import {
  type TrunkEvent,
  type TrunkHour,
  type TrunkNow,
  trunkEvents,
  trunkHours,
  trunksNow,
} from './trunk-health.query.js';

const eventsQuery = pageQuery(z.string().regex(/^\d{1,18}$/));
const testCall = z.strictObject({ e164, language: z.enum(['en', 'ko', 'ja']).default('en') });
const PATIENCE_MS = 60_000;

/** A call that tries a trunk, before anything came of it. */
type TestCall = Pick<OrderView, 'orderId' | 'callId' | 'state'>;

const TESTED: AttemptLimit = { purpose: 'test-call', minutes: 60, both: 60, source: 240, subject: 60 };

/** How trunks fare, and a call to try one. */
@Controller('v1')
export class TrunkHealthController {
  constructor(
    private readonly db: Db,
    private readonly orders: CallOrders,
  ) {}

  /** All of them: state, calls now, how the last 24 hours' calls ended, the last failure. */
  @Get('trunk-health')
  @Policy('network.read')
  async list(): Promise<{ readonly items: readonly TrunkNow[] }> {
    return { items: await trunksNow(this.db) };
  }

  /** One, with its last 24 hours. */
  @Get('trunk-health/:id')
  @Policy('network.read')
  async one(
    @Param('id', { schema: slug }) id: string,
  ): Promise<TrunkNow & { readonly hours: readonly TrunkHour[] }> {
    return { ...(await this.found(id)), hours: await trunkHours(this.db, id) };
  }

  /** When it was avoided and when it was well again, newest first; kept for 30 days. */
  @Get('trunk-health/:id/events')
  @Policy('network.read')
  async events(
    @Param('id', { schema: slug }) id: string,
    @Query({ schema: eventsQuery }) { limit, cursor }: z.output<typeof eventsQuery>,
  ): Promise<Page<TrunkEvent>> {
    await this.found(id);
    return pageOf(await trunkEvents(this.db, id, limit + 1, cursor), limit, (one) => one.id);
  }

  /**
   * Rings a telephone through that trunk and no other way, and says a short message to whoever answers. `GET /v1/call-orders/:id` says
   * what became of it, `GET /v1/calls/:callId/trace` why.
   */
  @Post('trunks/:id/test-calls')
  @Limited(TESTED)
  @Policy('trunks.test')
  @Idempotent()
  async test(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: slug }) id: string,
    @Body({ schema: testCall }) { e164: number, language }: z.output<typeof testCall>,
  ): Promise<TestCall> {
    houseOnly(principal);
    await this.found(id);
    const orderId = newId();
    await this.db.inTx((tx) =>
      this.orders.place(tx, {
        orderId,
        purpose: 'trunk-test',
        account: { kind: 'house' },
        ring: { kind: 'number', e164: number, trunk: id },
        ringSeconds: 30,
        language,
        onAnswer: { do: 'speak', prompt: 'message', times: 1 },
        expiresAt: new Date(Date.now() + PATIENCE_MS).toISOString(),
      }),
    );
    const order = await orderOf(this.db, orderId);
    if (order === undefined) throw new Error(`the order ${orderId} was placed and is not there`);
    const { callId, state } = order;
    return { orderId, callId, state };
  }

  private async found(id: string): Promise<TrunkNow> {
    const [trunk] = await trunksNow(this.db, id);
    return orProblem(trunk === undefined ? err(unknown('trunk', id)) : ok(trunk));
  }
}
