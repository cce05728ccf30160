import type { Sql } from '../../infra/db/sql.js';
import { TableRows } from '../../infra/db/table-rows.js';
import type { Tx } from '../../infra/db/tx.js';
import { isFinal, nextState } from '../../kernel/fsm.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { type CaseMove, type CaseStatus, caseStates } from '../domain/case-states.js';
import { companyOf, isSeen, type Owner, type Seen } from '../owner.js';
import { tellWebhooks } from '../webhooks/deliveries.service.js';

export interface CaseRow {
  readonly id: string;
  readonly owner: Owner;
  readonly customerId: string;
  readonly callId: string | null;
  readonly subject: string;
  readonly status: CaseStatus;
  readonly assigneeId: string | null;
  readonly dueOn: string | null;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly version: number;
}

const COLUMNS = `
  id, owner, customer_id AS "customerId", call_id AS "callId", subject, status, assignee_id AS "assigneeId", due_on::text AS "dueOn",
  opened_by AS "openedBy", opened_at AS "openedAt", closed_at AS "closedAt", version`;

export interface CaseEventRow {
  readonly id: string;
  readonly author: string;
  readonly what: string;
  readonly changes: Readonly<Record<string, unknown>>;
  readonly comment: string | null;
  readonly at: Date;
}
export const CASE_EVENTS = new TableRows<CaseEventRow>(
  'case_event',
  ['id'],
  ['id', 'author', 'what', 'changes', 'comment', 'at'],
);

/** Who does something to a case. */
export interface By {
  readonly accountId: string;
  readonly author: string;
}
export type CaseFailure = Failure<'case.unknown' | 'case.mismatch' | 'case.conflict' | 'case.not-allowed'>;

export async function seenCase(sql: Sql, seen: Seen, id: string): Promise<Result<CaseRow, CaseFailure>> {
  const [found] = await sql.rows<CaseRow>(`SELECT ${COLUMNS} FROM customer_case WHERE id = $1`, [id]);
  return found === undefined || !isSeen(seen, found.owner) ? err(unknown) : ok(found);
}

export interface CaseFilter {
  readonly customerId?: string | undefined;
  readonly assigneeId?: string | undefined;
  readonly open?: boolean | undefined;
}

/** Newest first. */
export const listCases = (
  sql: Sql,
  { only }: Seen,
  filter: CaseFilter,
  before: string | undefined,
  count: number,
) =>
  sql.rows<CaseRow & { readonly customerName: string | null }>(
    `SELECT ${COLUMNS}, (SELECT coalesce(c.name, m.name) FROM customer c LEFT JOIN member m ON m.id = c.member_id
                          WHERE c.id = customer_id) AS "customerName"
       FROM customer_case
      WHERE ($1::text IS NULL OR owner = $1) AND ($2::uuid IS NULL OR customer_id = $2) AND ($3::uuid IS NULL OR assignee_id = $3)
        AND ($4::boolean IS NULL OR (closed_at IS NULL) = $4) AND ($5::uuid IS NULL OR id < $5)
      ORDER BY id DESC LIMIT $6`,
    [only, filter.customerId ?? null, filter.assigneeId ?? null, filter.open ?? null, before ?? null, count],
  );

export interface NewCase {
  readonly owner: Owner;
  readonly customerId: string;
  readonly callId: string | null;
  readonly subject: string;
  readonly assigneeId: string | null;
  readonly dueOn: string | null;
}

