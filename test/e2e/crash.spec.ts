import { describe, expect, it } from '@jest/globals';
import { killAsterisk } from './support/servers.js';
import { hearEachOther, ringing, type Talk, talking } from './support/talk.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
const CALLS = 20;
/** Node needs longer than this to load the product. */
const NODE_LOADS_MS = 200;
const world = inWorld();

async function talk(count: number): Promise<readonly Talk[]> {
  const talks: Talk[] = [];
  for (let made = 0; made < count; made++) talks.push(await talking(world.phoneA, world.phoneB, B));
  return talks;
}

/** By turns the caller and the callee hangs up. */
const enderOf = ({ call, arrived }: Talk, index: number) =>
  index % 2 === 0 ? ({ end: call, by: 'caller' } as const) : ({ end: arrived, by: 'callee' } as const);

describe('the exchange is killed with -9', () => {
  it('while 20 calls talk: all talk on, 5 end while it is dead, 15 after, and all 20 records are true', async () => {
    const { exchange, records } = world;
    const since = new Date();
    const talks = await talk(CALLS);
    await Promise.all(talks.flatMap(({ call, arrived }) => [call.playTone(700), arrived.playTone(900)]));
    await exchange.kill();

    const before = await Promise.all(talks.map(({ arrived }) => arrived.rtpStats()));
    await Promise.all(
      talks.slice(0, 3).flatMap(({ call, arrived }) => [call.hearsTone(900), arrived.hearsTone(700)]),
    );
    const after = await Promise.all(talks.map(({ arrived }) => arrived.rtpStats()));
    for (const [index, { received }] of after.entries()) {
      expect(received).toBeGreaterThan(before[index]?.received ?? Number.POSITIVE_INFINITY);
    }

    const endings: { at: Date; by: 'caller' | 'callee' }[] = [];
    const hangUp = async (from: number, to: number) => {
      for (const [index, one] of talks.entries()) {
        if (index < from || index >= to) continue;
        const { end, by } = enderOf(one, index);
        await end.hangup();
        endings.push({ at: (await end.ended()).at, by });
      }
    };
    await hangUp(0, 5);
    const restarted = new Date();
    await exchange.start();
    // Whose partner left while nobody was there is told now.
    for (const { call, arrived } of talks.slice(0, 5)) await Promise.all([call.ended(), arrived.ended()]);
    await hearEachOther(talks[19] as Talk);
    await hangUp(5, CALLS);
    for (const { call, arrived } of talks) await Promise.all([call.ended(), arrived.ended()]);

    const ended = await records.ended(since, CALLS);
    for (const [index, record] of ended.entries()) {
      const ending = endings[index];
      expect(record).toMatchObject({ endedBy: ending?.by, reason: 'hangup', q850: 16, billable: true });
      expectWireTime(record.answeredAt, await talks[index]?.call.answered());
      expectWireTime(record.endedAt, ending?.at);
    }
    // The new process had not even loaded its code by then: what it noted is when they ended, not when it looked.
    for (const record of ended.slice(0, 5)) {
      expect(new Date(record.endedAt).getTime()).toBeLessThan(restarted.getTime() + NODE_LOADS_MS);
    }
  });

  it('while a phone rings, which is answered before the restart: the call is taken up, and its record is true', async () => {
    const { exchange, phoneA, phoneB, records } = world;
    const since = new Date();
    const both = await ringing(phoneA, phoneB, B);
    const { call, arrived } = both;
    await exchange.kill();
    await arrived.answer();
    const answered = await arrived.answered();
    await exchange.start();
    await call.answered();
    await hearEachOther(both);
    await call.hangup();
    const [ended] = await Promise.all([call.ended(), arrived.ended()]);
    const record = await records.only(since);
    expect(record).toMatchObject({
      endedBy: 'caller',
      reason: 'hangup',
      q850: 16,
      legs: [{ target: 'lab-b' }],
    });
    expectWireTime(record.answeredAt, answered);
    expectWireTime(record.endedAt, ended.at);
  });
});

describe('Asterisk is killed with -9', () => {
  it('while calls talk: their records are closed as lost with it at that time, and new calls work, with Node running on', async () => {
    const { exchange, lab, phoneA, phoneB, records } = world;
    const { pid } = exchange;
    const since = new Date();
    await talk(3);
    const back = exchange.reconnected();
    const killed = killAsterisk();
    await back;
    // The phones would talk to nobody for ever.
    await lab.hangupAll();
    for (const record of await records.ended(since, 3)) {
      expect(record).toMatchObject({ endedBy: 'node-lost', reason: 'node-lost', q850: 41 });
      expectWireTime(record.endedAt, killed);
    }

    const later = new Date();
    await phoneB.unregister();
    expect(await phoneB.register()).toMatchObject({ status: 200 });
    const again = await talking(phoneA, phoneB, B);
    await hearEachOther(again);
    await again.call.hangup();
    await Promise.all([again.call.ended(), again.arrived.ended()]);
    expect(await records.only(later)).toMatchObject({ endedBy: 'caller', reason: 'hangup' });
    expect(exchange.pid).toBe(pid);
  });
});
