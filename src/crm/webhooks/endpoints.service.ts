import { randomBytes } from 'node:crypto';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import type { KeyRing } from '../../infra/sealing/key-ring.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { OVERLAP_HOURS, type WebhookEvent } from '../domain/webhook-schedule.js';
import type { Owner, Seen } from '../owner.js';

export type WebhookFailure = Failure<'webhook.unknown' | 'webhook.too-many' | 'webhook-delivery.unknown'>;

export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly enabled: boolean;
  /** Since when it has taken nothing; null while all is well. */
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledBecause: string | null;
  readonly createdAt: Date;
}
export interface DeliveryView {
  readonly id: string;
  /** The header `webhook-id`: the same for every attempt. */
  readonly messageId: string;
  readonly event: WebhookEvent;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly lastAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  /** When it is tried again; null when it is not. */
  readonly nextAt: Date | null;
  readonly createdAt: Date;
}

const MOST_ENDPOINTS = 20;
const COLUMNS = `
  id, url, events, disabled_at IS NULL AS enabled, failing_since AS "failingSince", disabled_at AS "disabledAt",
  CASE WHEN disabled_at IS NOT NULL THEN disabled_because END AS "disabledBecause", created_at AS "createdAt"`;
const MINE = '($2::text IS NULL OR owner = $2)';

const contextOf = (id: string): string => `webhook_endpoint ${id}`;
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export function secretOf(keys: KeyRing, id: string, sealed: string): string {
  const secret = keys.unseal(contextOf(id), sealed);
  if (secret === undefined) throw new Error(`the secret of webhook ${id} was sealed by a key that is gone`);
  return secret;
}

export interface NewWebhook {
  readonly owner: Owner;
  readonly accountId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
}

/** The secret is in this answer and nowhere else. */
export async function createWebhook(
  tx: Tx,
  keys: KeyRing,
  { owner, accountId, url, events }: NewWebhook,
): Promise<Result<WebhookView & { readonly secret: string }, WebhookFailure>> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhooks of ${owner}`]);
  const there = await tx.rows('SELECT FROM webhook_endpoint WHERE owner = $1', [owner]);
  if (there.length >= MOST_ENDPOINTS) return err(tooMany);
  const [id, secret] = [newId(), newSecret()];
  const [made] = await tx.rows<WebhookView>(
    `INSERT INTO webhook_endpoint (id, owner, url, events, sealed_secret, created_by)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    [id, owner, url, [...events], keys.seal(contextOf(id), secret), accountId],
  );
  if (made === undefined) throw new Error('the webhook was not inserted');
  return ok({ ...made, secret });
}

export const listWebhooks = (sql: Sql, { only }: Seen, after: string | undefined, count: number) =>
  sql.rows<WebhookView>(
    `SELECT ${COLUMNS} FROM webhook_endpoint WHERE ($1::uuid IS NULL OR id > $1) AND ${MINE} ORDER BY id LIMIT $3`,
    [after ?? null, only, count],
  );

export async function findWebhook(
  sql: Sql,
  { only }: Seen,
  id: string,
): Promise<Result<WebhookView, WebhookFailure>> {
  const [found] = await sql.rows<WebhookView>(
    `SELECT ${COLUMNS} FROM webhook_endpoint WHERE id = $1 AND ${MINE}`,
    [id, only],
  );
  return found === undefined ? err(unknown) : ok(found);
}

export interface WebhookChanges {
  readonly url?: string | undefined;
  readonly events?: readonly WebhookEvent[] | undefined;
  readonly enabled?: boolean | undefined;
}

/** Switched on again, it starts afresh: what waited is tried from now on. */
export async function changeWebhook(
  tx: Tx,
  { only }: Seen,
  id: string,
  { url, events, enabled }: WebhookChanges,
): Promise<Result<WebhookView, WebhookFailure>> {
  const [changed] = await tx.rows<WebhookView>(
    `UPDATE webhook_endpoint SET url = coalesce($3, url), events = coalesce($4, events),
            failing_since = CASE WHEN $5 THEN NULL ELSE failing_since END,
            disabled_at = CASE $5 WHEN true THEN NULL WHEN false THEN coalesce(disabled_at, now()) ELSE disabled_at END,
            disabled_because = CASE WHEN $5 = false THEN 'switched off' ELSE disabled_because END
      WHERE id = $1 AND ${MINE} RETURNING ${COLUMNS}`,
    [id, only, url ?? null, events === undefined ? null : [...events], enabled ?? null],
  );
  return changed === undefined ? err(unknown) : ok(changed);
}

/** The one before goes on signing beside it for a day. */
export async function rotateSecret(
  tx: Tx,
  keys: KeyRing,
  { only }: Seen,
  id: string,
): Promise<Result<{ readonly secret: string; readonly secretBeforeUntil: Date }, WebhookFailure>> {
  const secret = newSecret();
  const [rotated] = await tx.rows<{ secretBeforeUntil: Date }>(
    `UPDATE webhook_endpoint SET sealed_secret_before = sealed_secret, sealed_secret = $3,
            secret_before_until = now() + make_interval(hours => $4)
      WHERE id = $1 AND ${MINE} RETURNING secret_before_until AS "secretBeforeUntil"`,
    [id, only, keys.seal(contextOf(id), secret), OVERLAP_HOURS],
  );
  return rotated === undefined ? err(unknown) : ok({ secret, ...rotated });
}

export async function removeWebhook(
  sql: Sql,
  { only }: Seen,
  id: string,
): Promise<Result<void, WebhookFailure>> {
  const removed = await sql.run(`DELETE FROM webhook_endpoint WHERE id = $1 AND ${MINE}`, [id, only]);
  return removed === 1 ? ok(undefined) : err(unknown);
}

const DELIVERY = `
  id, message_id AS "messageId", event, state, attempts, last_at AS "lastAt", last_status AS "lastStatus", last_error AS "lastError",
  CASE WHEN state = 'waiting' THEN next_at END AS "nextAt", created_at AS "createdAt"`;

/** Newest first. */
export const listDeliveries = (sql: Sql, endpointId: string, before: string | undefined, count: number) =>
  sql.rows<DeliveryView>(
    `SELECT ${DELIVERY} FROM webhook_delivery WHERE endpoint_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [endpointId, before ?? null, count],
  );

/** The same message with the same id once more, however it went before. */
export async function sendAgain(
  sql: Sql,
  endpointId: string,
  id: string,
): Promise<Result<DeliveryView, WebhookFailure>> {
  const [again] = await sql.rows<DeliveryView>(
    `UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = now() WHERE id = $2 AND endpoint_id = $1 RETURNING ${DELIVERY}`,
    [endpointId, id],
  );
  return again === undefined ? err(deliveryUnknown) : ok(again);
}

const unknown = failure('webhook.unknown', 'There is no such webhook.', {
  hint: 'GET /v1/webhooks lists yours',
});
const deliveryUnknown = failure('webhook-delivery.unknown', 'There is no such delivery of this webhook.', {
  hint: 'they are kept for 30 days',
});
const tooMany = failure('webhook.too-many', `There are ${MOST_ENDPOINTS} webhooks already.`, {
  hint: 'one webhook may hear several events',
});
