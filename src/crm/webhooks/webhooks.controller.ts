import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import type { AttemptLimit } from '../../infra/http/access/attempts.js';
import { Limited } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { KeyRing } from '../../infra/sealing/key-ring.js';
import { webhookEvents } from '../domain/webhook-schedule.js';
import { seenByCaller } from '../signed-in.js';
import {
  changeWebhook,
  createWebhook,
  type DeliveryView,
  findWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  rotateSecret,
  sendAgain,
  type WebhookView,
} from './endpoints.service.js';

const uuid = z.uuid();
const url = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => {
    // What is no URL at all has been said above.
    if (!URL.canParse(text)) return true;
    const { username, password, hash } = new URL(text);
    return username === '' && password === '' && hash === '';
  }, 'must have no user name, password or fragment');
const events = z
  .array(z.enum(webhookEvents))
  .min(1)
  .max(webhookEvents.length)
  .transform((all) => [...new Set(all)]);
const newWebhook = z.strictObject({ url, events });
const changes = z.strictObject({ url, events, enabled: z.boolean() }).partial();
const list = pageQuery(z.uuid());

const SENT_AGAIN: AttemptLimit = {
  purpose: 'webhook-attempt',
  minutes: 60,
  both: 120,
  source: 480,
  subject: 120,
};

/** Others' servers that are told of what happens: a company's of its own matters, the operator's of everything. */
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly db: Db,
    private readonly keys: KeyRing,
  ) {}

  /** Makes a webhook; its secret is in this answer and nowhere else. */
  @Post()
  @Policy('webhooks.manage')
  @Idempotent()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newWebhook }) wanted: z.output<typeof newWebhook>,
  ): Promise<WebhookView & { readonly secret: string }> {
    const { own: owner } = seenByCaller(principal);
    const { accountId } = principal;
    return orProblem(
      await this.db.inTx((tx) => createWebhook(tx, this.keys, { owner, accountId, ...wanted })),
    );
  }

  @Get()
  @Policy('webhooks.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ): Promise<Page<WebhookView>> {
    const found = await listWebhooks(this.db, seenByCaller(principal), cursor, limit + 1);
    return pageOf(found, limit, ({ id }) => id);
  }

  @Get(':id')
  @Policy('webhooks.read')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<WebhookView> {
    return orProblem(await findWebhook(this.db, seenByCaller(principal), id));
  }

  /** Changes where it posts or what it hears, or switches it off and on. */
  @Patch(':id')
  @Policy('webhooks.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changes }) wanted: z.output<typeof changes>,
  ): Promise<WebhookView> {
    return orProblem(await this.db.inTx((tx) => changeWebhook(tx, seenByCaller(principal), id, wanted)));
  }

  /** A new secret; the one before goes on signing beside it for a day. */
  @Post(':id/secret')
  @HttpCode(200)
  @Policy('webhooks.manage')
  @Idempotent()
  async rotate(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    return orProblem(await this.db.inTx((tx) => rotateSecret(tx, this.keys, seenByCaller(principal), id)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('webhooks.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    orProblem(await removeWebhook(this.db, seenByCaller(principal), id));
  }

  /** What it was told in the last 30 days, newest first, and what came of it. */
  @Get(':id/deliveries')
  @Policy('webhooks.read')
  async deliveries(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ): Promise<Page<DeliveryView>> {
    orProblem(await findWebhook(this.db, seenByCaller(principal), id));
    return pageOf(await listDeliveries(this.db, id, cursor, limit + 1), limit, (one) => one.id);
  }

  /** Sends a message again, with the id that it had. */
  @Post(':id/deliveries/:deliveryId/attempts')
  @Limited(SENT_AGAIN)
  @HttpCode(202)
  @Policy('webhooks.manage')
  @Idempotent()
  async again(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Param('deliveryId', { schema: uuid }) deliveryId: string,
  ): Promise<DeliveryView> {
    orProblem(await findWebhook(this.db, seenByCaller(principal), id));
    return orProblem(await sendAgain(this.db, id, deliveryId));
  }
}
