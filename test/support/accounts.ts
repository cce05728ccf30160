import type { Db } from '../../src/infra/db/db.js';
import type { UserRole } from '../../src/infra/http/policies.js';
import { hashPassword } from '../../src/infra/http/sessions/passwords.js';
import { newId } from '../../src/kernel/ids.js';

/** An account to sign in with; returns its id. */
export async function addAccount(
  db: Db,
  email: string,
  password: string,
  roles: readonly UserRole[],
): Promise<string> {
  const id = newId();
  await db.rows('INSERT INTO user_account (id, email, password_hash, roles) VALUES ($1, $2, $3, $4)', [
    id,
    email,
    await hashPassword(password),
    roles,
  ]);
  return id;
}
