import type { Sql } from '../../infra/db/sql.js';
import { newId } from '../../kernel/ids.js';

/** In 15 minutes. A PIN code has a million values: one card is guessed in a thousand years, with all terminals together. */
const WINDOW_MINUTES = 15;
const LIMITS = { number: 6, device: 10 } as const;

/**
 * Writes an attempt down before the PIN code is looked at, so that guesses made in parallel all count; false when there are too many
 * for this card, or at this terminal.
 */
export async function admitAttempt(sql: Sql, number: string, deviceId: string): Promise<boolean> {
  await sql.run('INSERT INTO card_attempt (id, number, device_id) VALUES ($1, $2, $3)', [
    newId(),
    number.slice(0, 64),
    deviceId,
  ]);
  const [counts] = await sql.rows<Record<'number' | 'device', string>>(
    `SELECT (SELECT count(*) FROM card_attempt
              WHERE number = $1 AND at > now() - make_interval(mins => $3)) AS number,
            (SELECT count(*) FROM card_attempt
              WHERE device_id = $2 AND at > now() - make_interval(mins => $3)) AS device`,
    [number.slice(0, 64), deviceId, WINDOW_MINUTES],
  );
  return Number(counts?.number) <= LIMITS.number && Number(counts?.device) <= LIMITS.device;
}

/** The right PIN code clears what was mistyped of this card at this terminal: neither the card's nor the terminal's other attempts. */
export async function clearAttempts(sql: Sql, number: string, deviceId: string): Promise<void> {
  await sql.run('DELETE FROM card_attempt WHERE number = $1 AND device_id = $2', [number, deviceId]);
}

export async function sweepAttempts(sql: Sql): Promise<void> {
  await sql.run("DELETE FROM card_attempt WHERE at < now() - interval '1 day'");
}
