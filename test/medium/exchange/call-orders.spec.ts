import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventOf } from '../../../src/events.js';
import { PgCallStore } from '../../../src/exchange/call-store.js';
import type { OrderBegun } from '../../../src/exchange/domain/open-order.js';
import { openOrder } from '../../../src/exchange/domain/open-order.js';
import { recordOf } from '../../../src/exchange/domain/record.js';
import { CallOrders } from '../../../src/exchange/orders/call-orders.js';
import { OrderDesk } from '../../../src/exchange/orders/order-desk.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { systemClock } from '../../../src/kernel/clock.js';
import type { SignedIn } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk, world } from '../desk/desk.js';

const kim = memberNamed('Kim Ara');
const house = memberNamed('Anydial');
const phone = world.devices.find(({ username }) => username === 'lab-a')?.id ?? '';
const NUMBER = '+82262001234';

let desk: Desk;
let orders: CallOrders;
let kimHerself: SignedIn;
beforeAll(async () => {
  desk = await openDesk();
  orders = new CallOrders(desk.db, { ring: () => undefined } as unknown as Outbox);
  kimHerself = await desk.account('member', { memberId: kim });
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.pool.query('DELETE FROM call_order');
  await desk.pool.query('DELETE FROM outbox');
});

type Wanted = EventOf<'call-order.wanted'>;
const wish = (more: Partial<Wanted> = {}): Wanted => ({
  orderId: randomUUID(),
  purpose: 'spec',
  account: { kind: 'house' },
  ring: { kind: 'number', e164: NUMBER },
  ringSeconds: 20,
  language: 'ko',
  onAnswer: { do: 'speak', prompt: 'code', digits: '4711', times: 1 },
  expiresAt: new Date(Date.now() + 60_000).toISOString(),
  ...more,
});
const place = async (wanted: Wanted): Promise<string> => {
  await desk.db.inTx((tx) => orders.place(tx, wanted));
  return wanted.orderId;
};
const stateOf = async (id: string) => {
  const { rows } = await desk.pool.query('SELECT state, cause, node FROM call_order WHERE id = $1', [id]);
  return rows[0];
};
const told = async () => {
  const { rows } = await desk.pool.query<{ payload: EventOf<'call-order.ended'> }>(
    `SELECT payload FROM outbox WHERE topic = 'call-order.ended'`,
  );
  return rows.map(({ payload }) => payload);
};

/** One look of an exchange of this node; resolves when it has looked. */
async function looks(
  world: { ready?: boolean; known?: readonly string[]; node?: string } = {},
): Promise<readonly OrderBegun[]> {
  const begun: OrderBegun[] = [];
  const one = new OrderDesk({
    node: world.node ?? 'n1',
    sql: desk.db,
    clock: systemClock,
    log: { warn: (fields) => expect(fields).toBeUndefined() },
    begin: (order) => begun.push(order),
    ready: () => world.ready ?? true,
    known: () => world.known ?? [],
    told: () => undefined,
  });
  one.look();
  await one.stop();
  return begun;
}

