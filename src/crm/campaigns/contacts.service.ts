import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { targets } from '../../kernel/fsm.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { type ContactEvent, type ContactState, contactStates } from '../domain/campaign-states.js';
import { HOUSE, type Owner } from '../owner.js';
import { forbid } from './do-not-call.js';

/** How long an agent has a contact for himself: reading, calling, talking. */
const TAKEN_MINUTES = 15;

export interface ContactRow {
  readonly id: string;
  readonly campaignId: string;
  readonly owner: Owner;
  readonly customerId: string;
  readonly number: string;
  readonly language: string;
  readonly state: ContactState;
  readonly attempts: number;
  readonly takenBy: string | null;
  readonly takenUntil: Date | null;
  readonly outcome: string | null;
}
const COLUMNS = `
  c.id, c.campaign_id AS "campaignId", c.owner, c.customer_id AS "customerId", c.number, c.language, c.state, c.attempts,
  c.taken_by AS "takenBy", c.taken_until AS "takenUntil", c.outcome`;

export type ContactFailure = Failure<'campaign-contact.unknown' | 'campaign-contact.not-allowed'>;

/** The agent who asks, and what he speaks. */
export interface Caller {
  readonly accountId: string;
  readonly owner: Owner;
  readonly languages: readonly string[];
}

/**
 * The next contact for that agent, his alone from now on: the one that he has, else the longest due one in a language that he speaks, where it is
 * the right time of day now. Whom another agent has had for too long is due again.
 */
export async function claimNext(tx: Tx, caller: Caller, now: Date): Promise<ContactRow | undefined> {
  // One claim of an agent at a time: two clicks get the same contact.
  await tx.run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`campaign ${caller.accountId}`]);
  const [mine] = await tx.rows<ContactRow>(
    `SELECT ${COLUMNS} FROM campaign_contact c WHERE c.state = 'taken' AND c.taken_by = $1 AND c.taken_until > $2 LIMIT 1`,
    [caller.accountId, now],
  );
  if (mine !== undefined) return mine;
  const [claimed] = await tx.rows<ContactRow>(CLAIM, [
    caller.owner,
    caller.languages,
    now,
    caller.accountId,
    TAKEN_MINUTES,
    HOUSE,
  ]);
  return claimed;
}

const RIGHT_TIME = `
  NOT EXISTS (SELECT FROM unnest(c.zones) zone
    WHERE ($3::timestamptz AT TIME ZONE zone)::time NOT BETWEEN p.from_time AND p.to_time
       OR NOT extract(isodow FROM $3::timestamptz AT TIME ZONE zone)::smallint = ANY (p.days))`;
const ALLOWED = `NOT EXISTS (SELECT FROM do_not_call d WHERE d.owner IN (c.owner, $6) AND d.number = c.number)`;
const CLAIM = `
  UPDATE campaign_contact c SET state = 'taken', taken_by = $4, taken_until = $3::timestamptz + make_interval(mins => $5)
   WHERE c.id = (
     SELECT c.id FROM campaign_contact c JOIN campaign p ON p.id = c.campaign_id
      WHERE p.owner = $1 AND p.status = 'running' AND (c.state = 'waiting' OR (c.state = 'taken' AND c.taken_until <= $3))
        AND c.next_at <= $3 AND c.language = ANY ($2) AND ${ALLOWED} AND ${RIGHT_TIME}
      ORDER BY c.next_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
  RETURNING ${COLUMNS}`;

/** Locks the contact that this agent has; somebody else's, or one that was let go, is not there. */
export async function ownContact(
  tx: Tx,
  caller: Pick<Caller, 'accountId'>,
  id: string,
): Promise<Result<ContactRow, ContactFailure>> {
  const [found] = await tx.rows<ContactRow>(
    `SELECT ${COLUMNS} FROM campaign_contact c WHERE c.id = $1 AND c.state = 'taken' AND c.taken_by = $2 FOR UPDATE`,
    [id, caller.accountId],
  );
  return found === undefined ? err(notYours) : ok(found);
}

