import { Inject, Injectable } from '@nestjs/common';
import { event } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import { sqlStateOf } from '../../infra/db/sql-state.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { withDeadline } from '../../kernel/deadline.js';
import type { DepositNote } from './deposit-note.js';

export interface StoredMessage {
  readonly id: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly durationMs: number;
  readonly receivedAt: Date;
  readonly heardAt: Date | null;
}

/** More than a mailbox holds (`MOST_MESSAGES`). */
const MOST_LISTED = 500;
const ANSWER_WITHIN_MS = 3_000;
const FOREIGN_KEY_VIOLATION = '23503';

/** Voice messages in PostgreSQL. Every method throws while it is away. */
@Injectable()
export class MessageStore {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** `there` also when it was there before; `unwanted`: the member no longer exists. */
  async add(note: DepositNote, node: string, durationMs: number): Promise<'there' | 'unwanted'> {
    try {
      await withDeadline(
        this.db.inTx(async (tx) => {
          const added = await tx.run(
            `INSERT INTO voice_message (id, mailbox, node, caller_number, caller_name, duration_ms, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
            [
              note.id,
              note.mailbox,
              node,
              note.callerNumber ?? null,
              note.callerName ?? null,
              durationMs,
              note.receivedAt,
            ],
          );
          if (added > 0) await this.outbox.add(tx, event('voice-message.left', { messageId: note.id }));
        }),
        ANSWER_WITHIN_MS,
      );
      return 'there';
    } catch (error) {
      if (sqlStateOf(error) === FOREIGN_KEY_VIOLATION) return 'unwanted';
      throw error;
    }
  }

  /** New ones first, each kind in the order of its coming: the order in which they are heard. */
  list(mailbox: string): Promise<readonly StoredMessage[]> {
    return withDeadline(
      this.db.rows<StoredMessage>(
        `SELECT id, caller_number AS "callerNumber", caller_name AS "callerName", duration_ms AS "durationMs",
                received_at AS "receivedAt", heard_at AS "heardAt"
           FROM voice_message WHERE mailbox = $1
          ORDER BY heard_at IS NOT NULL, received_at, id LIMIT ${MOST_LISTED}`,
        [mailbox],
      ),
      ANSWER_WITHIN_MS,
    );
  }

  /** ISO 3166-1 alpha-2 of where the mailbox's owner lives; empty when he is not there any more. */
  async countryOf(mailbox: string): Promise<string> {
    const reading = this.db.rows<{ country: string }>('SELECT country FROM member WHERE id = $1', [mailbox]);
    return (await withDeadline(reading, ANSWER_WITHIN_MS))[0]?.country ?? '';
  }

  /** Marks it as heard now, or as new again; false when there is no such message. */
  async setHeard(mailbox: string, id: string, heard: boolean): Promise<boolean> {
    const changed = await this.db.run(
      `UPDATE voice_message SET heard_at = CASE WHEN $3 THEN COALESCE(heard_at, now()) END
        WHERE mailbox = $1 AND id = $2`,
      [mailbox, id, heard],
    );
    return changed > 0;
  }

  async remove(mailbox: string, id: string): Promise<boolean> {
    const deleting = this.db.run('DELETE FROM voice_message WHERE mailbox = $1 AND id = $2', [mailbox, id]);
    return (await withDeadline(deleting, ANSWER_WITHIN_MS)) > 0;
  }

  /** How many each mailbox holds; all mailboxes, or one. */
  counts(mailbox?: string): Promise<readonly { mailbox: string; fresh: number; saved: number }[]> {
    return this.db.rows(
      `SELECT mailbox, count(*) FILTER (WHERE heard_at IS NULL)::int AS fresh,
              count(*) FILTER (WHERE heard_at IS NOT NULL)::int AS saved
         FROM voice_message WHERE $1::uuid IS NULL OR mailbox = $1 GROUP BY mailbox`,
      [mailbox ?? null],
    );
  }

  /** Of these ids, those that have a row; in this mailbox, if one is given. */
  async known(ids: readonly string[], mailbox?: string): Promise<ReadonlySet<string>> {
    const rows = await this.db.rows<{ id: string }>(
      'SELECT id FROM voice_message WHERE id = ANY($1) AND ($2::uuid IS NULL OR mailbox = $2)',
      [ids, mailbox ?? null],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Ids of a node's messages. */
  async ofNode(node: string): Promise<readonly { id: string; mailbox: string }[]> {
    return this.db.rows('SELECT id, mailbox FROM voice_message WHERE node = $1', [node]);
  }
}
