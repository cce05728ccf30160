import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { TaxIds, TOP_UP_PORT, type TopUpPort } from '../../billing/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { type AttemptLimit, Attempts } from '../../infra/http/access/attempts.js';
import { Limited, LimitedInside } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { err, failure, type Result } from '../../kernel/result.js';
import { findProduct } from '../catalogue/products.service.js';
import { askReturn, orderGoods } from '../goods/goods-orders.service.js';
import { claimedKeys } from '../numbers/claims.service.js';
import { PlanSource } from '../numbers/plan-source.js';
import { Turns } from '../numbers/turns.js';
import { receiptOf } from '../receipts/receipt.service.js';
import { perhapsBecause } from '../requests.js';
import { numberTaken } from '../sales.failures.js';
import { applyForNumber, holdNumber, verifyOrder } from './applying.service.js';
import { buyerFor, ownOrder } from './buyer.js';
import { cancelOrder, selectOrder } from './deciding.service.js';
import { beginDirectPayment } from './direct-payment.service.js';
import { movesOf } from './move.js';
import { application, orderWish, payment } from './order.requests.js';
import { orderView, orderViews } from './order.views.js';
import { listOwnOrders } from './order-lists.js';
import type { Order } from './orders.rows.js';
import { payFromWallet } from './paying.service.js';
import { quoteNumber } from './quoting.service.js';
import { RefundTeller } from './refund-teller.js';

const list = pageQuery(z.uuid()).extend({
  kind: z.enum(['number', 'goods']).optional(),
  state: z
    .string()
    .regex(/^[a-z-]{1,30}$/)
    .optional(),
});
const id = z.uuid();
/** Offers that one account, and one place, may ask for; an office is one place. */
const ASKED: AttemptLimit = { purpose: 'offer', minutes: 60, both: 300, source: 1_000, subject: 300 };
type Step = (tx: Tx, order: Order) => Promise<Result<Order>>;

/** Each asks a payment provider. */
const PAID: AttemptLimit = { purpose: 'payment', minutes: 60, both: 60, source: 240, subject: 60 };

