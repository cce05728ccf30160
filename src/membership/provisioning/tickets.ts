import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { hashOf, newToken } from '../../infra/http/access/tokens.js';
import { newId } from '../../kernel/ids.js';
import type { VendorName } from '../domain/provisioning/vendors.js';

/** Longer than it takes to unpack a phone. */
const UNUSED_HOURS = 24;
/** A phone fetches, restarts, and fetches again. */
const USED_MINUTES = 30;
const MOST_FETCHES = 5;

export interface NewTicket {
  readonly deviceId: string;
  readonly vendor: VendorName | 'linphone';
  readonly mac: string | null;
}

/** A ticket that may be fetched with, and whose phone it is. */
export interface Ticket {
  readonly id: string;
  readonly vendor: string;
  readonly mac: string | null;
  readonly deviceId: string;
  readonly memberId: string;
  readonly memberName: string;
  readonly label: string;
  readonly language: string;
  readonly country: string;
}

/** A URL's token, and until when it is good. An older one for the same device is worth nothing from then on. */
export async function newTicket(
  tx: Tx,
  { deviceId, vendor, mac }: NewTicket,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  await tx.run('DELETE FROM provisioning_ticket WHERE device_id = $1 OR expires_at < now()', [deviceId]);
  const token = newToken();
  const [made] = await tx.rows<{ expiresAt: Date }>(
    `INSERT INTO provisioning_ticket (id, device_id, token_hash, vendor, mac, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(hours => $6)) RETURNING expires_at AS "expiresAt"`,
    [newId(), deviceId, hashOf(token), vendor, mac, UNUSED_HOURS],
  );
  if (made === undefined) throw new Error('no ticket was written');
  return { token, expiresAt: made.expiresAt };
}

/** The ticket of a token, if its phone may still fetch from that source; `lock` keeps it for this transaction. */
export async function ticketOf(
  sql: Sql,
  token: string,
  source: string,
  lock: '' | 'FOR UPDATE OF t' = '',
): Promise<Ticket | undefined> {
  const [ticket] = await sql.rows<Ticket>(
    `SELECT t.id, t.vendor, t.mac, d.id AS "deviceId", m.id AS "memberId", m.name AS "memberName", d.label, m.language, d.country
       FROM provisioning_ticket t JOIN device d ON d.id = t.device_id JOIN member m ON m.id = d.member_id
      WHERE t.token_hash = $1 AND t.expires_at > now() AND t.fetches < $3 AND (t.source IS NULL OR t.source = $2)
        AND d.enabled AND m.status = 'active' ${lock}`,
    [hashOf(token), source, MOST_FETCHES],
  );
  return ticket;
}

/** Counts a fetch; the first one begins the short time in which the same phone may come again. */
export const noteFetch = (tx: Tx, id: string, source: string): Promise<number> =>
  tx.run(
    `UPDATE provisioning_ticket
        SET fetches = fetches + 1, source = $2, first_fetched_at = coalesce(first_fetched_at, now()),
            expires_at = least(expires_at, coalesce(first_fetched_at, now()) + make_interval(mins => $3))
      WHERE id = $1`,
    [id, source, USED_MINUTES],
  );
