import { Injectable } from '@nestjs/common';
import { Db } from '../db/db.js';
import type { Tx } from '../db/tx.js';
import { KeyRing } from '../sealing/key-ring.js';
import type { Mail, Sent } from './mail.js';

/** PostgreSQL channel that wakes whoever sends. */
export const MAIL_CHANNEL = 'outgoing_mail';

/** Then nobody waits for it any more. */
const MOST_ATTEMPTS = 10;
const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 3_600;

/**
 * Mail leaves through here: ordered in the transaction of what it tells of, sent after it by the worker role, at most once unless
 * the server said for certain that it did not take it. The same id is ordered once. In the database it is sealed.
 */
@Injectable()
export class OutgoingMail {
  constructor(
    private readonly db: Db,
    private readonly keys: KeyRing,
  ) {}

  async order(tx: Tx, mail: Mail): Promise<void> {
    await tx.run('INSERT INTO outgoing_mail (id, sealed) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
      mail.id,
      this.keys.seal(`outgoing_mail ${mail.id}`, JSON.stringify(mail)),
    ]);
    tx.afterCommit(() => void this.db.run('SELECT pg_notify($1, $2)', [MAIL_CHANNEL, '']).catch(() => 0));
  }

  /**
   * Takes the next mail for one attempt. From here on it is never taken again unless the attempt says that nothing was sent: a
   * crash in between costs the mail, never sends it twice. Undefined when none waits.
   */
  async take(): Promise<Mail | undefined> {
    const [taken] = await this.db.rows<{ id: string; sealed: string }>(
      `UPDATE outgoing_mail SET state = 'sending', attempts = attempts + 1, outcome = NULL
        WHERE id = (SELECT id FROM outgoing_mail WHERE state = 'waiting' AND next_at <= now()
                     ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, sealed`,
    );
    if (taken === undefined) return undefined;
    const text = this.keys.unseal(`outgoing_mail ${taken.id}`, taken.sealed);
    if (text === undefined) throw new Error(`mail ${taken.id} was sealed by a key that is gone`);
    return JSON.parse(text) as Mail;
  }

  /** What came of the attempt. An unknown outcome stays `sending`, with its reason. */
  async note(id: string, sent: Sent): Promise<void> {
    await this.db.run(
      `UPDATE outgoing_mail o
          SET state = n.state, sealed = CASE WHEN n.state IN ('sent', 'refused') THEN NULL ELSE sealed END, outcome = $3,
              next_at = now() + make_interval(secs => least($6, $5 * power(2, attempts - 1)))
         FROM (SELECT CASE WHEN $2 = 'later' AND attempts < $4 THEN 'waiting'
                           WHEN $2 IN ('later', 'refused') THEN 'refused'
                           WHEN $2 = 'sent' THEN 'sent' ELSE 'sending' END AS state
                 FROM outgoing_mail WHERE id = $1) n
        WHERE o.id = $1 AND o.state = 'sending'`,
      [
        id,
        sent.kind,
        sent.kind === 'sent' ? null : sent.reason,
        MOST_ATTEMPTS,
        FIRST_WAIT_SECONDS,
        LONGEST_WAIT_SECONDS,
      ],
    );
  }

  /** Forgets what left, or never will, a month ago. */
  async sweep(): Promise<void> {
    await this.db.run(`DELETE FROM outgoing_mail WHERE created_at < now() - interval '30 days'`);
  }
}
