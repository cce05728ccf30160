import { Inject, Injectable } from '@nestjs/common';
import { type EventOf, Handles } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { Cards } from './cards.service.js';

/** A card that was sold is its buyer's: for processes of the worker role. Telephones and adapters are set up by their owner. */
@Injectable()
export class CardBinding {
  constructor(
    private readonly cards: Cards,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Handles('membership.bind-card', 'terminal.sold')
  async bind({ kind, serial, memberId, orderId }: EventOf<'terminal.sold'>, tx: Tx): Promise<void> {
    if (kind !== 'card') return;
    const bound = await this.cards.bind(tx, serial.toUpperCase(), memberId);
    if (!bound.ok)
      this.log.error({ serial, orderId, reason: bound.failure.message }, 'a sold card is not ours to give');
  }
}