describe('an order', () => {
  test('is placed once, however often it is wanted', async () => {
    const wanted = wish();
    await place(wanted);
    await place(wanted);
    const begun = await looks();
    expect(begun).toHaveLength(1);
    expect(await looks({ known: begun.map(({ callId }) => callId) })).toHaveLength(0);
  });

  test('is taken by one of ten exchanges that look at once', async () => {
    for (let one = 0; one < 3; one++) await place(wish({ ring: { kind: 'device', deviceId: phone } }));
    const begun = await Promise.all(Array.from({ length: 10 }, (_, n) => looks({ node: `n${n}` })));
    expect(begun.flat()).toHaveLength(3);
    expect(new Set(begun.flat().map(({ callId }) => callId)).size).toBe(3);
  });

  test("is begun on its account, as from its phone's place", async () => {
    await place(
      wish({ account: { kind: 'member', memberId: kim }, ring: { kind: 'device', deviceId: phone } }),
    );
    const [order] = await looks();
    expect(order).toMatchObject({
      node: 'n1',
      origin: { kind: 'order', memberId: kim, country: 'KR', area: '02' },
      order: { ring: { kind: 'device', memberId: kim, username: 'lab-a' } },
    });
    await place(wish());
    const known = [order?.callId ?? ''];
    expect((await looks({ known }))[0]?.origin.memberId).toBe(house);
  });

  test('waits while Asterisk is away, and is refused when it has expired', async () => {
    const id = await place(wish());
    expect(await looks({ ready: false })).toHaveLength(0);
    expect(await stateOf(id)).toMatchObject({ state: 'waiting' });
    await desk.pool.query(`UPDATE call_order SET expires_at = now()`);
    expect(await looks({ ready: false })).toHaveLength(0);
    expect(await stateOf(id)).toMatchObject({ state: 'refused', cause: 'expired' });
    expect(await told()).toMatchObject([{ orderId: id, state: 'refused', cause: 'expired', memberId: null }]);
    await looks();
    expect(await told()).toHaveLength(1);
  });

  test('taken by a node that never came back is refused and told, unless its call is recorded', async () => {
    const lost = await place(wish());
    const [begun] = await looks({ node: 'gone' });
    const kept = await place(wish({ ring: { kind: 'number', e164: '+82262001299' } }));
    const [other] = await looks({ node: 'gone', known: [begun?.callId ?? ''] });
    const store = new PgCallStore(desk.pool as never, () => undefined);
    const { call } = openOrder(other as OrderBegun);
    await store.save({ ...recordOf(call), version: 1 }, 2_000);
    await desk.pool.query(`UPDATE call_order SET expires_at = now() - interval '11 minutes'`);
    await looks();
    expect(await stateOf(lost)).toMatchObject({ state: 'refused', cause: 'expired' });
    expect(await stateOf(kept)).toMatchObject({ state: 'taken' });
    expect(await told()).toHaveLength(1);
  });

  test('wanted for next week waits no longer than an hour', async () => {
    await place(wish({ expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString() }));
    const { rows } = await desk.pool.query(
      `SELECT expires_at <= now() + interval '1 hour' AS within FROM call_order`,
    );
    expect(rows).toEqual([{ within: true }]);
  });

  test('taken by a process that died before its call was recorded is taken again; one whose call is known is not', async () => {
    const id = await place(wish());
    const [first] = await looks();
    expect(await looks({ node: 'other' })).toHaveLength(0);
    const callId = first?.callId ?? '';
    expect(await looks({ known: [callId] })).toHaveLength(0);
    expect((await looks()).map((one) => one.callId)).toEqual([callId]);
    const store = new PgCallStore(desk.pool as never, () => undefined);
    const { call } = openOrder(first as OrderBegun);
    await store.save({ ...recordOf(call), version: 1 }, 2_000);
    expect(await looks()).toHaveLength(0);
    expect(await stateOf(id)).toMatchObject({ state: 'taken' });
  });

  test('that cannot be begun is refused and told: no account, no such phone', async () => {
    const phoneless = await place(wish({ ring: { kind: 'device', deviceId: randomUUID() } }));
    const nobodys = await place(wish({ account: { kind: 'member', memberId: randomUUID() } }));
    expect(await looks()).toHaveLength(0);
    expect(await stateOf(phoneless)).toMatchObject({ state: 'refused', cause: 'no-such-target' });
    expect(await stateOf(nobodys)).toMatchObject({ state: 'refused', cause: 'no-account' });
    expect(await told()).toHaveLength(2);
  });

  test("is told with its call's end, in the same statement, and what was spoken is forgotten", async () => {
    const id = await place(wish());
    const [begun] = await looks();
    const { call } = openOrder(begun as OrderBegun);
    const store = new PgCallStore(desk.pool as never, () => undefined);
    const ended = recordOf({
      ...call,
      state: 'ended',
      version: 2,
      ending: { by: 'exchange', reason: 'no-credit', q850: 21, billable: false },
    });
    expect(await store.save(ended, 2_000)).toBe('saved');
    expect(await store.save(ended, 2_000)).toBe('saved');
    expect(await told()).toMatchObject([
      { orderId: id, state: 'refused', cause: 'no-credit', callId: call.id },
    ]);
    const { rows } = await desk.pool.query('SELECT wish::text AS wish FROM call_order');
    expect(rows[0].wish).not.toContain('4711');
  });
});