/** Whether this contact may be called at this moment: the lists and the clock are looked at again. */
export async function mayCallNow(sql: Sql, id: string, now: Date): Promise<Result<void, ContactFailure>> {
  const [row] = await sql.rows<{ allowed: boolean; rightTime: boolean; running: boolean }>(
    `SELECT ${ALLOWED.replace('$6', '$2')} AS allowed, ${RIGHT_TIME} AS "rightTime", p.status = 'running' AS running
       FROM campaign_contact c JOIN campaign p ON p.id = c.campaign_id WHERE c.id = $1`,
    [id, HOUSE, now],
  );
  if (row === undefined) return err(notYours);
  if (!row.allowed) return err(refused('He is on a do-not-call list.', 'say the outcome do-not-call'));
  if (!row.rightTime)
    return err(refused('It is not the right time of day where he is.', 'let him go: he comes again'));
  return row.running
    ? ok(undefined)
    : err(refused('The campaign does not run.', 'its supervisor may start it again'));
}

export const outcomes = [
  'reached',
  'refused',
  'wrong-number',
  'not-reached',
  'call-back',
  'do-not-call',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What the agent says became of his contact. */
export async function sayOutcome(
  tx: Tx,
  contact: ContactRow,
  accountId: string,
  outcome: Outcome,
  at: Date | undefined,
): Promise<Result<ContactRow, ContactFailure>> {
  switch (outcome) {
    case 'call-back':
      return at === undefined
        ? err(whenIsMissing)
        : move(tx, contact, 'outcome.call-back', 'waiting', outcome, at);
    case 'do-not-call':
      await forbid(tx, contact.owner, contact.number, 'he asked not to be called', accountId);
      return move(tx, contact, 'outcome.do-not-call', 'dropped', outcome);
    case 'not-reached':
      return notReached(tx, contact);
    default:
      return move(tx, contact, 'outcome.final', 'done', outcome);
  }
}

/** He is called again later, unless that was often enough. */
export async function notReached(tx: Tx, contact: ContactRow): Promise<Result<ContactRow, ContactFailure>> {
  const [plan] = await tx.rows<{ maxAttempts: number; again: Date }>(
    `SELECT max_attempts AS "maxAttempts", now() + make_interval(mins => retry_minutes) AS again FROM campaign WHERE id = $1`,
    [contact.campaignId],
  );
  if (plan === undefined) return err(notYours);
  return contact.attempts >= plan.maxAttempts
    ? move(tx, contact, 'not-reached', 'done', 'not-reached')
    : move(tx, contact, 'not-reached', 'waiting', 'not-reached', plan.again);
}

export const letGo = (tx: Tx, contact: ContactRow): Promise<Result<ContactRow, ContactFailure>> =>
  move(tx, contact, 'let-go', 'waiting', contact.outcome);

async function move(
  tx: Tx,
  contact: ContactRow,
  event: ContactEvent,
  to: ContactState,
  outcome: string | null,
  nextAt?: Date,
): Promise<Result<ContactRow, ContactFailure>> {
  if (!targets(contactStates, contact.state, event).includes(to)) return err(notYours);
  const [row] = await tx.rows<ContactRow>(
    `UPDATE campaign_contact c SET state = $2, outcome = $3, next_at = coalesce($4, next_at), taken_by = NULL, taken_until = NULL,
            done_at = CASE WHEN $2 IN ('done', 'dropped') THEN now() END
      WHERE c.id = $1 RETURNING ${COLUMNS}`,
    [contact.id, to, outcome, nextAt ?? null],
  );
  return row === undefined ? err(notYours) : ok(row);
}

const notYours = failure('campaign-contact.unknown', 'You do not have this contact (any more).', {
  hint: 'POST /v1/campaign-contacts/next gives you one',
});
const refused = (message: string, hint: string) => failure('campaign-contact.not-allowed', message, { hint });
const whenIsMissing = refused('"at" says when he is to be called back.', 'send "at": an ISO 8601 time');
