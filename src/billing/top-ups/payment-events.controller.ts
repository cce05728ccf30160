import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  type RawBodyRequest,
  Req,
} from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { formatAmount } from '../../kernel/money.js';
import { err, failure } from '../../kernel/result.js';
import { type Effect, takeEvent } from './payment-facts.service.js';
import { TestProviderPort } from './test-provider.port.js';
import { noPort, testPaymentUnknown } from './top-up.failures.js';
import { TOP_UP_PORT, type TopUpPort } from './top-up-port.js';

const outcome = z.strictObject({ outcome: z.enum(['paid', 'declined', 'expired']) });
const portName = z.enum(['test', 'stripe']);
const reference = z.string().regex(/^tp_[0-9a-f]{24}$/);

/** What payment providers tell, and the test provider's page. */
@Controller('v1')
export class PaymentEventsController {
  constructor(
    private readonly db: Db,
    @Inject(TOP_UP_PORT) private readonly port: TopUpPort | undefined,
    private readonly outbox: Outbox,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Believed by its signature alone, over the body byte for byte. What speaks of a payment not known yet is told again later. */
  @Post('payment-events/:port')
  @HttpCode(200)
  @Policy('payment-events.receive')
  async receive(
    @Param('port', { schema: portName }) name: string,
    @Req() request: RawBodyRequest<Request>,
  ): Promise<{ readonly effect: Effect }> {
    if (this.port?.name !== name) return orProblem(err(noPort()));
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : undefined,
      ]),
    );
    return { effect: await this.take(request.rawBody ?? Buffer.alloc(0), headers) };
  }

  @Get('test-payments/:reference')
  @Policy('top-ups.make')
  async page(@Param('reference', { schema: reference }) of: string) {
    const { amount, key: _, ...payment } = orProblem(await this.testProvider().find(of));
    return { reference: of, ...payment, amount: formatAmount(amount), currency: amount.currency };
  }

  /** Pays, declines or lets the test payment expire. Its event comes signed, and twice, as providers promise no better. */
  @Post('test-payments/:reference/outcome')
  @HttpCode(200)
  @Policy('top-ups.make')
  @Idempotent()
  async decide(
    @Param('reference', { schema: reference }) of: string,
    @Body({ schema: outcome }) { outcome: decision }: z.output<typeof outcome>,
  ) {
    const event = orProblem(await this.testProvider().decide(of, decision));
    await this.take(event.body, event.headers);
    await this.take(event.body, event.headers);
    return this.page(of);
  }

  private async take(body: Buffer, headers: Readonly<Record<string, string | undefined>>): Promise<Effect> {
    const { port } = this;
    if (port === undefined) return orProblem(err(noPort()));
    const event = orProblem(port.read(body, headers, new Date()));
    const effect = await this.db.inTx((tx) => takeEvent(tx, port.name, event));
    this.outbox.ring();
    if (effect === 'not-yet') return orProblem(err(notYet));
    const odd = effect === 'unknown' || effect === 'other-currency';
    if (odd)
      this.log.error({ port: port.name, event: event.eventId, effect }, 'a payment event fits no top-up');
    return effect;
  }

  private testProvider(): TestProviderPort {
    return this.port instanceof TestProviderPort ? this.port : orProblem(err(testPaymentUnknown()));
  }
}

const notYet = failure('payment-event.unavailable', 'this speaks of a payment that is not known yet', {
  hint: 'tell it again later',
  retry: 'safe',
});