describe('nobody may use us to ring strangers', () => {
  test('one number is rung three times in ten minutes, also when ten want it at once', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => place(wish())));
    const states = await Promise.all(ids.map(stateOf));
    expect(states.filter(({ state }) => state === 'waiting')).toHaveLength(3);
    expect(states.filter(({ cause }) => cause === 'throttled')).toHaveLength(7);
    expect(await told()).toHaveLength(7);
    const other = await place(wish({ ring: { kind: 'number', e164: '+82262001235' } }));
    expect(await stateOf(other)).toMatchObject({ state: 'waiting' });
  });

  test('one number is rung eight times a day', async () => {
    for (let one = 0; one < 8; one++) {
      await place(wish());
      await desk.pool.query(`UPDATE call_order SET created_at = created_at - interval '1 hour'`);
    }
    expect(await stateOf(await place(wish()))).toMatchObject({ cause: 'throttled' });
  });

  test('one account rings sixty telephones an hour, and no other account suffers', async () => {
    const of = (memberId: string, n: number) =>
      wish({
        account: { kind: 'member', memberId },
        ring: { kind: 'number', e164: `+8226200${1000 + n}` },
      });
    for (let n = 0; n < 60; n++) {
      await place(of(kim, n));
      if (n % 20 === 0)
        await desk.pool.query(`UPDATE call_order SET created_at = created_at - interval '2 minutes'`);
    }
    expect(await stateOf(await place(of(kim, 60)))).toMatchObject({ cause: 'throttled' });
    expect(await stateOf(await place(of(memberNamed('Hanbit'), 61)))).toMatchObject({ state: 'waiting' });
  });

  const askedBy = (asker: string, n: number) =>
    wish({ askedBy: asker, ring: { kind: 'number', e164: `+8226201${1000 + n}` } });

  test('one account has ten telephones rung by the house an hour, and no other account suffers', async () => {
    const [asker, other] = [randomUUID(), randomUUID()];
    const ids = await Promise.all(Array.from({ length: 12 }, (_, n) => place(askedBy(asker, n))));
    const states = await Promise.all(ids.map(stateOf));
    expect(states.filter(({ cause }) => cause === 'throttled')).toHaveLength(2);
    expect(await stateOf(await place(askedBy(other, 20)))).toMatchObject({ state: 'waiting' });
  });

  test('when the house has rung many, whoever had a call waits, and whoever had none is rung', async () => {
    const [asker, other] = [randomUUID(), randomUUID()];
    await place(askedBy(asker, 1));
    await desk.pool.query(
      `INSERT INTO call_order (id, purpose, house, member_id, e164, ring_seconds, language, wish, call_id, expires_at, state, created_at)
       SELECT gen_random_uuid(), 'spec', true, member_id, '+8226300' || (1000 + n), 20, 'en', '{}', gen_random_uuid(), now(), 'waiting',
              now() - interval '30 minutes' FROM call_order_house, generate_series(1, 600) AS n`,
    );
    expect(await stateOf(await place(askedBy(asker, 2)))).toMatchObject({ cause: 'throttled' });
    expect(await stateOf(await place(askedBy(other, 3)))).toMatchObject({ state: 'waiting' });
  });

  test('one exchange begins twenty a second', async () => {
    const hanbit = memberNamed('Hanbit');
    for (let n = 0; n < 25; n++)
      await place(
        wish({ account: { kind: 'member', memberId: hanbit }, ring: { kind: 'device', deviceId: phone } }),
      );
    expect(await looks()).toHaveLength(20);
  });
});

