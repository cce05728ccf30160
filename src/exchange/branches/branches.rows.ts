import type { Sql } from '../../infra/db/sql.js';
import { TableRows } from '../../infra/db/table-rows.js';

export interface BranchRow {
  readonly id: string;
  readonly assignmentId: string;
  readonly region: string;
  readonly ccc: string;
  readonly isDefault: boolean;
  readonly memberId: string;
}
export const BRANCHES = new TableRows<BranchRow>(
  'vns_branch',
  ['ccc', 'region'],
  ['id', 'assignmentId', 'region', 'ccc', 'isDefault', 'memberId'],
);

export interface CompanyNumber {
  readonly id: string;
  readonly key: string;
  readonly holderId: string;
  /** Its home. */
  readonly region: string;
}

/** A company's number by its key (`62006200#`). */
export async function companyNumber(
  sql: Sql,
  key: string,
  forUpdate = false,
): Promise<CompanyNumber | undefined> {
  const [number] = await sql.rows<CompanyNumber>(
    `SELECT id, key, holder_id AS "holderId", region FROM number_assignment
      WHERE key = $1 AND kind = 'vns' ${forUpdate ? 'FOR UPDATE' : ''}`,
    [key],
  );
  return number;
}
