import { Injectable } from '@nestjs/common';
import { type EventOf, Handles } from '../events.js';
import type { Tx } from '../infra/db/tx.js';
import { chargeCalls } from './charging.service.js';
import { RateBook } from './rate-book.service.js';

/** What billing does when it is told: all inside the transaction that also notes the message as done. */
@Injectable()
export class BillingJobs {
  constructor(private readonly book: RateBook) {}

  @Handles('billing.charge-call', 'call.ended')
  async chargeCall(call: EventOf<'call.ended'>, tx: Tx): Promise<void> {
    await chargeCalls(tx, [call], this.book);
  }
}
