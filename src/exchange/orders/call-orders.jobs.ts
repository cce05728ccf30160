import { Injectable } from '@nestjs/common';
import { type EventOf, Handles } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { CALL_ORDERS_CHANNEL, CallOrders } from './call-orders.js';

/** What other modules want called, and the news that an order is over. */
@Injectable()
export class CallOrdersJobs {
  constructor(
    private readonly orders: CallOrders,
    private readonly db: Db,
  ) {}

  @Handles('exchange.place-call-order', 'call-order.wanted')
  async place(wanted: EventOf<'call-order.wanted'>, tx: Tx): Promise<void> {
    await this.orders.place(tx, wanted);
  }

  /** For pages that wait for it: a hint, beside the transaction. Whoever must not miss it handles the event himself. */
  @Handles('exchange.show-call-order', 'call-order.ended')
  async show({ orderId, state }: EventOf<'call-order.ended'>, tx: Tx): Promise<void> {
    tx.afterCommit(() => {
      void this.db
        .rows('SELECT pg_notify($1, $2)', [CALL_ORDERS_CHANNEL, `${state}:${orderId}`])
        .catch(() => undefined);
    });
  }
}
