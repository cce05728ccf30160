import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import type { KeyRing } from '../../infra/sealing/key-ring.js';
import { newId } from '../../kernel/ids.js';
import type { MemberRow } from '../membership.rows.js';
import { noteDuplicateKeys } from './duplicate-keys.js';
import { complete, type PersonalData } from './personal-data.fields.js';

type Whose = Pick<MemberRow, 'id' | 'kind'>;

const contextOf = (memberId: string): string => `personal_data ${memberId}`;

/** In the clear: for himself, and for the export. */
export async function personalDataOf(sql: Sql, keys: KeyRing, { id, kind }: Whose): Promise<PersonalData> {
  const [row] = await sql.rows<{ sealed: string }>('SELECT sealed FROM personal_data WHERE member_id = $1', [
    id,
  ]);
  if (row === undefined) return complete(kind, {});
  const text = keys.unseal(contextOf(id), row.sealed);
  if (text === undefined) throw new Error(`personal data of ${id} was sealed by a key that is gone`);
  return complete(kind, JSON.parse(text) as object);
}

/** Keeps what is given beside what was there, sealed; and what shows a second registration of the same person. */
export async function keepPersonalData(
  tx: Tx,
  keys: KeyRing,
  whose: Whose,
  given: object,
): Promise<PersonalData> {
  await tx.rows('SELECT FROM member WHERE id = $1 FOR UPDATE', [whose.id]);
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const data = { ...(await personalDataOf(tx, keys, whose)), ...changes };
  await tx.run(
    `INSERT INTO personal_data (member_id, sealed) VALUES ($1, $2)
     ON CONFLICT (member_id) DO UPDATE SET sealed = excluded.sealed, updated_at = now()`,
    [whose.id, keys.seal(contextOf(whose.id), JSON.stringify(data))],
  );
  await noteDuplicateKeys(tx, keys, whose.id, 'document', documentsIn(data));
  return data;
}

function documentsIn(data: PersonalData): readonly string[] {
  if ('identityDocument' in data) {
    const { identityDocument: document } = data;
    return document === null ? [] : [`${document.country}:${document.kind}:${document.number}`];
  }
  return data.registrationNumber === null ? [] : [`company:${data.registrationNumber}`];
}

/** Staff that read somebody's personal data is written down. */
export const noteReading = (sql: Sql, memberId: string, accountId: string): Promise<number> =>
  sql.run('INSERT INTO personal_data_reading (id, member_id, account_id) VALUES ($1, $2, $3)', [
    newId(),
    memberId,
    accountId,
  ]);
