import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId, standingOf } from '../../../src/billing/accounts.service.js';
import type { DisputeEvent } from '../../../src/billing/domain/dispute-states.js';
import { closeHolds, holdOwnMoney, openHold } from '../../../src/billing/holds.service.js';
import { TestProviderPort } from '../../../src/billing/top-ups/test-provider.port.js';
import { TOP_UP_PORT } from '../../../src/billing/top-ups/top-up-port.js';
import { Db } from '../../../src/infra/db/db.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { USD, usd } from '../billing/billing-world.js';

const password = 'correct horse battery';
let database: TestDatabase;
let web: TestApp;
let db: Db;
let provider: TestProviderPort;
beforeAll(async () => {
  database = await testDatabase();
  web = await testApp({ databaseUrl: database.url, redisUrl: nowhere, topUpPort: 'test' });
  db = web.app.get(Db);
  provider = web.app.get<TestProviderPort>(TOP_UP_PORT, { strict: false });
});
afterAll(async () => {
  await web.close();
  await database.remove();
});

interface Payer {
  readonly who: SignedIn;
  readonly account: bigint;
  readonly reference: string;
}

/** A member who has paid 20 dollars by card. */
async function payer(name: string): Promise<Payer> {
  const owner = newId();
  const id = await addAccount(db, `${name}@example.com`, password, ['member']);
  await db.rows('UPDATE user_account SET member_id = $2 WHERE id = $1', [id, owner]);
  const account = await db.inTx((tx) => accountId(tx, { kind: 'member', owner, currency: USD }));
  const who = await signIn(web.url, `${name}@example.com`, password);
  const body = { amount: { amount: '20.00', currency: 'USD' } };
  const begun = await ask(web.url, `POST /v1/accounts/${account}/top-ups`, { headers: who.page, body });
  const { reference } = begun.body as { reference: string };
  const paid = await provider.decide(reference, 'paid');
  if (!paid.ok) throw new Error(paid.failure.message);
  await tellRaw(paid.value);
  return { who, account, reference };
}
const tellRaw = ({ body, headers }: { body: Buffer; headers: Readonly<Record<string, string>> }) =>
  ask(web.url, 'POST /v1/payment-events/test', { headers, body: body.toString() });

async function tell({ reference }: Payer, became: DisputeEvent, id = `dp_${reference}`): Promise<unknown> {
  const event = await provider.decideDispute(reference, { id, became, amount: usd(20_000_000n) });
  if (!event.ok) throw new Error(event.failure.message);
  return ((await tellRaw(event.value)).body as { effect: string }).effect;
}
const has = async ({ account }: Payer) => (await standingOf(db, account))?.credit.micros;
/** Whether a call may be begun, and something bought. */
async function spends({ account }: Payer): Promise<readonly [call: boolean, order: boolean]> {
  const [call, order] = [newId(), newId()];
  const held = await openHold(db, { id: call, accountId: account, wanted: 1_000_000n, least: 100n }, 'call');
  const bought = await db.inTx((tx) =>
    holdOwnMoney(tx, { id: order, accountId: account, micros: 1_000_000n }),
  );
  await closeHolds(db, [call, order], 'released');
  return [held !== undefined, bought];
}

describe('a payment that its payer contests', () => {
  it('given_it_is_opened_when_told_twice_then_the_money_goes_once_and_nothing_is_spent_until_it_is_won', async () => {
    const one = await payer('ann');
    await db.run('UPDATE ledger_account SET credit_limit_micros = 50000000 WHERE id = $1', [one.account]);
    expect(await spends(one)).toEqual([true, true]);
    expect(await Promise.all([tell(one, 'opened'), tell(one, 'opened')])).toEqual(
      expect.arrayContaining(['disputed', 'repeated']),
    );
    expect([await has(one), await spends(one)]).toEqual([0n, [false, false]]);
    const free = { id: newId(), accountId: one.account, wanted: 0n, least: 0n };
    expect(await openHold(db, free, 'call')).toBe(0n);
    await closeHolds(db, [free.id], 'released');
    expect(await tell(one, 'won')).toBe('disputed');
    expect([await has(one), await spends(one)]).toEqual([20_000_000n, [true, true]]);
    expect(
      (await ask(web.url, `GET /v1/accounts/${one.account}/disputes`, { headers: one.who.page })).body,
    ).toMatchObject({ items: [{ state: 'won', amount: '20.00', currency: 'USD' }], nextCursor: null });
  });

  it('given_it_is_lost_when_told_before_it_was_opened_then_the_money_is_gone_once_and_the_account_open', async () => {
    const one = await payer('bo');
    expect([await tell(one, 'lost'), await tell(one, 'opened')]).toEqual(['disputed', 'late']);
    expect([await has(one), await spends(one)]).toEqual([0n, [false, false]]);
    const barred = await db.rows('SELECT FROM ledger_account WHERE id = $1 AND barred', [one.account]);
    expect(barred).toEqual([]);
    expect(await tell(one, 'won')).toBe('disputed');
    expect([await has(one), await spends(one)]).toEqual([20_000_000n, [true, true]]);
  });

  it('given_a_question_only_when_asked_and_dropped_then_nothing_moves', async () => {
    const one = await payer('cy');
    expect(await tell(one, 'asked')).toBe('noted');
    expect([await has(one), await spends(one)]).toEqual([20_000_000n, [true, true]]);
    expect(await tell(one, 'dropped')).toBe('disputed');
    expect(await tell(one, 'opened')).toBe('late');
    expect(await has(one)).toBe(20_000_000n);
  });

  it('given_two_disputes_when_one_is_won_then_the_account_stays_barred_for_the_other', async () => {
    const one = await payer('dee');
    await tell(one, 'opened', 'dp_first');
    await tell(one, 'opened', 'dp_second');
    await tell(one, 'won', 'dp_first');
    expect(await spends(one)).toEqual([false, false]);
    await tell(one, 'won', 'dp_second');
    expect(await spends(one)).toEqual([true, true]);
    const [sum] = await db.rows<{ sum: string }>(
      'SELECT sum(balance_micros)::text AS sum FROM account_balance',
    );
    expect(sum?.sum).toBe('0');
  });

  it('given_somebody_elses_account_when_asked_for_its_disputes_then_it_is_not_there', async () => {
    const [one, other] = [await payer('eve'), await payer('fay')];
    const route = `GET /v1/accounts/${one.account}/disputes`;
    expect((await ask(web.url, route, { headers: other.who.page })).status).toBe(404);
    expect((await ask(web.url, 'GET /v1/payment-disputes', { headers: other.who.page })).status).toBe(403);
  });
});
