import { type MemberMoney, moneyOfMember } from '../../billing/index.js';
import type { Sql } from '../../infra/db/sql.js';
import { MEMBERS } from '../../membership/index.js';
import { countryOfNumber, numberForPeople } from '../../numbering/index.js';
import { ordersOfHolder } from '../../sales/index.js';
import type { CaseStatus } from '../domain/case-states.js';
import { companyOf, HOUSE } from '../owner.js';
import type { CustomerRow } from './customer.rows.js';

const LATEST = 10;

interface LatestNote {
  readonly id: string;
  readonly callId: string | null;
  readonly author: string;
  readonly text: string;
  readonly createdAt: Date;
}
interface OpenCase {
  readonly id: string;
  readonly subject: string;
  readonly status: CaseStatus;
  readonly assigneeId: string | null;
  /** A day: `2026-11-30`. */
  readonly dueOn: string | null;
  readonly openedAt: Date;
}

/** Everything that whoever picks up the telephone wants to see of a customer, in one answer. */
export type CustomerView = Awaited<ReturnType<typeof viewOfCustomer>>;

/**
 * What is a matter between the customer and the house (his money, his orders) only the house's agents see; a
 * company sees what it knows itself, and of a member who has called it his name, language and country.
 */
export async function viewOfCustomer(sql: Sql, card: CustomerRow) {
  const { owner, memberId } = card;
  const [member, numbers, calls, notes, cases, satisfaction, money, orders] = await Promise.all([
    memberId === null ? undefined : MEMBERS.one(sql, { id: memberId }),
    numbersOf(sql, card),
    callsOf(sql, card, undefined, LATEST),
    sql.rows<LatestNote>(NEWEST_NOTES, [card.id, LATEST]),
    sql.rows<OpenCase>(OPEN_CASES, [card.id, LATEST]),
    satisfactionOf(sql, card),
    owner === HOUSE && memberId !== null ? moneyOfMember(sql, memberId) : undefined,
    owner === HOUSE && memberId !== null ? ordersOfHolder(sql, memberId, LATEST) : null,
  ]);
  return {
    id: card.id,
    name: card.name ?? member?.name ?? null,
    language: card.language ?? member?.language ?? null,
    country: card.country ?? member?.country ?? countryOfNumber(numbers[0] ?? '') ?? null,
    timeZone: card.timeZone,
    email: card.email,
    member:
      member === undefined
        ? null
        : { id: member.id, kind: member.kind, name: member.name, status: member.status },
    numbers: numbers.map((number) => ({ number, shown: numberForPeople(number) })),
    callCount: card.calls,
    lastCallAt: card.lastCallAt,
    calls,
    notes,
    cases,
    satisfaction,
    money: (money ?? null) as MemberMoney | null,
    orders,
  };
}

/** His own, as he has called us; of the house's customers also what he has bought and bound. */
async function numbersOf(sql: Sql, { id, owner, memberId }: CustomerRow): Promise<readonly string[]> {
  const rows = await sql.rows<{ number: string }>(
    owner === HOUSE ? ALL_NUMBERS : OWN_NUMBERS,
    owner === HOUSE ? [id, memberId] : [id],
  );
  return rows.map(({ number }) => number);
}

export interface PastCall {
  readonly id: string;
  readonly callId: string;
  readonly queue: string | null;
  readonly at: Date;
  readonly outcome: string | null;
  readonly language: string | null;
  readonly waitedMs: number | null;
  readonly talkedMs: number | null;
  readonly score: number | null;
  readonly disposition: string | null;
}

/** His calls to the company's queues, newest first. */
export const callsOf = (sql: Sql, card: CustomerRow, before: string | undefined, count: number) =>
  sql.rows<PastCall>(CALLS, [
    companyOf(card.owner),
    card.id,
    card.memberId,
    card.owner,
    before ?? null,
    count,
  ]);

async function satisfactionOf(sql: Sql, card: CustomerRow) {
  const [row] = await sql.rows<{ count: string; average: number | null }>(SCORES, [
    companyOf(card.owner),
    card.id,
    card.memberId,
    card.owner,
  ]);
  return { count: Number(row?.count ?? 0), average: row?.average ?? null };
}

const OWN_NUMBERS = 'SELECT number FROM customer_number WHERE customer_id = $1 ORDER BY number';
const ALL_NUMBERS = `
  SELECT number FROM customer_number WHERE customer_id = $1
   UNION SELECT key FROM number_assignment WHERE holder_id = $2
   UNION SELECT e164 FROM contact_number WHERE member_id = $2 AND verified_at IS NOT NULL ORDER BY 1`;
const NEWEST_NOTES = `
  SELECT id, call_id AS "callId", author, text, created_at AS "createdAt" FROM customer_note
   WHERE customer_id = $1 ORDER BY id DESC LIMIT $2`;
const OPEN_CASES = `
  SELECT id, subject, status, assignee_id AS "assigneeId", due_on::text AS "dueOn", opened_at AS "openedAt" FROM customer_case
   WHERE customer_id = $1 AND closed_at IS NULL ORDER BY due_on NULLS LAST, id LIMIT $2`;
const OF_CUSTOMER = `
  company_id IS NOT DISTINCT FROM $1::uuid AND (caller_number IN (SELECT number FROM customer_number WHERE customer_id = $2) OR caller_member_id = $3)`;
const CALLS = `
  SELECT q.id, q.call_id AS "callId", queue.name AS queue, q.entered_at AS at, q.outcome, q.language, q.waited_ms AS "waitedMs",
         q.talked_ms AS "talkedMs", q.score, d.code AS disposition
    FROM queue_call q LEFT JOIN call_queue queue ON queue.id = q.queue_id
    LEFT JOIN call_disposition d ON d.owner = $4 AND d.call_id = q.call_id
   WHERE ${OF_CUSTOMER.replace('company_id', 'q.company_id')} AND ($5::uuid IS NULL OR q.id < $5) ORDER BY q.id DESC LIMIT $6`;
const SCORES = `
  SELECT count(score) AS count, avg(score)::float8 AS average FROM queue_call WHERE ${OF_CUSTOMER} AND $4::text IS NOT NULL`;
