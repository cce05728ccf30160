import { Inject, Injectable } from '@nestjs/common';
import { type EventOf, event, Handles, HandlesMany } from '../events.js';
import type { Tx } from '../infra/db/tx.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { chargeCalls } from './charging.service.js';
import { FraudWatch } from './fraud/fraud-watch.js';
import { RateBook } from './rate-book.service.js';
import { advanceReRating } from './re-rating-run.service.js';

/** What billing does when it is told: all inside the transaction that also notes the message as done. */
@Injectable()
export class BillingJobs {
  constructor(
    private readonly book: RateBook,
    private readonly outbox: Outbox,
    @Inject(FraudWatch) private readonly fraud: Pick<FraudWatch, 'look'>,
  ) {}

  @HandlesMany('billing.charge-call', 'call.ended')
  async chargeCalls(calls: readonly EventOf<'call.ended'>[], tx: Tx): Promise<void> {
    await chargeCalls(tx, calls, this.book);
    await this.fraud.look(
      tx,
      calls.flatMap(({ memberId, answeredAt }) =>
        memberId === null || answeredAt === null ? [] : [memberId],
      ),
    );
  }

  @Handles('billing.re-rate', 're-rating.advanced')
  async reRate(advanced: EventOf<'re-rating.advanced'>, tx: Tx): Promise<void> {
    const next = await advanceReRating(tx, this.book, advanced);
    if (next !== undefined) await this.outbox.add(tx, event('re-rating.advanced', next));
  }
}