export async function openCase(tx: Tx, by: By, wanted: NewCase): Promise<Result<CaseRow, CaseFailure>> {
  const fits = await worksFor(tx, wanted.owner, wanted.assigneeId);
  if (!fits.ok) return fits;
  const { owner, customerId, callId, subject, assigneeId, dueOn } = wanted;
  const [row] = await tx.rows<CaseRow>(
    `INSERT INTO customer_case (id, owner, customer_id, call_id, subject, status, assignee_id, due_on, opened_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
    [newId(), owner, customerId, callId, subject, caseStates.initial, assigneeId, dueOn, by.accountId],
  );
  if (row === undefined) throw new Error('the case was not inserted');
  await note(tx, row.id, by, 'opened', { assigneeId, dueOn }, null);
  await tellChanged(tx, row, 'opened');
  return ok(row);
}

export interface CaseChanges {
  readonly subject?: string | undefined;
  readonly assigneeId?: string | null | undefined;
  readonly dueOn?: string | null | undefined;
}

/** `version` is the one that was seen: two people who change the same case at the same time hear of each other. */
export async function changeCase(
  tx: Tx,
  found: CaseRow,
  by: By,
  changes: CaseChanges,
  version: number,
): Promise<Result<CaseRow, CaseFailure>> {
  if (isFinal(caseStates, found.status)) return err(closed);
  const fits = await worksFor(tx, found.owner, changes.assigneeId ?? null);
  if (!fits.ok) return fits;
  const next = { ...found, ...defined(changes) };
  const [row] = await tx.rows<CaseRow>(
    `UPDATE customer_case SET subject = $3, assignee_id = $4, due_on = $5, version = version + 1
      WHERE id = $1 AND version = $2 RETURNING ${COLUMNS}`,
    [found.id, version, next.subject, next.assigneeId, next.dueOn],
  );
  if (row === undefined) return err(conflict);
  await note(tx, row.id, by, 'changed', defined(changes), null);
  await tellChanged(tx, row, 'changed');
  return ok(row);
}

export async function moveCase(
  tx: Tx,
  { id }: CaseRow,
  by: By,
  move: CaseMove,
  comment: string | null,
): Promise<Result<CaseRow, CaseFailure>> {
  const [locked] = await tx.rows<{ status: CaseStatus }>(
    'SELECT status FROM customer_case WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (locked === undefined) return err(unknown);
  const to = nextState(caseStates, locked.status, move);
  if (!to.ok) return err(notAllowed(locked.status, move));
  const [row] = await tx.rows<CaseRow>(
    `UPDATE customer_case SET status = $2, version = version + 1, closed_at = CASE WHEN $3 THEN now() END
      WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, to.value, isFinal(caseStates, to.value)],
  );
  if (row === undefined) return err(unknown);
  await note(tx, id, by, move, { from: locked.status, to: to.value }, comment);
  await tellChanged(tx, row, move);
  return ok(row);
}

const tellChanged = (tx: Tx, { id, owner, status, version, assigneeId }: CaseRow, what: string) =>
  tellWebhooks(tx, {
    owner,
    event: 'case.changed',
    about: `${id}.${version}`,
    at: new Date(),
    data: { caseId: id, what, status, version, assigneeId },
  });

export const note = (tx: Tx, caseId: string, by: By, what: string, changes: object, comment: string | null) =>
  tx.run(
    'INSERT INTO case_event (id, case_id, account_id, author, what, changes, comment) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [newId(), caseId, by.accountId, by.author, what, JSON.stringify(changes), comment],
  );

/** A case is given to one's own people only. */
async function worksFor(tx: Tx, owner: Owner, assigneeId: string | null): Promise<Result<void, CaseFailure>> {
  if (assigneeId === null) return ok(undefined);
  const found = await tx.rows(
    `SELECT FROM user_account WHERE id = $1 AND company_id IS NOT DISTINCT FROM $2::uuid AND disabled_at IS NULL
        AND roles && '{operator,support,company-admin,supervisor,agent}'::text[]`,
    [assigneeId, companyOf(owner)],
  );
  return found.length === 0 ? err(stranger) : ok(undefined);
}

const defined = <T extends object>(changes: T): Partial<T> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;

const unknown = failure('case.unknown', 'There is no such case.', { hint: 'GET /v1/cases lists yours' });
const conflict = failure('case.conflict', 'Somebody else has changed this case meanwhile.', {
  hint: 'read it again, then change it',
});
const stranger = failure('case.mismatch', 'This account does not work for the company of the case.', {
  hint: 'GET /v1/desk/colleagues lists who does',
});
const closed = failure('case.not-allowed', 'This case is closed.', { hint: 'open another one' });
const notAllowed = (status: string, move: string) =>
  failure('case.not-allowed', `A case that is ${status} can't ${move}.`, {
    hint: 'docs/customers.md shows the moves',
  });
