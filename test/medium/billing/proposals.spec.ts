import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountId } from '../../../src/billing/accounts.service.js';
import { Db } from '../../../src/infra/db/db.js';
import type { ProposalView } from '../../../src/infra/http/proposals/proposals.service.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { USD } from './billing-world.js';

const PASSWORD = 'correct horse battery';
let database: TestDatabase;
let web: TestApp;
let db: Db;
let finance: SignedIn;
let both: SignedIn;
let approver: SignedIn;
beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
  db = web.app.get(Db);
  const as = async (name: string, roles: Parameters<typeof addAccount>[3]) => {
    await addAccount(db, `${name}@example.com`, PASSWORD, roles);
    return signIn(web.url, `${name}@example.com`, PASSWORD);
  };
  finance = await as('finance', ['finance']);
  both = await as('both', ['finance', 'approver']);
  approver = await as('approver', ['approver']);
  await asked('POST /v1/rate-decks', { id: 'retail', name: 'R', direction: 'sale', currency: 'USD' });
});
afterAll(async () => {
  await web.close();
  await database.remove();
});

const asked = (route: string, body?: unknown, who: { page: object } = finance): Promise<Answer> =>
  ask(web.url, route, {
    headers: who.page as SignedIn['page'],
    ...(body === undefined ? {} : { body }),
  });
const proposalOf = (answer: Answer) => (answer.body as { proposal: ProposalView }).proposal;
const decide = (id: string, how: 'approval' | 'rejection' | 'withdrawal', who: SignedIn) =>
  asked(`POST /v1/proposals/${id}/${how}`, how === 'rejection' ? { reason: 'no' } : {}, who);

async function draft(): Promise<string> {
  const made = await ask(web.url, 'POST /v1/rate-decks/retail/versions', {
    headers: { ...finance.page, 'content-type': 'text/csv' },
    body: 'prefix,per_minute\n82,0.05\n',
  });
  return (made.body as { versionId: string }).versionId;
}
let hour = 0;
const schedule = (id: string, who = finance) =>
  asked(
    `POST /v1/deck-versions/${id}/schedule`,
    { activeFrom: `2026-02-01T${String(hour++).padStart(2, '0')}:00:00Z` },
    who,
  );
const activeFrom = async (id: string) =>
  ((await asked(`GET /v1/deck-versions/${id}`)).body as { activeFrom: string | null }).activeFrom;

describe('a price list', () => {
  test('given_one_person_with_both_roles_when_he_proposes_and_approves_then_he_is_refused_and_nothing_is_in_force', async () => {
    const id = await draft();
    const proposal = proposalOf(await schedule(id, both));
    expect(await decide(proposal.id, 'approval', both)).toMatchObject({
      status: 422,
      body: { code: 'proposal.same-person' },
    });
    expect(await activeFrom(id)).toBeNull();
    expect((await decide(proposal.id, 'approval', approver)).body).toMatchObject({
      state: 'approved',
      proposedByEmail: 'both@example.com',
      decidedByEmail: 'approver@example.com',
    });
    expect(await activeFrom(id)).not.toBeNull();
  });

  test('given_a_key_of_the_proposer_or_of_anybody_when_it_approves_then_it_is_refused', async () => {
    const proposal = proposalOf(await schedule(await draft(), both));
    for (const owner of [both, approver]) {
      const made = await asked('POST /v1/api-keys', { name: 'robot', roles: ['approver'] }, owner);
      const key = { page: { authorization: `Bearer ${(made.body as { secret: string }).secret}` } };
      expect((await asked(`POST /v1/proposals/${proposal.id}/approval`, {}, key)).status).toBe(403);
    }
    expect((await decide(proposal.id, 'rejection', approver)).body).toMatchObject({
      state: 'rejected',
      reason: 'no',
    });
  });

  test('given_a_proposal_by_an_api_key_then_its_owner_is_the_proposer', async () => {
    const made = await asked('POST /v1/api-keys', { name: 'import', roles: ['finance'] }, both);
    const key = { page: { authorization: `Bearer ${(made.body as { secret: string }).secret}` } } as never;
    const proposal = proposalOf(await schedule(await draft(), key));
    expect((await decide(proposal.id, 'approval', both)).status).toBe(422);
    await decide(proposal.id, 'rejection', approver);
  });

  test('given_it_waits_when_proposed_again_then_it_is_refused_until_the_first_is_over', async () => {
    const id = await draft();
    const first = proposalOf(await schedule(id));
    expect(await schedule(id)).toMatchObject({ status: 409, body: { code: 'proposal.exists' } });
    expect((await decide(first.id, 'withdrawal', both)).status).toBe(403);
    expect((await decide(first.id, 'withdrawal', finance)).body).toMatchObject({ state: 'withdrawn' });
    expect((await decide(first.id, 'approval', approver)).status).toBe(409);
    expect((await schedule(id)).status).toBe(202);
  });

  test('given_nobody_decided_in_time_then_it_is_over_and_listed_so', async () => {
    const id = await draft();
    const { id: proposal } = proposalOf(await schedule(id));
    await db.run(`UPDATE proposal SET expires_at = now() - interval '1 second' WHERE id = $1`, [proposal]);
    expect(await decide(proposal, 'approval', approver)).toMatchObject({
      status: 409,
      body: { detail: 'This proposal is expired.' },
    });
    const { items } = (await asked('GET /v1/proposals?state=expired')).body as { items: ProposalView[] };
    expect(items.map((one) => one.id)).toContain(proposal);
    expect((await schedule(id)).status).toBe(202);
    expect(await activeFrom(id)).toBeNull();
  });

  test('given_the_draft_is_gone_when_approved_then_the_reason_is_told_and_it_stays_undecided', async () => {
    const id = await draft();
    const { id: proposal } = proposalOf(await schedule(id));
    expect((await asked(`DELETE /v1/deck-versions/${id}`)).status).toBe(204);
    expect((await decide(proposal, 'approval', approver)).status).toBe(404);
    expect((await asked(`GET /v1/proposals/${proposal}`)).body).toMatchObject({ state: 'waiting' });
  });
});

