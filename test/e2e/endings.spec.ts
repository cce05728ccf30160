import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { ringing, talking } from './support/talk.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

const B = '02-6200-6200-082';
/** Its calls go to a UDP port that is bound and never read. */
const SILENT_NUMBER = '0262007777';
let silent: Socket;

beforeAll(async () => {
  silent = createSocket('udp4');
  silent.bind(0, '127.0.0.51');
  await once(silent, 'listening');
});
afterAll(() => void silent.close());

const world = inWorld({
  rows: async (db: pg.Client) => {
    await db.query(
      `INSERT INTO trunk (id, name, kind, country, host, port, called_format, calling_format)
       VALUES ('gw-silent', 'nobody answers there', 'gateway', 'KR', '127.0.0.51', $1, '{"form":"national"}', '{"form":"national"}')`,
      [silent.address().port],
    );
    await db.query(
      `INSERT INTO route (id, prefix, trunk_id, currency) VALUES (gen_random_uuid(), '82262007777', 'gw-silent', 'USD')`,
    );
  },
  noRows: async (db) => {
    await db.query(`DELETE FROM trunk WHERE id = 'gw-silent'`);
  },
});

describe('a call that B does not take', () => {
  it.each([
    ['is busy', 486, 486, 17, 'busy'],
    ['declines', 603, 403, 21, 'declined'],
    ['lets it ring until his phone gives up', 480, 480, 19, 'no-answer'],
  ] as const)('because he %s ends so for A too', async (_, refusal, told, q850, reason) => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await ringing(phoneA, phoneB, B);
    await arrived.reject(refusal);
    const ended = await call.ended();
    await arrived.ended();
    expect(ended).toMatchObject({ by: 'far', how: 'refused', sip: told });
    const record = await records.only(since);
    expect(record).toMatchObject({
      endedBy: 'callee',
      reason,
      q850,
      sip: told,
      answeredAt: null,
      billable: false,
    });
    expect(record.legs).toMatchObject([{ target: 'lab-b', answeredAt: null, sip: refusal }]);
    expectWireTime(record.endedAt, ended.at);
  });
});

describe('a call that the telephone network does not put through', () => {
  it.each([
    ['is unallocated', '0262009404', 404, 1, 'unallocated', 'network'],
    ['is busy', '0262009486', 486, 17, 'busy', 'callee'],
    ['rings and is busy', '0262008486', 486, 17, 'busy', 'callee'],
  ] as const)('because the number %s ends so for A too', async (_, number, sip, q850, reason, endedBy) => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(number);
    const arrived = await lab.role('gw-kr').incoming();
    expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip, q850 });
    await arrived.ended();
    expect(await records.only(since)).toMatchObject({
      endedBy,
      reason,
      q850,
      sip,
      answeredAt: null,
      legs: [{ target: 'gw-kr', sip }],
    });
  });

  it('because every trunk is congested ends with 503, after each was tried once', async () => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial('0262009503');
    for (const gateway of ['gw-kr', 'gw-us'] as const) await (await lab.role(gateway).incoming()).ended();
    expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip: 503, q850: 34 });
    expect(await records.only(since)).toMatchObject({
      endedBy: 'network',
      reason: 'congestion',
      q850: 34,
      sip: 503,
      legs: [
        { attempt: 1, target: 'gw-kr', called: '0262009503', sip: 503 },
        { attempt: 2, target: 'gw-us', called: '+82262009503', sip: 503 },
      ],
    });
  });
});

describe('a call whose first trunk is dead', () => {
  it('goes on over the next trunk, and the record has both legs', async () => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(SILENT_NUMBER);
    const arrived = await lab.role('gw-kr').incoming({ within: 15_000 });
    await call.answered();
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({
      endedBy: 'caller',
      reason: 'hangup',
      legs: [
        { attempt: 1, target: 'gw-silent', ringingAt: null, answeredAt: null },
        { attempt: 2, target: 'gw-kr', q850: 16 },
      ],
    });
  });
});

describe('a call that the exchange does not put through', () => {
  it.each([
    ['nobody has the number', '6200-9999*082', 404, 1, 'unallocated-number'],
    ['the number is malformed', '*', 484, 28, 'invalid-number'],
  ])('because %s', async (_, dialled, sip, q850, reason) => {
    const { phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(dialled);
    expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip, q850 });
    expect(await records.only(since)).toMatchObject({ endedBy: 'exchange', reason, q850, sip, legs: [] });
  });

  it('because no phone of the called member is registered', async () => {
    const { phoneA, phoneB, records } = world;
    await phoneB.unregister();
    const since = new Date();
    const call = await phoneA.dial(B);
    expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip: 480 });
    await phoneB.register();
    expect(await records.only(since)).toMatchObject({
      endedBy: 'network',
      reason: 'unreachable',
      q850: 20,
      sip: 480,
    });
  });
});

describe('a call that somebody ends', () => {
  it('A gives up while it rings: B is told at once', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await ringing(phoneA, phoneB, B);
    await call.hangup();
    const [given, dropped] = await Promise.all([call.ended(), arrived.ended()]);
    expect(given).toMatchObject({ by: 'lab', how: 'cancelled', sip: 487 });
    expect(dropped).toMatchObject({ by: 'far', how: 'cancelled', sip: 487 });
    const record = await records.only(since);
    expect(record).toMatchObject({
      endedBy: 'caller',
      reason: 'cancelled',
      q850: 16,
      sip: 487,
      answeredAt: null,
    });
    expectWireTime(record.endedAt, given.at);
  });

  it.each(['caller', 'callee'] as const)('the %s hangs up: the other is told at once', async (who) => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    const [ender, other] = who === 'caller' ? [call, arrived] : [arrived, call];
    await ender.hangup();
    const [said, told] = await Promise.all([ender.ended(), other.ended()]);
    expect(told).toMatchObject({ by: 'far', how: 'hungup', cause: 16 });
    const record = await records.only(since);
    expect(record).toMatchObject({ endedBy: who, reason: 'hangup', q850: 16, sip: null, billable: true });
    expectWireTime(record.endedAt, said.at);
  });

  it('the caller gives up in the moment in which the gateway answers: nothing is left standing', async () => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const over: Promise<unknown>[] = [];
    // One in ten meets the moment in which Asterisk loses the hang-up (src/infra/ari/lost-hang-ups.ts).
    for (let count = 0; count < 20; count++) {
      const call = await phoneA.dial('0262001234');
      const arrived = await lab.role('gw-kr').incoming();
      const givesUp = arrived.answered().then(() => call.hangup());
      over.push(givesUp.then(() => Promise.all([call.ended(), arrived.ended()])));
    }
    await Promise.all(over);
    const ended = await records.ended(since, over.length);
    expect(new Set(ended.map(({ endedBy }) => endedBy))).toEqual(new Set(['caller']));
  });
});
