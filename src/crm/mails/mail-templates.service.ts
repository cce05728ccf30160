import type { Sql } from '../../infra/db/sql.js';
import type { MailTemplate } from '../domain/mail-template.js';
import { HOUSE, type Owner } from '../owner.js';

export interface TemplateRow extends MailTemplate {
  readonly owner: Owner;
  readonly code: string;
}

/** A company's own; of codes that it has none for, the house's. */
export const templatesOf = (sql: Sql, owner: Owner): Promise<readonly TemplateRow[]> =>
  sql.rows<TemplateRow>(
    `SELECT owner, code, language, subject, body FROM mail_template t
      WHERE owner = $1 OR (owner = $2 AND NOT EXISTS (SELECT FROM mail_template own WHERE own.owner = $1 AND own.code = t.code))
      ORDER BY code, language`,
    [owner, HOUSE],
  );
