import { describe, expect, it } from '@jest/globals';
import { header } from '../lab/sip-message.js';
import { AskingCarrier, registeredAs, signsOff } from './support/asking-carrier.js';
import { OddGateway, trunkOf } from './support/odd-gateway.js';
import { inWorld } from './support/world.js';

/** Seoul numbers: `02 6200 7` and the status with which the first gateway refuses. */
const refusing = (status: number) => `0262007${status}`;
const NETWORK = [302, 401, 403, 407, 488, 500, 502, 503, 504] as const;
const PERSON = [
  [404, 404, 'unallocated'],
  [410, 404, 'unallocated'],
  [484, 404, 'unallocated'],
  [486, 486, 'busy'],
  [600, 486, 'busy'],
  [603, 403, 'declined'],
] as const;

/** Swallows every INVITE; says only 100, and refuses later; nothing, then nothing again at the next. */
const DEAD = '0262007001';
const SLOW = '0262007002';
const LATE_MS = 2_500;

const odd = new OddGateway({
  ...Object.fromEntries(
    [...NETWORK, ...PERSON.map(([status]) => status)].map((status) => [refusing(status), [{ status }]]),
  ),
  [DEAD]: [],
  [SLOW]: [{ status: 100 }, { status: 486, afterMs: LATE_MS }],
});
const world = inWorld({ rows: (db) => odd.rows(db), noRows: (db) => odd.noRows(db) });

describe('a call whose first gateway does not take it', () => {
  it.each(NETWORK)('because of its own trouble (%i) goes on to the next gateway', async (status) => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const number = refusing(status);
    const call = await phoneA.dial(number);
    const arrived = await lab.role('gw-kr').incoming();
    await call.answered();
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    const record = await records.only(since);
    expect(record).toMatchObject({
      reason: 'hangup',
      legs: [
        { attempt: 1, target: trunkOf(number), sip: status, answeredAt: null },
        { attempt: 2, target: 'gw-kr', called: number },
      ],
    });
  });

  it.each(PERSON)(
    'because of the person called (%i) is not tried another way, and the caller is told %i',
    async (status, told, reason) => {
      const { lab, phoneA, records } = world;
      const since = new Date();
      const others = lab.role('gw-kr').calls.items.length + lab.role('gw-us').calls.items.length;
      const call = await phoneA.dial(refusing(status));
      expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip: told });
      expect(await records.only(since)).toMatchObject({
        reason,
        sip: told,
        legs: [{ attempt: 1, target: trunkOf(refusing(status)), sip: status }],
      });
      expect(lab.role('gw-kr').calls.items.length + lab.role('gw-us').calls.items.length).toBe(others);
    },
  );
});

describe('a gateway from which nothing comes back', () => {
  it('costs the caller at most two seconds: his call is at the next gateway by then', async () => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(DEAD);
    const dialled = (await call.invite()).at;
    const arrived = await lab.role('gw-kr').incoming();
    const next = (await arrived.invite()).at;
    expect(odd.invites.items.some(({ requestUri }) => requestUri?.includes(DEAD))).toBe(true);
    const cost = next.getTime() - dialled.getTime();
    if (process.env['ANYDIAL_SHOW_TIMES']) process.stderr.write(`a dead gateway costs ${cost} ms\n`);
    expect(cost).toBeLessThanOrEqual(2_000);
    await call.answered();
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({
      reason: 'hangup',
      legs: [
        { attempt: 1, target: trunkOf(DEAD), ringingAt: null, answeredAt: null },
        { attempt: 2, target: 'gw-kr' },
      ],
    });
  });

  it('is not what one is that says 100 and takes its time', async () => {
    const { phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(SLOW);
    expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip: 486 });
    expect(await records.only(since)).toMatchObject({
      reason: 'busy',
      legs: [{ attempt: 1, target: trunkOf(SLOW), sip: 486 }],
    });
  });
});

describe('a carrier that asks for credentials', () => {
  /** With what is special in a realtime value, a header and a shell. */
  const SECRET = `s;^3B^"'$,%5E:@`;
  const NUMBER = '0262008001';

  it('refuses our registration and calls with a wrong secret, and takes both the moment the right one is set', async () => {
    const { lab, phoneA, records } = world;
    const carrier = new AskingCarrier(SECRET);
    const db = records.client;
    try {
      await carrier.trunk(db, 'asking', 'a-wrong-one', NUMBER);
      await records.trunkIs('asking', 'rejected');
      expect(carrier.judged.items.map(({ status }) => status)).toEqual([403]);
      let since = new Date();
      const elsewhere = await phoneA.dial(NUMBER);
      const arrived = await lab.role('gw-kr').incoming();
      await elsewhere.answered();
      await elsewhere.hangup();
      await Promise.all([elsewhere.ended(), arrived.ended()]);
      expect((await records.only(since)).legs).toMatchObject([
        { target: 'asking', sip: 407, answeredAt: null },
        { target: 'gw-kr' },
      ]);

      await db.query(`UPDATE trunk SET secret = $1 WHERE id = 'asking'`, [SECRET]);
      const registered = await carrier.judged.first('registered', ({ status }) => status === 200);
      await records.trunkIs('asking', 'registered');
      expect(registeredAs(registered).user).toBe('anydial-01@carrier.example');
      since = new Date();
      const call = await phoneA.dial(NUMBER);
      expect(await call.ended()).toMatchObject({ how: 'refused', sip: 486 });
      expect(await records.only(since)).toMatchObject({
        reason: 'busy',
        legs: [{ attempt: 1, target: 'asking', sip: 486 }],
      });

      // What comes over the registration is the trunk's, wherever it comes from.
      since = new Date();
      carrier.call(header(registered.request, 'contact') ?? '', '0262009999');
      expect(await records.only(since)).toMatchObject({ origin: 'trunk', trunk: 'asking' });

      await db.query(`UPDATE trunk SET registers = false WHERE id = 'asking'`);
      await carrier.judged.first('signed off', ({ request, status }) => status === 200 && signsOff(request));
    } finally {
      await db.query(`DELETE FROM trunk WHERE id = 'asking'`);
      carrier.close();
    }
  });
});
