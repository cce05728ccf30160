import type { Db } from '../../db/db.js';
import type { KeyRing } from '../../sealing/key-ring.js';
import { contextOf } from './second-factors.service.js';

/** Seals the secrets of authenticator apps with the first key. Returns how many were another key's; one that nobody can unseal is thrown over. */
export async function resealFactors(db: Db, keys: KeyRing): Promise<number> {
  const rows = await db.rows<{ account_id: string; sealed_secret: string }>(
    `SELECT account_id, sealed_secret FROM second_factor WHERE split_part(sealed_secret, '.', 1) <> $1`,
    [keys.currentId],
  );
  for (const { account_id: account, sealed_secret: sealed } of rows) {
    const secret = keys.unseal(contextOf(account), sealed);
    if (secret === undefined)
      throw new Error(`the second factor of ${account} was sealed by a key that is gone`);
    await db.run('UPDATE second_factor SET sealed_secret = $3 WHERE account_id = $1 AND sealed_secret = $2', [
      account,
      sealed,
      keys.seal(contextOf(account), secret),
    ]);
  }
  return rows.length;
}
