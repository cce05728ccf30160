import { Injectable } from '@nestjs/common';
import { type EventOf, Handles } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { CALLBACK_PURPOSE } from './callbacks.js';
import { makeWish } from './wishes.js';

/** Tells the queues what became of calling somebody back. */
@Injectable()
export class CallbackNews {
  @Handles('crm.note-callback', 'call-order.ended')
  async note(ended: EventOf<'call-order.ended'>, tx: Tx): Promise<void> {
    const { orderId, purpose, state, answeredAt, connectedAt } = ended;
    if (purpose !== CALLBACK_PURPOSE) return;
    // A refused order is not the agent's doing: nobody was rung.
    const answered = answeredAt !== null || state === 'refused';
    await makeWish(tx, { do: 'called-back', orderId, answered, connected: connectedAt !== null });
  }
}
