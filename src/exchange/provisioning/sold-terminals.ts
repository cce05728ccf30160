import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Ticket, VendorName } from '../../membership/index.js';

/** Unpacked, plugged in, started: and a little. */
export const WINDOW_MINUTES = 20;
const MOST_FETCHES = 5;

export interface SoldTerminal {
  readonly mac: string;
  readonly memberId: string;
  readonly vendor: VendorName;
  readonly deviceId: string | null;
  readonly windowUntil: Date | null;
  readonly fetchedAt: Date | null;
}

const COLUMNS = `mac, member_id AS "memberId", vendor, device_id AS "deviceId",
  CASE WHEN window_until > now() AND fetches < ${MOST_FETCHES} THEN window_until END AS "windowUntil", first_fetched_at AS "fetchedAt"`;

/** Once for each piece; sold again after it came back, it is the next one's. */
export const bindTerminal = (
  tx: Tx,
  sold: { readonly mac: string; readonly memberId: string; readonly vendor: string },
): Promise<number> =>
  tx.run(
    `INSERT INTO sold_terminal (mac, member_id, vendor) VALUES ($1, $2, $3)
     ON CONFLICT (mac) DO UPDATE SET member_id = excluded.member_id, vendor = excluded.vendor, device_id = NULL, sold_at = now(),
            window_until = NULL, window_source = NULL, fetches = 0, first_fetched_at = NULL
      WHERE sold_terminal.member_id <> excluded.member_id`,
    [sold.mac, sold.memberId, sold.vendor],
  );

/** It came back: its account on the telephone rings nobody, whoever has the telephone now. */
export async function unbindTerminal(tx: Tx, mac: string): Promise<void> {
  const [gone] = await tx.rows<{ deviceId: string | null }>(
    'DELETE FROM sold_terminal WHERE mac = $1 RETURNING device_id AS "deviceId"',
    [mac],
  );
  if (gone?.deviceId != null)
    await tx.run('UPDATE device SET enabled = false WHERE id = $1', [gone.deviceId]);
}

export const terminalsOf = (
  sql: Sql,
  memberId: string,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly SoldTerminal[]> =>
  sql.rows<SoldTerminal>(
    `SELECT ${COLUMNS} FROM sold_terminal WHERE member_id = $1 AND ($2::text IS NULL OR mac > $2) ORDER BY mac LIMIT $3`,
    [memberId, page.after ?? null, page.limit],
  );

export async function lockTerminal(tx: Tx, memberId: string, mac: string): Promise<SoldTerminal | undefined> {
  const [one] = await tx.rows<SoldTerminal>(
    `SELECT ${COLUMNS} FROM sold_terminal WHERE mac = $1 AND member_id = $2 FOR UPDATE`,
    [mac, memberId],
  );
  return one;
}

/** Opens the window anew: what was fetched before counts no more. */
export async function openWindow(
  tx: Tx,
  wish: { readonly mac: string; readonly deviceId: string; readonly source: string | null },
): Promise<SoldTerminal> {
  const [opened] = await tx.rows<SoldTerminal>(
    `UPDATE sold_terminal SET device_id = $2, window_source = $3, fetches = 0, first_fetched_at = NULL,
            window_until = now() + make_interval(mins => ${WINDOW_MINUTES})
      WHERE mac = $1 RETURNING ${COLUMNS}`,
    [wish.mac, wish.deviceId, wish.source],
  );
  if (opened === undefined) throw new Error('the terminal is gone');
  return opened;
}

/** Whose telephone asks, if its window is open from there. The first that fetches is the one: the others come from elsewhere. */
export async function terminalThatFetches(
  sql: Sql,
  mac: string,
  source: string,
  lock: '' | 'FOR UPDATE OF t' = '',
): Promise<Ticket | undefined> {
  const [found] = await sql.rows<Ticket>(
    `SELECT t.mac AS id, t.vendor, t.mac, d.id AS "deviceId", m.id AS "memberId", m.name AS "memberName", d.label, m.language, d.country
       FROM sold_terminal t JOIN device d ON d.id = t.device_id JOIN member m ON m.id = t.member_id AND m.id = d.member_id
      WHERE t.mac = $1 AND t.window_until > now() AND t.fetches < ${MOST_FETCHES} AND (t.window_source IS NULL OR t.window_source = $2)
        AND d.enabled AND m.status = 'active' ${lock}`,
    [mac, source],
  );
  return found;
}

export const noteTerminalFetch = (tx: Tx, mac: string, source: string): Promise<number> =>
  tx.run(
    `UPDATE sold_terminal SET fetches = fetches + 1, window_source = $2, first_fetched_at = coalesce(first_fetched_at, now())
      WHERE mac = $1`,
    [mac, source],
  );
