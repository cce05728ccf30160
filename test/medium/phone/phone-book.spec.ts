import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import type { SignedIn } from '../../support/http-client.js';
import { type Guest, PhoneWorld } from './phone-world.js';

let world: PhoneWorld;
const people: Record<string, { id: string; who: SignedIn }> = {};
const numbers = { kim: '0262006100082', lee: '0262006200082' } as const;

beforeAll(async () => {
  world = await PhoneWorld.open();
  for (const [name, key] of Object.entries(numbers)) {
    const id = await world.member(name, { username: `d-${name}000001` });
    people[name] = { id, who: await world.account('member', { memberId: id }) };
    await world.db.run(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       VALUES ($1, $2, 'pin', '082', 'KR', left($2, 10), $2, $3)`,
      [newId(), key, id],
    );
  }
});
afterAll(() => world.close());

const person = (name: string) => {
  const found = people[name];
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
};
const save = (name: string, contact: { name: string; target: string }) =>
  world.ask(person(name).who, 'PUT /v1/phone/contacts', contact);
const contactsOf = async (name: string) =>
  (
    (await world.ask(person(name).who, 'GET /v1/phone/contacts')).body as {
      items: { id: string; name: string; presence: string }[];
    }
  ).items;

const registration = (user: string) =>
  [
    'REGISTER sip:anydial SIP/2.0',
    `From: <sip:${user}@anydial>;tag=1`,
    `To: <sip:${user}@anydial>`,
    'CSeq: 1 REGISTER',
    'Contact: <sip:x@y.invalid>',
    '',
    '',
  ].join('\r\n');

describe('a telephone book', () => {
  it('given_two_who_have_each_other_then_they_see_who_is_there_and_nobody_else_does', async () => {
    await save('kim', { name: 'Lee', target: '02-6200-6200-082' });
    expect(await contactsOf('kim')).toMatchObject([{ name: 'Lee', presence: 'unknown' }]);
    await save('lee', { name: 'Kim', target: '02-6200-6100-082' });
    expect(await contactsOf('kim')).toMatchObject([{ presence: 'offline' }]);
    const opened = await world.ask(person('lee').who, 'PUT /v1/phone/session', {});
    const { username } = opened.body as { username: string };
    expect(await contactsOf('kim')).toMatchObject([{ presence: 'offline' }]);
    // Only a registration makes it a telephone that can be called; when its connection ends it is none any more.
    const noted = () =>
      new Promise<string>((resolve) => {
        const stop = world.listener.on('presence', (payload) => {
          if (!payload.startsWith('device:')) return;
          stop();
          resolve(payload);
        });
      });
    const came = noted();
    const inside = (await world.knock({ who: person('lee').who })) as Guest;
    await inside.says(registration(username));
    expect(await came).toContain(person('lee').id);
    expect(await contactsOf('kim')).toMatchObject([{ presence: 'available' }]);
    const went = noted();
    await inside.leave();
    await went;
    expect(await contactsOf('kim')).toMatchObject([{ presence: 'offline' }]);
  });

  it('given_the_same_target_again_then_it_is_renamed_and_only_its_owner_removes_it', async () => {
    await save('kim', { name: 'Shop', target: 'shop.example' });
    await save('kim', { name: 'The shop', target: 'shop.example' });
    const shop = (await contactsOf('kim')).find(({ name }) => name === 'The shop');
    expect((await world.ask(person('lee').who, `DELETE /v1/phone/contacts/${shop?.id}`)).status).toBe(404);
    expect((await world.ask(person('kim').who, `DELETE /v1/phone/contacts/${shop?.id}`)).status).toBe(204);
    expect((await contactsOf('kim')).map(({ name }) => name)).toEqual(['Lee']);
  });
});

describe('a contact', () => {
  it('given_a_contact_when_its_owner_changes_it_then_it_is_changed_and_nobody_else_can', async () => {
    await save('kim', { name: 'Pizza', target: 'pizza.example' });
    await save('kim', { name: 'Taxi', target: 'taxi.example' });
    const pizza = (await contactsOf('kim')).find(({ name }) => name === 'Pizza');
    const change = (who: string, body: unknown) =>
      world.ask(person(who).who, `PATCH /v1/phone/contacts/${pizza?.id}`, body);
    expect((await change('lee', { name: 'Mine' })).status).toBe(404);
    expect(await change('kim', { target: 'taxi.example' })).toMatchObject({
      status: 409,
      body: { code: 'phone-contact.conflict' },
    });
    expect(await change('kim', { name: 'Pizzeria', target: '02-6200-6300-082' })).toMatchObject({
      status: 200,
      body: { name: 'Pizzeria', target: '02-6200-6300-082' },
    });
    expect((await change('kim', { target: '<script>' })).status).toBe(400);
  });
});

describe('the history', () => {
  const call = async (at: string, values: { member?: string; called: string; calling: string | null }) => {
    const id = newId();
    await world.db.run(
      `INSERT INTO call (id, version, node, state, origin, caller_channel, member_id, dialled, reading, called, calling,
                         started_at, answered_at, ended_at, ended_by, reason, trace)
       VALUES ($1, 1, 'n', 'ended', $2, 'c', $3, $4, 'pin', $4, '0299', $5, $5::timestamptz + interval '2 s',
               $5::timestamptz + interval '12 s', 'caller', 'hangup', '{}')`,
      [id, values.member === undefined ? 'trunk' : 'member', values.member ?? null, values.called, at],
    );
    await world.db.run(
      `INSERT INTO call_leg (call_id, leg, channel_id, attempt, kind, target, called, calling, created_at, ended_at, q850)
       VALUES ($1, 1, 'x', 1, 'device', 'd-lee000001', $2, $3, $4, $4, 16)`,
      [id, values.called, values.calling, at],
    );
  };

  it('given_calls_made_and_got_then_each_side_sees_them_newest_first_and_who_hid_stays_hidden', async () => {
    await call('2026-11-01T10:00:00Z', {
      member: person('kim').id,
      called: numbers.lee,
      calling: numbers.kim,
    });
    await call('2026-11-01T11:00:00Z', { called: numbers.lee, calling: null });
    const seen = async (name: string) =>
      ((await world.ask(person(name).who, 'GET /v1/phone/history?limit=1')).body as { items: unknown[] })
        .items;
    expect(await seen('kim')).toMatchObject([{ direction: 'out', number: numbers.lee, seconds: 10 }]);
    const first = (await world.ask(person('lee').who, 'GET /v1/phone/history?limit=1')).body as {
      items: unknown[];
      nextCursor: string;
    };
    expect(first.items).toMatchObject([{ direction: 'in', number: null }]);
    const then = await world.ask(
      person('lee').who,
      `GET /v1/phone/history?limit=1&cursor=${first.nextCursor}`,
    );
    expect(then.body).toMatchObject({ items: [{ direction: 'in', number: numbers.kim }], nextCursor: null });
  });
});