describe('over REST', () => {
  test('a member has his own phone rung: click-to-dial and the line test', async () => {
    const made = await desk.ask(`POST /v1/members/${kim}/calls`, { deviceId: phone, dial: '15' }, kimHerself);
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'waiting', purpose: 'click-to-dial', memberId: kim },
    });
    const { orderId } = made.body as { orderId: string };
    expect(await desk.ask(`GET /v1/members/${kim}/calls/${orderId}`, undefined, kimHerself)).toMatchObject({
      status: 200,
      body: { orderId },
    });
    await desk.ask(`POST /v1/members/${kim}/calls`, { deviceId: phone, service: 'echo' }, kimHerself);
    expect((await looks()).map(({ order }) => order.onAnswer)).toEqual([
      { do: 'connect', dial: '15' },
      { do: 'service', service: 'echo' },
    ]);
  });

  test('what cannot be dialled, shown or stored is refused with its reason', async () => {
    const path = `POST /v1/members/${kim}/calls`;
    for (const dial of ['', ' ', '1\u0000', '1\r\nTo: x', '\ud800', '9'.repeat(129)])
      expect((await desk.ask(path, { deviceId: phone, dial }, kimHerself)).status).toBe(400);
    const both = { deviceId: phone, dial: '15', service: 'echo' };
    expect((await desk.ask(path, both, kimHerself)).status).toBe(400);
  });

  test("nobody rings another's phone or sees another's order", async () => {
    const lee = memberNamed('Lee Bomin');
    const stranger = await desk.account('member', { memberId: lee });
    const body = { deviceId: phone, dial: '15' };
    expect((await desk.ask(`POST /v1/members/${kim}/calls`, body, stranger)).status).toBe(404);
    expect((await desk.ask(`POST /v1/members/${lee}/calls`, body, stranger)).status).toBe(404);
    const id = await place(wish({ account: { kind: 'member', memberId: kim } }));
    expect((await desk.ask(`GET /v1/members/${lee}/calls/${id}`, undefined, stranger)).status).toBe(404);
    expect((await desk.ask('GET /v1/call-orders', undefined, stranger)).status).toBe(403);
  });

  test('operators see all, page by page, and say whose account the house’s own is', async () => {
    const [first, second] = [await place(wish()), await place(wish())];
    const page = await desk.ask('GET /v1/call-orders?limit=1&state=waiting');
    expect(page).toMatchObject({
      status: 200,
      body: { items: [{ orderId: second, e164: NUMBER, does: 'speak' }] },
    });
    expect(page.text).not.toContain('4711');
    const { nextCursor } = page.body as { nextCursor: string };
    const next = await desk.ask(`GET /v1/call-orders?limit=1&state=waiting&cursor=${nextCursor}`);
    expect(next).toMatchObject({ body: { items: [{ orderId: first }], nextCursor: null } });
    expect(await desk.ask(`GET /v1/call-orders/${first}`)).toMatchObject({ status: 200 });
    expect((await desk.ask(`GET /v1/call-orders/${randomUUID()}`)).status).toBe(404);

    expect(await desk.ask('GET /v1/call-orders/house')).toMatchObject({ body: { memberId: house } });
    expect((await desk.ask('PUT /v1/call-orders/house', { memberId: kim })).status).toBe(422);
    const hanbit = memberNamed('Hanbit');
    expect(await desk.ask('PUT /v1/call-orders/house', { memberId: hanbit })).toMatchObject({ status: 200 });
    await desk.ask('PUT /v1/call-orders/house', { memberId: house });
  });
});
