import type { Sql } from '../../infra/db/sql.js';
import type { KeyRing } from '../../infra/sealing/key-ring.js';

export type DuplicateKind = 'email' | 'phone' | 'document';

/** As two spellings of the same are compared: `Ann+shop@Example.com` is ann@example.com, `m 12-345` is M12345. */
export function normalised(kind: DuplicateKind, value: string): string {
  switch (kind) {
    case 'email': {
      const at = value.lastIndexOf('@');
      const local = value.slice(0, at).replace(/\+.*$/, '');
      return `${local}${value.slice(at)}`.trim().toLowerCase();
    }
    case 'phone':
      return value.replace(/[^+0-9]/g, '');
    case 'document':
      return value.toUpperCase().replace(/[^0-9A-Z:\p{L}]/gu, '');
  }
}

/** What this member has of that kind, in place of what was noted before. Only keyed hashes are kept. */
export async function noteDuplicateKeys(
  sql: Sql,
  keys: KeyRing,
  memberId: string,
  kind: DuplicateKind,
  values: readonly string[],
): Promise<void> {
  const hashes = [...new Set(values.map((value) => normalised(kind, value)))].map(
    (value) => keys.blindIndex(kind, value).hash,
  );
  await sql.run('DELETE FROM duplicate_key WHERE member_id = $1 AND kind = $2', [memberId, kind]);
  await sql.run(
    `INSERT INTO duplicate_key (member_id, kind, key_id, hash)
     SELECT $1, $2, $3, hash FROM unnest($4::bytea[]) AS hash ON CONFLICT DO NOTHING`,
    [memberId, kind, keys.currentId, hashes],
  );
}

/** His proved telephones and addresses, and the addresses of the accounts that he is. */
export async function noteContacts(sql: Sql, keys: KeyRing, memberId: string): Promise<void> {
  const found = await sql.rows<{ kind: DuplicateKind; value: string }>(
    `SELECT 'phone' AS kind, e164 AS value FROM contact_number WHERE member_id = $1 AND verified_at IS NOT NULL
     UNION ALL SELECT 'email', address FROM email_identity WHERE member_id = $1 AND verified_at IS NOT NULL
     UNION ALL SELECT 'email', email FROM user_account WHERE member_id = $1 OR (company_id = $1 AND 'company-admin' = ANY(roles))`,
    [memberId],
  );
  for (const kind of ['phone', 'email'] as const)
    await noteDuplicateKeys(
      sql,
      keys,
      memberId,
      kind,
      found.filter((one) => one.kind === kind).map(({ value }) => value),
    );
}