/** What a buyer does with his orders. Each answer is the whole order. */
@Controller('v1/orders')
export class OrdersController {
  private readonly turns = new Turns();

  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
    private readonly plans: PlanSource,
    private readonly teller: RefundTeller,
    private readonly attempts: Attempts,
    private readonly taxIds: TaxIds,
    @Inject(TOP_UP_PORT) private readonly port: TopUpPort | undefined,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @LimitedInside(ASKED)
  @Policy('shop.buy')
  @Idempotent()
  async order(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: orderWish }) asked: z.output<typeof orderWish>,
    @Req() request: Request,
  ) {
    await this.attempts.orTooMany(ASKED, principal.accountId, request);
    const taxIdChecked = orProblem(await this.taxIds.check(asked.billing));
    const wish = { ...asked, billing: { ...asked.billing, taxIdChecked } };
    if (wish.kind === 'goods') {
      const buyer = orProblem(buyerFor(principal, principal.companyId === null ? 'person' : 'company'));
      return orderView(this.db, orProblem(await this.db.inTx((tx) => orderGoods(tx, wish, buyer))));
    }
    const product = orProblem(await findProduct(this.db, wish.product));
    const buyer = orProblem(buyerFor(principal, product.kind));
    const plan = await this.plans.plan();
    return orderView(this.db, orProblem(await quoteNumber(this.db, plan, wish, buyer)));
  }

  @Get()
  @Policy('shop.buy')
  async list(
    @CurrentPrincipal() { accountId, companyId, roles }: Principal,
    @Query({ schema: list }) { limit, cursor, kind, state }: z.output<typeof list>,
  ) {
    const whose = { accountId, companyId: roles.includes('company-admin') ? companyId : null };
    const found = await listOwnOrders(this.db, whose, { kind, state, before: cursor, limit: limit + 1 });
    const page = pageOf(found, limit, (order) => order.id);
    return { ...page, items: await orderViews(this.db, page.items) };
  }

  @Get(':id')
  @Policy('shop.buy')
  async find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    return orderView(this.db, orProblem(await ownOrder(this.db, principal, of)));
  }

  @Get(':id/history')
  @Policy('shop.buy')
  async history(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    orProblem(await ownOrder(this.db, principal, of));
    return { items: await movesOf(this.db, of), nextCursor: null };
  }

  @Get(':id/receipt')
  @Policy('shop.buy')
  @AnswersWith('application/pdf')
  async receipt(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    const order = orProblem(await ownOrder(this.db, principal, of));
    const pdf = orProblem(await receiptOf(this.db, order));
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      disposition: `attachment; filename="receipt-${of}.pdf"`,
    });
  }

  @Post(':id/hold')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  async hold(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    const plan = await this.plans.plan();
    const key = orProblem(await ownOrder(this.db, principal, of)).number?.key ?? of;
    return this.turns.take(key, async () => {
      if ((await claimedKeys(this.db, [key], of)).size > 0) orProblem(err(numberTaken()));
      return this.step(principal, of, (tx) => holdNumber(tx, plan, of, principal.accountId));
    });
  }

  @Post(':id/application')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  apply(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: application }) {
      holder,
      contact,
      branches,
      acceptsWarnings,
    }: z.output<typeof application>,
  ) {
    return this.step(principal, of, async (tx, { number }) => {
      if (!acceptsWarnings && (number?.warnings.length ?? 0) > 0) return err(warningsToAccept());
      return applyForNumber(tx, of, { application: { ...holder, branches }, contact }, principal.accountId);
    });
  }

  @Post(':id/verification')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  verify(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    return this.step(principal, of, (tx) => verifyOrder(tx, of, principal.accountId));
  }

  @Post(':id/selection')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  select(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    return this.step(principal, of, (tx) => selectOrder(tx, of, principal.accountId));
  }

  /** Directly: the answer's payment has the `redirectUrl` where the buyer pays. */
  @Post(':id/payments')
  @Limited(PAID)
  @Policy('shop.buy')
  @Idempotent()
  async pay(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: payment }) { method, walletFirst }: z.output<typeof payment>,
  ) {
    const by = principal.accountId;
    if (method === 'wallet') return this.step(principal, of, (tx) => payFromWallet(tx, this.outbox, of, by));
    orProblem(await ownOrder(this.db, principal, of));
    const port: TopUpPort = this.port ?? orProblem(err(noProvider()));
    const returnUrl = `${this.config.http.publicUrl}/shop/orders/${of}`;
    orProblem(await beginDirectPayment(this.db, this.outbox, port, of, { by, returnUrl, walletFirst }));
    return this.find(principal, of);
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: perhapsBecause }) { reason }: z.output<typeof perhapsBecause>,
  ) {
    await this.step(principal, of, (tx) => cancelOrder(tx, of, { by: principal.accountId, reason }));
    await this.teller.tellOfOrder(of);
    return this.find(principal, of);
  }

  @Post(':id/return')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  sendBack(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: perhapsBecause }) { reason }: z.output<typeof perhapsBecause>,
  ) {
    return this.step(principal, of, (tx) => askReturn(tx, of, { by: principal.accountId, reason }));
  }

  /** Whose it is never changes before it is given: what was read before the lock still holds under it. */
  private async step(principal: Principal, of: string, work: Step) {
    const moved = await this.db.inTx(async (tx) => {
      const order = await ownOrder(tx, principal, of);
      return order.ok ? work(tx, order.value) : order;
    });
    return orderView(this.db, orProblem(moved));
  }
}

const warningsToAccept = () =>
  failure('order.warnings.mismatch', 'This number comes with warnings that were not accepted.', {
    hint: 'show "warnings" to the buyer and send acceptsWarnings: true',
  });
const noProvider = () =>
  failure('order.payment.unavailable', 'No payment provider is set up.', {
    hint: 'pay from the wallet, or ask the operator',
  });
