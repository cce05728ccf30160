import { accountId } from '../../../../src/billing/index.js';
import { newId } from '../../../../src/kernel/ids.js';
import { currency } from '../../../../src/kernel/money.js';
import type { Answer } from '../../../support/http-client.js';
import type { Desk } from '../../desk/desk.js';

/** A company beside the demo world's Hanbit, with a number and a branch. */
export async function secondCompany(desk: Desk): Promise<string> {
  const id = newId();
  const number = newId();
  await desk.pool.query(
    `INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'company', 'Rival', 'en', 'US')`,
    [id],
  );
  await desk.pool.query(
    `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
     VALUES ($1, '77712345#', 'vns', '001', 'US', '77712345', '777-12345#001', $2)`,
    [number, id],
  );
  await desk.pool.query(
    `INSERT INTO vns_branch (id, assignment_id, region, ccc, is_default, member_id) VALUES ($1, $2, 'US', '001', true, $3)`,
    [newId(), number, id],
  );
  return id;
}

/** Something of each kind for a member, made by the operator over REST or where no route makes it, in the database. */
export async function furnish(desk: Desk, memberId: string): Promise<void> {
  const path = `/v1/members/${memberId}`;
  const made = [
    await desk.ask(`POST ${path}/devices`, {
      label: 'secret phone',
      locationNumber: '+12128675300',
      country: 'US',
    }),
    await desk.ask(`POST ${path}/contact-numbers`, { e164: '+12128675303', label: 'secret mobile' }),
    await desk.ask(`POST ${path}/emails`, { address: `secret-${memberId.slice(-6)}@example.com` }),
    await desk.ask(`POST ${path}/domains`, { domain: `secret-${memberId.slice(-6)}.example` }),
    await desk.ask(`PUT ${path}/find-me`, { steps: [{ kind: 'devices' }] }),
    await desk.ask(`PATCH ${path}/call-settings`, { doNotDisturb: true }),
  ];
  for (const { status, text } of made) if (status >= 300) throw new Error(`${status} ${text}`);
  await ownedByCompany(desk, memberId);
  await desk.pool.query(
    `INSERT INTO voice_message (id, mailbox, node, caller_number, duration_ms, received_at)
     VALUES ($1, $2, 'node', '+82262001234', 3000, now())`,
    [newId(), memberId],
  );
  await desk.db.inTx((tx) => accountId(tx, { kind: 'member', owner: memberId, currency: currency('USD') }));
}

/** What a company's centre keeps: a queue, an agent, a customer with a note and a case; a contact of the telephone's book; a number offered. */
async function ownedByCompany(desk: Desk, memberId: string): Promise<void> {
  const { rows } = await desk.pool.query('SELECT kind FROM member WHERE id = $1', [memberId]);
  if (rows[0]?.kind !== 'company') {
    const himself = await desk.account('member', { memberId });
    await made(
      desk.ask('PUT /v1/phone/contacts', { name: 'secret friend', target: '+12128675309' }, himself),
    );
    return;
  }
  const admin = await desk.account('company-admin', { companyId: memberId });
  await made(desk.ask('POST /v1/queues', { name: 'secret queue', country: 'US', languages: ['en'] }, admin));
  const agent = {
    name: 'Secret Agent',
    country: 'US',
    memberId,
    number: memberId.replace(/\D/g, '').slice(-7),
    languages: { en: 100 },
  };
  await made(desk.ask('POST /v1/agents', agent, admin));
  const customer = newId();
  await desk.pool.query(
    `INSERT INTO customer (id, owner, name, language, country) VALUES ($1, $2, 'Secret Customer', 'en', 'US')`,
    [customer, memberId],
  );
  await made(desk.ask(`POST /v1/customers/${customer}/notes`, { text: 'secret note' }, admin));
  await made(desk.ask('POST /v1/cases', { customerId: customer, subject: 'secret case' }, admin));
}

async function made(answer: Promise<Answer>): Promise<void> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`${status} ${text}`);
}
