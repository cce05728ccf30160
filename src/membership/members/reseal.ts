import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import type { KeyRing } from '../../infra/sealing/key-ring.js';
import { MEMBERS } from '../membership.rows.js';
import { noteContacts } from './duplicate-keys.js';
import { keepPersonalData } from './personal-data.store.js';

/** The door to PostgreSQL, as far as this needs it. */
export interface ResealDb extends Sql {
  inTx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * After a new key was put in front of the ring: everything that an older one sealed is sealed anew, and blind indexes are made
 * anew, each member in a transaction of its own. May be stopped and run again. @returns how many members it was.
 */
export async function reseal(db: ResealDb, keys: KeyRing): Promise<number> {
  let done = 0;
  for (let ids = await outdated(db, keys); ids.length > 0; ids = await outdated(db, keys)) {
    for (const id of ids) {
      await db.inTx(async (tx) => {
        const member = await MEMBERS.one(tx, { id });
        if (member === undefined) return;
        const [kept] = await tx.rows('SELECT FROM personal_data WHERE member_id = $1', [id]);
        if (kept !== undefined) await keepPersonalData(tx, keys, member, {});
        await noteContacts(tx, keys, id);
        // What is left says nothing that is still so.
        await tx.run('DELETE FROM duplicate_key WHERE member_id = $1 AND key_id <> $2', [id, keys.currentId]);
      });
      done++;
    }
  }
  return done;
}

const AT_ONCE = 500;

async function outdated(sql: Sql, { currentId }: KeyRing): Promise<readonly string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT member_id AS id FROM personal_data WHERE split_part(sealed, '.', 1) <> $1
     UNION SELECT member_id FROM duplicate_key WHERE key_id <> $1 LIMIT ${AT_ONCE}`,
    [currentId],
  );
  return rows.map(({ id }) => id);
}
