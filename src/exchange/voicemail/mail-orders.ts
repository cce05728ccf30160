import type { Sql } from '../../infra/db/sql.js';
import type { Sent } from '../../infra/mail/mail.js';

/** One mail: which message, to which of the owner's addresses. */
export interface MailOrder {
  readonly messageId: string;
  readonly address: string;
}

export interface MailDetails {
  readonly mailbox: string;
  readonly language: string;
  readonly country: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly durationMs: number;
  readonly receivedAt: Date;
}

/** Then nobody waits for it any more. */
const MOST_ATTEMPTS = 12;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 3_600;

/** An order for each address that the mailbox's owner has proved to be his. */
export async function orderMails(sql: Sql, messageId: string): Promise<void> {
  await sql.run(
    `INSERT INTO voice_message_mail (message_id, address)
     SELECT m.id, e.address FROM voice_message m JOIN email_identity e ON e.member_id = m.mailbox
      WHERE m.id = $1 AND e.verified_at IS NOT NULL
     ON CONFLICT DO NOTHING`,
    [messageId],
  );
}

export const openOrders = (sql: Sql): Promise<readonly MailOrder[]> =>
  sql.rows(
    `SELECT message_id AS "messageId", address FROM voice_message_mail
      WHERE state = 'waiting' AND next_at <= now() ORDER BY next_at LIMIT 500`,
  );

/**
 * Takes an order for one attempt. From here on it is never taken again unless the attempt says that nothing was sent: a crash in
 * between costs the mail, never sends it twice. Undefined when it is not to be sent (any more).
 */
export async function takeOrder(sql: Sql, order: MailOrder): Promise<MailDetails | undefined> {
  const [taken] = await sql.rows<MailDetails>(
    `WITH taken AS (
       UPDATE voice_message_mail SET state = 'sending', attempts = attempts + 1, outcome = NULL
        WHERE message_id = $1 AND address = $2 AND state = 'waiting' AND next_at <= now()
        RETURNING message_id)
     SELECT m.mailbox, o.language, o.country, m.caller_number AS "callerNumber", m.caller_name AS "callerName",
            m.duration_ms AS "durationMs", m.received_at AS "receivedAt"
       FROM taken JOIN voice_message m ON m.id = taken.message_id JOIN member o ON o.id = m.mailbox`,
    [order.messageId, order.address],
  );
  return taken;
}

/** What came of the attempt. An unknown outcome stays `sending`, with its reason. */
export async function noteOutcome(sql: Sql, order: MailOrder, sent: Sent): Promise<void> {
  await sql.run(
    `UPDATE voice_message_mail
        SET state = CASE WHEN $3 = 'later' AND attempts < $5 THEN 'waiting'
                         WHEN $3 IN ('later', 'refused') THEN 'refused'
                         WHEN $3 = 'sent' THEN 'sent' ELSE state END,
            outcome = $4,
            next_at = now() + make_interval(secs => least($7, $6 * power(2, attempts - 1)))
      WHERE message_id = $1 AND address = $2 AND state = 'sending'`,
    [
      order.messageId,
      order.address,
      sent.kind,
      sent.kind === 'sent' ? 'sent' : sent.reason,
      MOST_ATTEMPTS,
      FIRST_WAIT_SECONDS,
      LONGEST_WAIT_SECONDS,
    ],
  );
}