test('given_two_approvers_at_once_then_it_is_done_once', async () => {
  await addAccount(db, 'third@example.com', PASSWORD, ['approver']);
  const third = await signIn(web.url, 'third@example.com', PASSWORD);
  const { id } = proposalOf(await schedule(await draft()));
  const answers = await Promise.all([decide(id, 'approval', approver), decide(id, 'approval', third)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('given_a_large_payment_booked_by_hand_then_the_money_is_there_only_after_the_second_person', async () => {
  const account = await db.inTx((tx) => accountId(tx, { kind: 'member', owner: newId(), currency: USD }));
  const pay = (amount: string, reference: string) =>
    asked(`POST /v1/accounts/${account}/payments`, {
      money: { amount, currency: 'USD' },
      bank: 'main',
      reference,
    });
  expect(await pay('100.00', 'small')).toMatchObject({ status: 200, body: { credit: '100.00' } });
  const large = await pay('100.01', 'large');
  expect(large).toMatchObject({
    status: 202,
    body: { credit: '100.00', proposal: { kind: 'account.payment' } },
  });
  await decide(proposalOf(large).id, 'approval', approver);
  expect((await asked(`GET /v1/accounts/${account}`)).body).toMatchObject({ credit: '200.01' });
});

test('given_a_high_credit_limit_when_raised_then_it_counts_only_after_the_second_person_and_lowering_takes_one', async () => {
  const account = await db.inTx((tx) => accountId(tx, { kind: 'member', owner: newId(), currency: USD }));
  const set = (creditLimit: string) =>
    asked(`PUT /v1/accounts/${account}/limits`, { creditLimit, dailyCap: '20' });
  const limit = async () =>
    ((await asked(`GET /v1/accounts/${account}`)).body as { creditLimit: string }).creditLimit;
  expect(await set('100')).toMatchObject({ status: 200, body: { creditLimit: '100.00' } });
  const proposed = await set('5000');
  expect(proposed).toMatchObject({ status: 202, body: { creditLimit: '100.00' } });
  expect(await limit()).toBe('100.00');
  expect((await decide(proposalOf(proposed).id, 'approval', approver)).status).toBe(200);
  expect(await limit()).toBe('5000.00');
  expect(await set('4000')).toMatchObject({ status: 200, body: { creditLimit: '4000.00' } });
});

test('the_table_itself_refuses_one_person_deciding_his_own', async () => {
  const { id, proposedBy } = proposalOf(await schedule(await draft()));
  await expect(
    db.run(`UPDATE proposal SET state = 'approved', decided_by = $2, decided_at = now() WHERE id = $1`, [
      id,
      proposedBy,
    ]),
  ).rejects.toMatchObject({ constraint: 'proposal_two_persons' });
});
