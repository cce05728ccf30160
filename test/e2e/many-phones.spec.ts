import { beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { digestOf } from '../../src/membership/device-secret.js';
import type { LabCall } from '../lab/lab-call.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { q850Of } from '../lab/sip-message.js';
import { inWorld } from './support/world.js';

const B = '02-6200-6200-082';
const SECOND = { username: 'lab-b-kitchen', secret: 'the kettle is on the stove' };

/** Lee Bomin gets a second telephone. */
const world = inWorld({
  rows: async (db: pg.Client) => {
    await db.query(
      `INSERT INTO device (id, member_id, username, digest, label, kind, country, area, location_number, location_national)
       SELECT gen_random_uuid(), member_id, $1, $2, 'Kitchen', kind, country, area, location_number, location_national
         FROM device WHERE username = 'lab-b'`,
      [SECOND.username, digestOf(SECOND.username, process.env['SIP_REALM'] ?? '', SECOND.secret)],
    );
  },
  noRows: async (db) => {
    await db.query('DELETE FROM device WHERE username = $1', [SECOND.username]);
  },
});
let kitchen: LabPhone;
beforeAll(async () => {
  kitchen = await world.lab.phone(SECOND);
  expect((await kitchen.register()).status).toBe(200);
});

const cancelOf = ({ sip }: LabCall) => sip.items.find(({ method }) => method === 'CANCEL');

describe('a member with two telephones', () => {
  it('answers one: the other stops ringing and knows that the call was taken elsewhere', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const call = await phoneA.dial(B);
    const [desk, other] = await Promise.all([phoneB.incoming(), kitchen.incoming()]);
    await Promise.all([desk.ring(), other.ring()]);
    await call.ringing();
    await desk.answer();
    await Promise.all([call.answered(), desk.answered(), other.ended()]);
    const cancel = cancelOf(other);
    // RFC 3326 and Q.850 cause 26: a telephone that knows it lists no missed call.
    expect(cancel && q850Of(cancel)).toBe(26);
    await call.hangup();
    await Promise.all([call.ended(), desk.ended()]);
    const record = await records.only(since);
    expect(record.reason).toBe('hangup');
    expect(record.legs.map(({ answeredAt }) => answeredAt !== null)).toEqual(
      record.legs.map(({ target }) => target === 'lab-b'),
    );
  });

  it('is given up by the caller: neither takes that for an answer elsewhere', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const call = await phoneA.dial(B);
    const [desk, other] = await Promise.all([phoneB.incoming(), kitchen.incoming()]);
    await Promise.all([desk.ring(), other.ring()]);
    await call.ringing();
    await call.hangup();
    await Promise.all([call.ended(), desk.ended(), other.ended()]);
    for (const cancel of [cancelOf(desk), cancelOf(other)]) expect(cancel && q850Of(cancel)).not.toBe(26);
    expect(await records.only(since)).toMatchObject({ reason: 'cancelled', sip: 487 });
  });

  it('sends early media from one: the caller hears ringing, because both ring', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const call = await phoneA.dial(B);
    const [desk, other] = await Promise.all([phoneB.incoming(), kitchen.incoming()]);
    await desk.progress();
    await other.ring();
    await call.ringing();
    expect(call.facts.progress).toBeUndefined();
    await other.answer();
    await Promise.all([call.answered(), other.answered(), desk.ended()]);
    await call.hangup();
    await Promise.all([call.ended(), other.ended()]);
    expect(await records.only(since)).toMatchObject({ reason: 'hangup' });
  });
});
