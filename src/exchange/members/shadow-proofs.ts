import { Injectable } from '@nestjs/common';
import { type EventOf, Handles } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';

/**
 * The telephone number that stands for a PIN elsewhere counts as soon as whoever holds the PIN has proved it, and no longer than
 * that: without it, no calls to that number are his, and it is not shown as his caller ID.
 */
@Injectable()
export class ShadowProofs {
  @Handles('exchange.verify-shadow', 'identity.proved')
  async verify({ kind, subject, memberIds }: EventOf<'identity.proved'>, tx: Tx): Promise<void> {
    if (kind !== 'telephone' && kind !== 'contact-number') return;
    await tx.run(
      `UPDATE number_shadow s SET verified_at = now() FROM number_assignment a
        WHERE a.id = s.assignment_id AND s.e164 = $1 AND s.verified_at IS NULL AND a.holder_id = ANY($2)`,
      [subject, memberIds],
    );
  }

  @Handles('exchange.unverify-shadow', 'identity.released')
  async unverify({ kind, subject, memberIds }: EventOf<'identity.released'>, tx: Tx): Promise<void> {
    if (kind !== 'telephone' && kind !== 'contact-number') return;
    await tx.run(
      `UPDATE number_shadow s SET verified_at = NULL FROM number_assignment a
        WHERE a.id = s.assignment_id AND s.e164 = $1 AND s.verified_at IS NOT NULL AND a.holder_id = ANY($2)`,
      [subject, memberIds],
    );
  }
}
