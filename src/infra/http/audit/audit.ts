import type { Sql } from '../../db/sql.js';
import type { Asking, PathTarget } from './audit-mark.js';

/** What an entry says beyond who, what and when, which it takes from the request that is being answered. */
export interface Noted {
  readonly kind: string;
  readonly id: string;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

/**
 * An entry of one's own, for what no row says (a file handed out, a call listened to): in the given transaction, or for nothing when
 * nobody asked (a job's consequences are not audited, their cause is). Rows of tables need no call: triggers write them down.
 */
export async function audit(sql: Sql, { kind, id, before, after }: Noted): Promise<void> {
  await sql.run(
    `INSERT INTO audit_entry (account_id, acting_by, credential_id, on_behalf_of, policy, action, source, request_id,
                              target_kind, target_id, change, before, after)
     SELECT (who ->> 'account')::uuid, who ->> 'by', (who ->> 'credential')::uuid, (who ->> 'behalf')::uuid, who ->> 'policy',
            who ->> 'action', who ->> 'source', (who ->> 'request')::uuid, $1, $2,
            CASE WHEN $3::jsonb IS NULL AND $4::jsonb IS NULL THEN 'asked' WHEN $3::jsonb IS NULL THEN 'made'
                 WHEN $4::jsonb IS NULL THEN 'removed' ELSE 'changed' END, $3, $4
       FROM (SELECT nullif(current_setting('anydial.audit', true), '')::jsonb AS who) asking WHERE who IS NOT NULL`,
    [
      kind,
      id,
      before === undefined ? null : JSON.stringify(before),
      after === undefined ? null : JSON.stringify(after),
    ],
  );
}

/** Unless the request has an entry already. */
export async function writeAsked(sql: Sql, asking: Asking, { kind, id }: PathTarget): Promise<void> {
  await sql.run(
    `INSERT INTO audit_entry (account_id, acting_by, credential_id, on_behalf_of, policy, action, source, request_id,
                              target_kind, target_id, change)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'asked'
      WHERE NOT EXISTS (SELECT FROM audit_entry WHERE request_id = $8)`,
    [
      asking.account,
      asking.by,
      asking.credential,
      asking.behalf,
      asking.policy,
      asking.action,
      asking.source,
      asking.request,
      kind,
      id,
    ],
  );
}
