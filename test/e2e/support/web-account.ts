import type pg from 'pg';
import { hashPassword } from '../../../src/infra/http/sessions/passwords.js';
import { newId } from '../../../src/kernel/ids.js';

export interface WebAccount {
  readonly email: string;
  readonly password: string;
}

const PASSWORD = 'correct horse battery';

/** An account for the pages that is this member's; `forget` takes it away. */
export async function webAccount(
  db: pg.Client,
  email: string,
  member: string,
  role = 'member',
): Promise<WebAccount> {
  await forgetAccount(db, email);
  await db.query(
    `INSERT INTO user_account (id, email, password_hash, roles, member_id)
     SELECT $1, $2, $3, ARRAY[$4], id FROM member WHERE name = $5`,
    [newId(), email, await hashPassword(PASSWORD), role, member],
  );
  return { email, password: PASSWORD };
}

export const forgetAccount = (db: pg.Client, email: string): Promise<unknown> =>
  db.query('DELETE FROM user_account WHERE email = $1', [email]);
