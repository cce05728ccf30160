import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/cli/lab-world.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { registrationEnded } from './support/registrations.js';
import { answersTo, comparable } from './support/sip-answers.js';
import { talking } from './support/talk.js';
import { inWorld } from './support/world.js';

/** A known account and one that does not exist, equally long. */
const KNOWN = 'lab-a';
const UNKNOWN = 'lab-z';
const NEW = 'e2e-new';
const world = inWorld();

afterEach(async () => {
  await world.records.client.query('DELETE FROM device WHERE username = $1', [NEW]);
});

let phones = 0;
/** A phone of its own each time: one that was refused for good tries no more. */
const phoneOf = (username: string, secret: string): Promise<LabPhone> =>
  world.lab.phone({ username, secret, id: `e2e-${++phones}` });
const intruder = (username: string): Promise<LabPhone> => phoneOf(username, 'guess');

describe('registration', () => {
  it('of a phone that knows its secret works, and a wrong secret is refused', async () => {
    expect(await world.phoneA.unregister()).toMatchObject({ status: 200 });
    expect(await world.phoneA.register()).toMatchObject({ status: 200 });
    expect(await (await intruder(KNOWN)).register()).toMatchObject({ status: 401 });
  });

  it('tells a stranger the same, byte for byte, whether the account exists or not', async () => {
    const heard = async (username: string) => {
      const since = world.lab.wire.messages.items.length;
      await (await intruder(username)).register();
      return answersTo(world.lab, 'REGISTER', since).map((answer) => comparable(answer, username));
    };
    const known = await heard(KNOWN);
    // One for the bare request, one for the wrong digest.
    expect(known).toHaveLength(2);
    expect(await heard(UNKNOWN)).toEqual(known);
  });
});

describe('a call of a stranger', () => {
  it('is told the same, byte for byte, whether the account exists or not', async () => {
    const heard = async (username: string) => {
      const since = world.lab.wire.messages.items.length;
      const call = await (await intruder(username)).dial('0262006200082');
      expect(await call.ended()).toMatchObject({ how: 'refused', sip: 401 });
      // The challenge and the refusal; the wire's evidence may come after Asterisk's word that the call has ended.
      await world.lab.wire.messages.first(
        'two answers',
        () => answersTo(world.lab, 'INVITE', since).length === 2,
      );
      return answersTo(world.lab, 'INVITE', since).map((answer) => comparable(answer, username));
    };
    const known = await heard(KNOWN);
    expect(known).toHaveLength(2);
    expect(await heard(UNKNOWN)).toEqual(known);
  });
});

describe('a device', () => {
  it('that is added can register and call at once; removed, its registration ends', async () => {
    const { records, phoneB } = world;
    const secret = randomUUID();
    expect(await (await phoneOf(NEW, secret)).register()).toMatchObject({ status: 401 });

    await records.client.query(
      `INSERT INTO device (id, member_id, username, digest, label, kind, country, area, location_number, location_national)
       SELECT gen_random_uuid(), member_id, $1, $2, 'new', kind, country, area, location_number, location_national
         FROM device WHERE username = 'lab-a'`,
      [NEW, digestOf(NEW, process.env['SIP_REALM'] ?? '', secret)],
    );
    const phone = await phoneOf(NEW, secret);
    expect(await phone.register()).toMatchObject({ status: 200 });
    const { call, arrived } = await talking(phone, phoneB, '0262006200082');
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);

    await records.nothingOpen();
    await records.client.query('DELETE FROM device WHERE username = $1', [NEW]);
    await registrationEnded(NEW);
    expect(await (await phoneOf(NEW, secret)).register()).toMatchObject({ status: 401 });
  });
});
