import { Injectable } from '@nestjs/common';
import { Db } from '../../db/db.js';

/** One change as the log tells it. What must not be shown stands as `(not shown)`: that it changed is told. */
export interface AuditEntryView {
  readonly id: string;
  readonly at: string;
  /** Null for what anyone may ask (signing up). */
  readonly accountId: string | null;
  /** The account's address now; null once it is erased. */
  readonly email: string | null;
  readonly by: 'session' | 'api-key' | 'nobody';
  /** Of the session or the API key. */
  readonly credentialId: string | null;
  readonly onBehalfOf: string | null;
  readonly policy: string;
  readonly action: string;
  readonly source: string;
  readonly requestId: string;
  /** The table's name, or what the path names where no row changed. */
  readonly targetKind: string;
  readonly targetId: string;
  readonly change: 'made' | 'changed' | 'removed' | 'asked';
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface AuditFilter {
  readonly targetKind?: string | undefined;
  readonly targetId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  readonly requestId?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

const COLUMNS: Readonly<Record<keyof AuditFilter, string>> = {
  targetKind: 'e.target_kind = ',
  targetId: 'e.target_id = ',
  accountId: 'e.account_id = ',
  onBehalfOf: 'e.on_behalf_of = ',
  requestId: 'e.request_id = ',
  from: 'e.at >= ',
  until: 'e.at < ',
};
const PAGE = 1_000;

@Injectable()
export class AuditLog {
  constructor(private readonly db: Db) {}

  /** Newest first; `before` is the id that the previous page ended with. */
  page(filter: AuditFilter, count: number, before: string | undefined): Promise<readonly AuditEntryView[]> {
    const values: unknown[] = [count];
    const given = Object.entries(COLUMNS).flatMap(([name, column]) => {
      const value = filter[name as keyof AuditFilter];
      return value === undefined ? [] : [`${column}$${values.push(value)}`];
    });
    if (before !== undefined) given.push(`e.id < $${values.push(before)}`);
    return this.db.rows<AuditEntryView>(
      `SELECT e.id, e.at, e.account_id AS "accountId", a.email, e.acting_by AS by, e.credential_id AS "credentialId",
              e.on_behalf_of AS "onBehalfOf", e.policy, e.action, e.source, e.request_id AS "requestId",
              e.target_kind AS "targetKind", e.target_id AS "targetId", e.change, e.before, e.after
         FROM audit_entry e LEFT JOIN user_account a ON a.id = e.account_id
        ${given.length === 0 ? '' : `WHERE ${given.join(' AND ')}`} ORDER BY e.id DESC LIMIT $1`,
      values,
    );
  }

  /** All that the filter lets through as NDJSON, page by page: any number, little memory. */
  async *lines(filter: AuditFilter): AsyncGenerator<string> {
    for (let before: string | undefined; ; ) {
      const page = await this.page(filter, PAGE, before);
      if (page.length > 0) yield page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      before = page.at(-1)?.id;
      if (page.length < PAGE) return;
    }
  }
}
