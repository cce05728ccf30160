import { Body, Controller, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { event } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { Policy } from '../../infra/http/policy.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { err, ok } from '../../kernel/result.js';
import { instant } from '../requests.js';
import { confirmPayment, findOrder, retryPayment } from './paying.service.js';
import { orderUnknown } from './settlement.failures.js';

const confirmation = z.strictObject({
  outcome: z.enum(['paid', 'failed']),
  at: instant,
  /** Where it can be seen: the bank statement's number. */
  detail: z.string().trim().min(1).max(200),
});

/** A settlement's payment order. */
@Controller('v1/settlements/:id/payment')
export class PaymentsController {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
  ) {}

  @Get()
  @Policy('settlements.read')
  async find(@Param('id', { schema: z.uuid() }) id: string) {
    const { document, ...order } = orProblem(await this.order(id));
    return { ...order, hasDocument: document !== null };
  }

  /** The bank file (pain.001), for upload at the bank. */
  @Get('document')
  @Policy('settlements.approve')
  @AnswersWith('application/xml')
  async document(@Param('id', { schema: z.uuid() }) id: string): Promise<StreamableFile> {
    const { document } = orProblem(await this.order(id));
    if (document === null) return orProblem(err(orderUnknown()));
    return new StreamableFile(Buffer.from(document), {
      type: 'application/xml',
      disposition: `attachment; filename="pain001-${id}.xml"`,
    });
  }

  /** What the bank's statement says: paid or not. */
  @Post('confirmation')
  @HttpCode(200)
  @Policy('settlements.approve')
  @Idempotent()
  async confirm(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: confirmation }) said: z.output<typeof confirmation>,
  ) {
    orProblem(await this.db.inTx((tx) => confirmPayment(tx, id, said)));
    return this.find(id);
  }

  /** After a failure: told of again, as a new payment. */
  @Post('retry')
  @HttpCode(200)
  @Policy('settlements.approve')
  @Idempotent()
  async retry(@Param('id', { schema: z.uuid() }) id: string) {
    orProblem(
      await this.db.inTx(async (tx) => {
        const waiting = await retryPayment(tx, id);
        if (waiting.ok) await this.outbox.add(tx, event('settlement.approved', { settlementId: id }));
        return waiting;
      }),
    );
    return this.find(id);
  }

  private async order(id: string) {
    const found = await findOrder(this.db, id);
    return found === undefined ? err(orderUnknown()) : ok(found);
  }
}
