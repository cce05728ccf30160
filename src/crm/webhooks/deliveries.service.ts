import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { DISABLE_AFTER_DAYS, type WebhookEvent, waitSeconds } from '../domain/webhook-schedule.js';
import { HOUSE, type Owner } from '../owner.js';
import type { Posted } from './webhook-sender.js';

/** PostgreSQL channel that wakes whoever posts. */
export const WEBHOOK_CHANNEL = 'webhook';
/** A taken message is another's to take only when whoever took it must be dead. */
const LEASE_SECONDS = 60;

/** What happened, to whom it belongs, and what is told of it. `about`: the fact's own id; the same fact is told once. */
export interface Happening {
  readonly owner: Owner;
  readonly event: WebhookEvent;
  readonly about: string;
  readonly at: Date;
  readonly data: object;
}

/** Writes what the owner's endpoints, and the house's, are to be told, in the transaction of the fact. */
export async function tellWebhooks(tx: Tx, { owner, event, about, at, data }: Happening): Promise<void> {
  const endpoints = await tx.rows<{ id: string }>(
    'SELECT id FROM webhook_endpoint WHERE owner = ANY ($1) AND $2 = ANY (events) AND disabled_at IS NULL',
    [[owner, HOUSE], event],
  );
  if (endpoints.length === 0) return;
  const body = JSON.stringify({ type: event, timestamp: at.toISOString(), data });
  await tx.run(
    `INSERT INTO webhook_delivery (id, endpoint_id, message_id, event, body)
     SELECT id, endpoint, $3, $4, $5 FROM unnest($1::uuid[], $2::uuid[]) AS e (id, endpoint) ON CONFLICT DO NOTHING`,
    [endpoints.map(() => newId()), endpoints.map(({ id }) => id), `${event}.${about}`, event, body],
  );
  // Heard when this is committed.
  await tx.run('SELECT pg_notify($1, $2)', [WEBHOOK_CHANNEL, '']);
}

export interface Due {
  readonly id: string;
  readonly endpointId: string;
  readonly owner: Owner;
  readonly messageId: string;
  readonly body: string;
  readonly attempts: number;
  readonly url: string;
  readonly sealedSecret: string;
  /** Null where it does not sign any more. */
  readonly sealedSecretBefore: string | null;
}

/** Up to `count` messages for an attempt each. */
export const takeDue = (sql: Sql, count: number): Promise<readonly Due[]> =>
  sql.rows<Due>(
    `UPDATE webhook_delivery d SET attempts = attempts + 1, last_at = now(), next_at = now() + make_interval(secs => $2)
       FROM webhook_endpoint e
      WHERE e.id = d.endpoint_id AND d.id IN (
        SELECT w.id FROM webhook_delivery w JOIN webhook_endpoint on_ ON on_.id = w.endpoint_id AND on_.disabled_at IS NULL
         WHERE w.state = 'waiting' AND w.next_at <= now() ORDER BY w.next_at LIMIT $1 FOR UPDATE OF w SKIP LOCKED)
      RETURNING d.id, d.endpoint_id AS "endpointId", e.owner, d.message_id AS "messageId", d.body, d.attempts, e.url,
                e.sealed_secret AS "sealedSecret",
                CASE WHEN e.secret_before_until > now() THEN e.sealed_secret_before END AS "sealedSecretBefore"`,
    [count, LEASE_SECONDS],
  );

/** What became of an attempt. True: the endpoint has just been disabled because of it. */
export async function noteAttempt(tx: Tx, due: Due, posted: Posted, random: number): Promise<boolean> {
  // First the endpoint, as whoever removes it does: two locks are taken in one order everywhere.
  await tx.rows('SELECT FROM webhook_endpoint WHERE id = $1 FOR UPDATE', [due.endpointId]);
  const taken = posted.kind === 'taken';
  const wait = taken ? undefined : waitSeconds(due.attempts, random);
  await tx.run(
    `UPDATE webhook_delivery SET state = $2, last_status = $3, last_error = $4, next_at = now() + make_interval(secs => $5)
      WHERE id = $1 AND attempts = $6`,
    [
      due.id,
      taken ? 'delivered' : wait === undefined ? 'failed' : 'waiting',
      posted.status,
      taken ? null : posted.reason,
      wait ?? 0,
      due.attempts,
    ],
  );
  if (taken) {
    await tx.run(
      'UPDATE webhook_endpoint SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL',
      [due.endpointId],
    );
    return false;
  }
  const [endpoint] = await tx.rows<{ disabled: boolean }>(
    `UPDATE webhook_endpoint SET failing_since = coalesce(failing_since, now()),
            disabled_at = CASE WHEN failing_since < now() - make_interval(days => $2) THEN now() END, disabled_because = $3
      WHERE id = $1 AND disabled_at IS NULL RETURNING disabled_at IS NOT NULL AS disabled`,
    [due.endpointId, DISABLE_AFTER_DAYS, posted.reason],
  );
  return endpoint?.disabled === true;
}

/** Forgets what was told a month ago. */
export const sweepDeliveries = (sql: Sql): Promise<number> =>
  sql.run(`DELETE FROM webhook_delivery WHERE created_at < now() - interval '30 days'`);
