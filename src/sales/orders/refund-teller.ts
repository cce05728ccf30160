import { Inject, Injectable } from '@nestjs/common';
import { TOP_UP_PORT, type TopUpPort } from '../../billing/index.js';
import { Db } from '../../infra/db/db.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { tellProviderOf } from './direct-payment.service.js';

/** Tells the payment provider of refunds once they are committed. What gets lost here, billing's sweep tells within minutes. */
@Injectable()
export class RefundTeller {
  constructor(
    private readonly db: Db,
    @Inject(TOP_UP_PORT) private readonly port: TopUpPort | undefined,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Of what an order gives back. */
  async tellOfOrder(orderId: string): Promise<void> {
    const refunds = await this.db.rows<{ id: string }>(
      `SELECT refund_id AS id FROM order_payment WHERE order_id = $1 AND state = 'refunding'`,
      [orderId],
    );
    for (const { id } of refunds) await this.tell(id);
  }

  async tell(refundId: string): Promise<void> {
    if (this.port === undefined) return;
    await tellProviderOf(this.db, this.port, refundId).catch((error: unknown) =>
      this.log.warn({ err: error, refundId }, 'the provider was not told of a refund yet'),
    );
  }
}
