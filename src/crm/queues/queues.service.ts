import type { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import type { Sql } from '../../infra/db/sql.js';
import { TableRows } from '../../infra/db/table-rows.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { companyFor, companyValues, isSeen, ownerOf, type Seen } from '../owner.js';
import type { ChangedQueue, NewQueue } from './queue.fields.js';
import type { QueueRow } from './queue.rows.js';
import { QUEUE_COLUMNS } from './queue-store.sql.js';
import {
  branchInvalid,
  companyInvalid,
  extensionTaken,
  numberUnknown,
  overflowInvalid,
  queueUnknown,
} from './queues.failures.js';

export const QUEUES = new TableRows<QueueRow>(
  'call_queue',
  ['id'],
  [
    'id',
    'companyId',
    'branchId',
    'name',
    'country',
    'extension',
    'languages',
    'skill',
    'rules',
    'overflow',
    'answer',
    'priority',
    'maxWaiting',
    'maxWaitSeconds',
    'ringSeconds',
    'wrapUpSeconds',
    'announceSeconds',
    'callback',
    'survey',
    'enabled',
    'hours',
  ],
);

export function listQueues(
  sql: Sql,
  seen: Seen,
  after: string | undefined,
  count: number,
): Promise<readonly QueueRow[]> {
  return sql.rows<QueueRow>(
    `SELECT ${QUEUE_COLUMNS} FROM call_queue
      WHERE ($1::boolean OR company_id IS NOT DISTINCT FROM $2) AND ($3::uuid IS NULL OR id > $3)
      ORDER BY id LIMIT $4`,
    [...companyValues(seen), after ?? null, count],
  );
}

/** The queue, if this account may see it. */
export async function findQueue(sql: Sql, seen: Seen, id: string): Promise<Result<QueueRow>> {
  const queue = await QUEUES.one(sql, { id });
  return queue !== undefined && isSeen(seen, ownerOf(queue.companyId)) ? ok(queue) : err(queueUnknown(id));
}

export async function addQueue(db: Db, seen: Seen, wanted: NewQueue): Promise<Result<QueueRow>> {
  const { companyId: named = null, ...fields } = wanted;
  const companyId = companyFor(seen, named);
  if (companyId !== null && !(await isCompany(db, companyId))) return err(companyInvalid(companyId));
  const fault = await faultOf(db, companyId, fields);
  if (fault !== undefined) return err(fault);
  return unlessRefused({ '23505': extensionTaken(fields.extension ?? '') }, async () => {
    const made = await QUEUES.insert(db, { id: newId(), companyId, ...stored(fields) });
    return made === undefined ? err(extensionTaken(fields.extension ?? '')) : ok(made);
  });
}

export async function changeQueue(
  db: Db,
  seen: Seen,
  id: string,
  changes: ChangedQueue,
): Promise<Result<QueueRow>> {
  const found = await findQueue(db, seen, id);
  if (!found.ok) return found;
  const fault = await faultOf(db, found.value.companyId, changes);
  if (fault !== undefined) return err(fault);
  return unlessRefused({ '23505': extensionTaken(changes.extension ?? '') }, async () =>
    ok((await QUEUES.update(db, { id }, stored(changes))) ?? found.value),
  );
}

/** JSON columns whose value is an array are given as text. */
const stored = ({ overflow, hours, ...fields }: ChangedQueue) => ({
  ...fields,
  ...(hours === undefined ? {} : { hours: JSON.stringify(hours) }),
  ...(overflow === undefined ? {} : { overflow: JSON.stringify(overflow) }),
});

const isCompany = async (sql: Sql, id: string): Promise<boolean> =>
  (await sql.rows("SELECT FROM member WHERE id = $1 AND kind = 'company'", [id])).length > 0;

/** What is named must be the company's own. */
async function faultOf(
  sql: Sql,
  companyId: string | null,
  { overflow = [], branchId }: ChangedQueue,
): Promise<Failure | undefined> {
  for (const { queueId } of overflow) {
    const other = await QUEUES.one(sql, { id: queueId });
    if (other === undefined || other.companyId !== companyId) return overflowInvalid(queueId);
  }
  if (branchId == null) return undefined;
  const branches = await sql.rows(
    `SELECT FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id
      WHERE b.id = $1 AND a.holder_id IS NOT DISTINCT FROM $2`,
    [branchId, companyId],
  );
  return branches.length === 0 ? branchInvalid(branchId) : undefined;
}

/** A number of the company's, or of an office that answers for a branch of it; the operator's queues may have anybody's. */
const NUMBER = `
  SELECT a.id AS "assignmentId", b.id AS "branchId"
    FROM number_assignment a LEFT JOIN vns_branch b ON b.assignment_id = a.id AND b.region = $2
   WHERE a.key = $1 AND ($2::text IS NULL OR b.id IS NOT NULL)
     AND ($3::uuid IS NULL OR a.holder_id = $3 OR EXISTS (
           SELECT FROM vns_branch o JOIN number_assignment n ON n.id = o.assignment_id
            WHERE o.member_id = a.holder_id AND n.holder_id = $3))`;

/** From the next call on, the number (or its branch in that region) is answered by the queue. */
export async function pointNumber(
  sql: Sql,
  { id, companyId }: QueueRow,
  key: string,
  region: string | undefined,
): Promise<Result<undefined>> {
  const [number] = await sql.rows<{ assignmentId: string; branchId: string | null }>(NUMBER, [
    key,
    region ?? null,
    companyId,
  ]);
  if (number === undefined) return err(numberUnknown(key));
  await sql.run(
    `INSERT INTO queue_number (queue_id, assignment_id, branch_id) VALUES ($1, $2, $3)
     ON CONFLICT (assignment_id, branch_id) DO UPDATE SET queue_id = excluded.queue_id`,
    [id, number.assignmentId, region === undefined ? null : number.branchId],
  );
  return ok(undefined);
}

export async function unpointNumber(
  sql: Sql,
  { id }: QueueRow,
  key: string,
  region: string | undefined,
): Promise<Result<undefined>> {
  const gone = await sql.run(
    `DELETE FROM queue_number q USING number_assignment a
      WHERE a.id = q.assignment_id AND a.key = $1 AND q.queue_id = $2
        AND q.branch_id IS NOT DISTINCT FROM (SELECT b.id FROM vns_branch b WHERE b.assignment_id = a.id AND b.region = $3)`,
    [key, id, region ?? null],
  );
  return gone === 0 ? err(numberUnknown(key)) : ok(undefined);
}

export interface PointedNumber {
  readonly key: string;
  readonly region: string | null;
}

export const numbersOf = (sql: Sql, queueId: string): Promise<readonly PointedNumber[]> =>
  sql.rows<PointedNumber>(
    `SELECT a.key, b.region FROM queue_number q JOIN number_assignment a ON a.id = q.assignment_id
       LEFT JOIN vns_branch b ON b.id = q.branch_id
      WHERE q.queue_id = $1 ORDER BY a.key, b.region NULLS FIRST LIMIT 1000`,
    [queueId],
  );
