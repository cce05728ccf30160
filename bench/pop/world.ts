import pg from 'pg';
import { DataSource } from 'typeorm';
import { seedLabBilling } from '../../src/cli/lab-billing.js';
import { labWorld } from '../../src/cli/lab-world.js';
import { seedLab } from '../../src/cli/seed.js';
import type { Visit } from '../../src/crm/queues/queue.rows.js';
import { visitChanged } from '../../src/crm/queues/queue-pages.js';
import { PUT_VISIT } from '../../src/crm/queues/queue-store.sql.js';
import { dataSourceOptions } from '../../src/infra/db/data-source.js';
import { Db } from '../../src/infra/db/db.js';
import { migrate } from '../../src/infra/db/migrate.js';
import { PageEvents } from '../../src/infra/http/events/page-events.js';
import { hashPassword } from '../../src/infra/http/sessions/passwords.js';
import { newId } from '../../src/kernel/ids.js';
import type { Secret } from '../../src/kernel/secret.js';

const CALLS = 100_000;
const NOTES = 10;

export interface BenchCentre {
  readonly email: string;
  readonly password: string;
  readonly agentId: string;
  readonly calls: number;
  readonly customers: readonly {
    readonly memberId: string;
    readonly number: string;
    readonly name: string;
  }[];
  /** The queue has decided that his telephone rings, or the call is over. @returns when that was told. */
  tell(visit: Visit): number;
  visit(ring: number, state: 'ringing' | 'ended'): Promise<Visit>;
  close(): Promise<void>;
}

/** The house's centre with one agent, the demo world's members with balance and numbers as customers, each with past calls, notes and a case. */
export async function fillCentre(url: Secret): Promise<BenchCentre> {
  await migrate(url);
  const pool = new pg.Pool({ connectionString: url.reveal(), max: 2 });
  const dataSource = await new DataSource(await dataSourceOptions(url)).initialize();
  const db = new Db(dataSource, pool);
  const world = labWorld({ sipPort: 5060, phoneSeed: 'bench', realm: 'anydial' });
  await seedLab(pool, world);
  await seedLabBilling(db, world);
  const { rows: customers } = await pool.query<{ memberId: string; number: string; name: string }>(
    `SELECT m.id AS "memberId", min(a.key) AS number, m.name FROM member m JOIN number_assignment a ON a.holder_id = m.id
      WHERE m.kind = 'person' AND a.kind = 'pin' GROUP BY m.id ORDER BY m.name`,
  );
  const [accountId, agentId, queueId] = [newId(), newId(), newId()];
  const [email, password] = ['agent@bench.example', 'correct horse battery'];
  await pool.query(
    `INSERT INTO user_account (id, email, password_hash, roles, language) VALUES ($1, $2, $3, '{agent}', 'en')`,
    [accountId, email, await hashPassword(password)],
  );
  await pool.query(
    `INSERT INTO call_queue (id, company_id, name, country, languages) VALUES ($1, NULL, 'House', 'KR', '{ko,en}')`,
    [queueId],
  );
  await pool.query(
    `INSERT INTO queue_agent (id, company_id, member_id, account_id, number, name, country, languages)
     VALUES ($1, NULL, $2, $3, '201', 'Minjun', 'KR', '{"ko": 100}')`,
    [agentId, customers[0]?.memberId, accountId],
  );
  await pool.query(PAST_CALLS, [
    queueId,
    customers.map((one) => one.memberId),
    customers.map((one) => one.number),
    CALLS,
  ]);
  await pool.query(CARDS, [
    customers.map((one) => one.memberId),
    customers.map((one) => one.number),
    accountId,
    NOTES,
  ]);
  await pool.query('ANALYZE queue_call, customer, customer_number, customer_note');
  const pages = new PageEvents(db, console as never);
  const open = new Map<number, Visit>();
  return {
    email,
    password,
    agentId,
    calls: CALLS,
    customers,
    tell: (visit) => {
      const at = Date.now();
      pages.tell(visitChanged(visit, at));
      return at;
    },
    visit: async (ring, state) => {
      const before = open.get(ring);
      if (before !== undefined) return { ...before, state, outcome: 'answered', endedAt: Date.now() };
      const { memberId, number } = customers[ring % customers.length] as (typeof customers)[number];
      const visit: Visit = {
        id: newId(),
        callId: newId(),
        node: 'bench',
        queueId,
        companyId: null,
        callerNumber: number,
        callerMemberId: memberId,
        dialled: '62006200',
        country: 'KR',
        language: 'ko',
        priority: 0,
        enteredAt: Date.now(),
        state,
        agentId,
        onlyAgentId: null,
        rungAt: Date.now(),
        answeredAt: null,
        missed: 0,
        callbackOrderId: null,
        outcome: null,
        endedAt: null,
      };
      open.set(ring, visit);
      await db.run(PUT_VISIT, [JSON.stringify(visit)]);
      return visit;
    },
    close: async () => {
      await dataSource.destroy();
      await pool.end();
    },
  };
}

const PAST_CALLS = `
  INSERT INTO queue_call (id, call_id, node, queue_id, company_id, caller_number, caller_member_id, dialled, country, language, priority, entered_at,
                          answered_at, ended_at, state, outcome, waited_ms, talked_ms, score)
  SELECT gen_random_uuid(), gen_random_uuid(), 'n', $1,  NULL,
         CASE WHEN n % 100 = 0 THEN ($3::text[])[1 + n / 100 % cardinality($3)] ELSE '+8210' || lpad((n * 7919 % 10000000)::text, 8, '0') END,
         CASE WHEN n % 100 = 0 THEN ($2::uuid[])[1 + n / 100 % cardinality($2)] END, '62006200', 'KR', 'ko', 0, now() - n * interval '5 minutes',
         now() - n * interval '5 minutes', now() - n * interval '5 minutes', 'ended', 'answered', 5000, 60000, 1 + n % 5
    FROM generate_series(1, $4::int) AS n`;
const CARDS = `
  WITH card AS (
    INSERT INTO customer (id, owner, member_id) SELECT gen_random_uuid(), 'operator', m FROM unnest($1::uuid[]) AS m RETURNING id, member_id),
  numbered AS (
    INSERT INTO customer_number (owner, number, customer_id)
    SELECT 'operator', given.number, card.id FROM unnest($1::uuid[], $2::text[]) AS given (member_id, number) JOIN card USING (member_id)),
  noted AS (
    INSERT INTO customer_note (id, owner, customer_id, account_id, author, text)
    SELECT gen_random_uuid(), 'operator', card.id, $3, 'Minjun', 'Note ' || n FROM card, generate_series(1, $4::int) AS n)
  SELECT count(*) FROM card`;
