import { Inject, Injectable } from '@nestjs/common';
import { Db } from '../../db/db.js';
import type { Tx } from '../../db/tx.js';
import { LOG, type Log } from '../../log/log.js';
import { PAGE_EVENTS_CHANNEL, type PageEvent, payloadOf } from './page-event.js';

/** Tells open pages of any web process what happened; for processes of every role. */
@Injectable()
export class PageEvents {
  private waiting: string[] = [];
  private telling = false;

  constructor(
    private readonly db: Db,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Tells once `tx` has committed, and never if it isn't. NOTIFY rides on no business transaction: see Outbox. */
  after(tx: Tx, ...events: readonly PageEvent[]): void {
    // Made now, so that an event that can't be sent fails the transaction and not whoever comes after it.
    const payloads = events.map(payloadOf);
    tx.afterCommit(() => this.send(payloads));
  }

  /** Tells at once: for facts that are committed, or that no row holds. */
  tell(...events: readonly PageEvent[]): void {
    this.send(events.map(payloadOf));
  }

  /** What comes while a NOTIFY is under way leaves together with the next, in order. */
  private send(payloads: readonly string[]): void {
    this.waiting.push(...payloads);
    if (!this.telling) void this.drain();
  }

  private async drain(): Promise<void> {
    this.telling = true;
    while (this.waiting.length > 0) {
      const payloads = this.waiting.splice(0, 100);
      await this.db
        .rows(
          'SELECT pg_notify($1, payload) FROM unnest($2::text[]) WITH ORDINALITY AS told (payload, place) ORDER BY place',
          [PAGE_EVENTS_CHANNEL, payloads],
        )
        .catch((error: unknown) => this.log.warn({ err: error, lost: payloads.length }, 'pages not told'));
    }
    this.telling = false;
  }
}
