import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { takesTwo } from '../../billing/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { Proposals } from '../../infra/http/proposals/proposals.service.js';
import { formatMoney } from '../../kernel/money.js';
import { because, country } from '../requests.js';
import { approveOrder, rejectOrder } from './deciding.service.js';
import { refundOrder } from './giving-back.service.js';
import { movesOf } from './move.js';
import { orderView, orderViews } from './order.views.js';
import { listAllOrders, listApprovals } from './order-lists.js';
import { findOrder, type Order } from './orders.rows.js';
import { ORDER_REFUND } from './refund-proposals.js';
import { RefundTeller } from './refund-teller.js';

const all = pageQuery(z.uuid()).extend({
  kind: z.enum(['number', 'goods']).optional(),
  state: z
    .string()
    .regex(/^[a-z-]{1,30}$/)
    .optional(),
});
const waiting = pageQuery(z.uuid()).extend({ country: country.optional() });
const id = z.uuid();

/** Orders as the operator sees them: what waits for a decision, and what has to be given back. */
@Controller('v1/shop')
export class ShopOrdersController {
  constructor(
    private readonly db: Db,
    private readonly teller: RefundTeller,
    private readonly proposals: Proposals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('approvals')
  @Policy('shop.oversee')
  async approvals(@Query({ schema: waiting }) { limit, cursor, country: of }: z.output<typeof waiting>) {
    const found = await listApprovals(this.db, { country: of, after: cursor, limit: limit + 1 });
    const page = pageOf(found, limit, (order) => order.id);
    const views = await orderViews(this.db, page.items);
    const items = page.items.flatMap(({ number, buyerId, stateSince: waitsSince, reason: why }, at) => {
      const view = views[at];
      return view === undefined
        ? []
        : [{ ...view, application: number?.application ?? null, buyerId, waitsSince, why }];
    });
    return { ...page, items };
  }

  @Post('approvals/:id/approval')
  @HttpCode(200)
  @Policy('shop.decide')
  @Idempotent()
  async approve(
    @CurrentPrincipal() { accountId: by }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: because }) { reason }: z.output<typeof because>,
  ) {
    return orderView(this.db, orProblem(await this.db.inTx((tx) => approveOrder(tx, of, { by, reason }))));
  }

  @Post('approvals/:id/rejection')
  @HttpCode(200)
  @Policy('shop.decide')
  @Idempotent()
  async reject(
    @CurrentPrincipal() { accountId: by }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: because }) { reason }: z.output<typeof because>,
  ) {
    return this.told(orProblem(await this.db.inTx((tx) => rejectOrder(tx, of, { by, reason }))));
  }

  @Get('orders')
  @Policy('shop.oversee')
  async orders(@Query({ schema: all }) { limit, cursor, kind, state }: z.output<typeof all>) {
    const found = await listAllOrders(this.db, { kind, state, before: cursor, limit: limit + 1 });
    const page = pageOf(found, limit, (order) => order.id);
    return { ...page, items: await orderViews(this.db, page.items) };
  }

  @Get('orders/:id')
  @Policy('shop.oversee')
  async order(@Param('id', { schema: id }) of: string) {
    const order = orProblem(await findOrder(this.db, of));
    return {
      ...(await orderView(this.db, order)),
      buyerId: order.buyerId,
      history: await movesOf(this.db, of),
    };
  }

  @Post('orders/:id/refunds')
  @HttpCode(200)
  @Policy('shop.refund')
  @Idempotent()
  async refund(
    @CurrentPrincipal() { accountId: by }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: because }) { reason }: z.output<typeof because>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const order = orProblem(await findOrder(this.db, of));
    if (!takesTwo(this.config.onePersonLimits, order.total))
      return this.told(orProblem(await this.db.inTx((tx) => refundOrder(tx, of, { by, reason }))));
    const proposal = await this.db.inTx((tx) =>
      this.proposals.propose(tx, {
        kind: ORDER_REFUND,
        subject: of,
        about: `${formatMoney(order.total)} of order ${of} given back: ${reason}`.slice(0, 300),
        wish: { orderId: of, reason },
        proposedBy: by,
      }),
    );
    response.status(202);
    return { ...(await orderView(this.db, order)), proposal: orProblem(proposal) };
  }

  /** A refund that the provider has to be told of is told now; should that fail, billing's sweep tells it. */
  private async told(order: Order) {
    await this.teller.tellOfOrder(order.id);
    return orderView(this.db, orProblem(await findOrder(this.db, order.id)));
  }
}
