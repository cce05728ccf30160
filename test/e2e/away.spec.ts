import { describe, expect, it } from '@jest/globals';
import { isProgress } from '../lab/dialog.js';
import type { LabCall } from '../lab/lab-call.js';
import { header, uriOf } from '../lab/sip-message.js';
import { freeze } from './support/servers.js';
import { hearEachOther, talking } from './support/talk.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
/** Where phone A stands, as the Korean gateway writes it. */
const LOCATION = '0262006100';
/** The announcement is longer than this. */
const ANNOUNCED_MS = 1_000;
const world = inWorld();

/** A dials for help; resolves when the gateway has answered. Asserts what came there. */
async function callsForHelp(number: string): Promise<{ call: LabCall; arrived: LabCall }> {
  const { phoneA } = world;
  const call = await phoneA.dial(number);
  const [arrived] = await Promise.all([answersForHelp(number), call.answered()]);
  return { call, arrived };
}

/** The gateway, tried a second time should it be slower with its 100 than the exchange waits. */
async function answersForHelp(number: string): Promise<LabCall> {
  const arrived = await world.lab.role('gw-kr').incoming();
  const invite = await arrived.invite();
  expect(uriOf(invite.requestUri ?? '').user).toBe(number);
  expect(uriOf(header(invite, 'from') ?? '').user).toBe(LOCATION);
  try {
    await arrived.answered();
    return arrived;
  } catch (error) {
    if (arrived.facts.ending?.how !== 'cancelled') throw error;
    return answersForHelp(number);
  }
}

async function hangUp({ call, arrived }: { call: LabCall; arrived: LabCall }): Promise<void> {
  await call.hangup();
  await Promise.all([call.ended(), arrived.ended()]);
}

describe('a call for help', () => {
  it('leaves with the number of the place where the phone stands, and is recorded', async () => {
    const since = new Date();
    await hangUp(await callsForHelp('119'));
    expect(await world.records.only(since)).toMatchObject({
      dialled: '119',
      reading: 'emergency',
      called: '119',
      calling: '+82262006100',
      endedBy: 'caller',
      reason: 'hangup',
      billable: false,
      legs: [{ kind: 'trunk', target: 'gw-kr', called: '119', calling: LOCATION }],
    });
  });

  it.each(['112', '119'])('to %s leaves with that number while no exchange runs', async (number) => {
    await world.exchange.stop();
    await hangUp(await callsForHelp(number));
  });
});

describe('the exchange does not run', () => {
  it('a member hears an announcement before he is told 503', async () => {
    const { exchange, phoneA } = world;
    await exchange.stop();
    const call = await phoneA.dial(B);
    const announced = await call.sip.first('183 Session Progress', isProgress);
    const ended = await call.ended({ within: 30_000 });
    expect(ended).toMatchObject({ by: 'far', how: 'refused', sip: 503 });
    expect(call.facts.answered).toBeUndefined();
    // Early media, for as long as the announcement takes to say.
    expect(announced.body).toContain('m=audio');
    expect(ended.at.getTime() - announced.at.getTime()).toBeGreaterThan(ANNOUNCED_MS);
  });
});

describe('PostgreSQL is frozen', () => {
  it('a call talks on and ends, and its record is completed when PostgreSQL is back', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const talk = await talking(phoneA, phoneB, B);
    const thaw = freeze('postgres');
    let ended: Date;
    try {
      await hearEachOther(talk);
      await hangUp(talk);
      ended = (await talk.call.ended()).at;
    } finally {
      thaw();
    }
    const record = await records.only(since, 20_000);
    expect(record).toMatchObject({ called: B, endedBy: 'caller', reason: 'hangup', billable: true });
    expectWireTime(record.endedAt, ended);
  });
});

describe('PostgreSQL is frozen and somebody dials', () => {
  it('a call for help goes out and is recorded later, any other is told 503', async () => {
    const { phoneA, records } = world;
    const since = new Date();
    const thaw = freeze('postgres');
    try {
      const refused = await phoneA.dial('0262001234');
      expect(await refused.ended({ within: 20_000 })).toMatchObject({ by: 'far', how: 'refused', sip: 503 });
      await hangUp(await callsForHelp('119'));
    } finally {
      thaw();
    }
    const kept = await records.ended(since, 2, 20_000);
    expect(kept.map(({ dialled, reason }) => [dialled, reason]).sort()).toEqual([
      ['0262001234', expect.stringMatching(/^(directory-away|not-recorded)$/)],
      ['119', 'hangup'],
    ]);
  });
});

describe('Redis is frozen', () => {
  it('calls notice nothing', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const thaw = freeze('redis');
    try {
      const talk = await talking(phoneA, phoneB, B);
      await hearEachOther(talk);
      await hangUp(talk);
      expect(await records.only(since)).toMatchObject({ endedBy: 'caller', reason: 'hangup' });
    } finally {
      thaw();
    }
  });
});
