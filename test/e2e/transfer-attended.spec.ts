import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LabCall } from '../lab/lab-call.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { replacesOf } from '../lab/refer.js';
import { ringing, talking } from './support/talk.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
/** Grace Hall, New York. */
const C = '212-867-5300-001';
const FAR = '0262001234';
const world = inWorld();
let phoneC: LabPhone;

beforeAll(async () => {
  phoneC = await world.lab.samplePhone('lab-us');
  expect(await phoneC.register()).toMatchObject({ status: 200 });
});

async function hear(one: LabCall, other: LabCall): Promise<void> {
  await Promise.all([one.playTone(700), other.playTone(900)]);
  await Promise.all([one.hearsTone(900), other.hearsTone(700)]);
}

/** A calls B, B holds him and asks C. */
async function consulting() {
  const { phoneA, phoneB } = world;
  const first = await talking(phoneA, phoneB, B);
  await first.arrived.hold();
  const second = await talking(phoneB, phoneC, C);
  return { first, second };
}

describe('an attended transfer', () => {
  it('joins A and C, tells B so and hangs him up, and A may talk on for as long as he likes', async () => {
    const { records } = world;
    const since = new Date();
    const { first, second } = await consulting();
    await first.arrived.referReplacing(second.call);
    expect(await first.arrived.transferTold()).toBe(200);
    const [left] = await Promise.all([first.arrived.ended(), second.call.ended()]);
    await hear(first.call, second.arrived);
    await first.call.hangup();
    const [ended] = await Promise.all([first.call.ended(), second.arrived.ended()]);
    const [one, two] = await records.ended(since, 2);
    expect(one).toMatchObject({
      device: 'lab-a',
      reason: 'transferred',
      endedBy: 'callee',
      legs: [{ target: 'lab-b' }],
    });
    expect(two).toMatchObject({ device: 'lab-b', reason: 'transferred', legs: [{ target: 'lab-us' }] });
    // A called B, who left; B called C, and pays for him to the end.
    expectWireTime(one?.endedAt ?? null, left.at);
    expectWireTime(two?.endedAt ?? null, ended.at);
  });

  it('before C has answered puts A through to him all the same, and B may go at once', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const first = await talking(phoneA, phoneB, B);
    await first.arrived.hold();
    const asking = await ringing(phoneB, phoneC, C);
    await first.arrived.referReplacing(asking.call);
    await Promise.all([asking.call.ended(), asking.arrived.ended()]);
    const again = await phoneC.incoming();
    await again.answer();
    expect(await first.arrived.transferTold()).toBe(200);
    await first.arrived.ended();
    await hear(first.call, again);
    await first.call.hangup();
    await Promise.all([first.call.ended(), again.ended()]);
    const [one, two, three] = await records.ended(since, 3);
    expect(one).toMatchObject({ device: 'lab-a', reason: 'transferred', legs: [{ target: 'lab-b' }] });
    expect(two).toMatchObject({ device: 'lab-b', reason: 'cancelled', legs: [{ target: 'lab-us' }] });
    expect(three).toMatchObject({ device: 'lab-b', billable: true, legs: [{ target: 'lab-us' }] });
  });

  it('of two whom B called himself is paid by B, to both, until they hang up', async () => {
    const { lab, phoneB, records } = world;
    const since = new Date();
    const outside = await phoneB.dial(FAR);
    const far = await lab.role('gw-kr').incoming();
    await outside.answered();
    const second = await talking(phoneB, phoneC, C);
    await second.call.referReplacing(outside);
    expect(await second.call.transferTold()).toBe(200);
    await Promise.all([outside.ended(), second.call.ended()]);
    await second.arrived.hearsTone(400);
    await far.hangup();
    await Promise.all([far.ended(), second.arrived.ended()]);
    const [one, two] = await records.ended(since, 2);
    expect(one).toMatchObject({ device: 'lab-b', reason: 'transferred', legs: [{ target: 'gw-kr' }] });
    expect(two).toMatchObject({ device: 'lab-b', reason: 'transferred', legs: [{ target: 'lab-us' }] });
  });

  it('of two who called B joins them, and B, who paid for none, pays for none', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const first = await talking(phoneA, phoneB, B);
    const stranger = await lab.role('gw-kr').dial('0262006200', { callingNumber: '0212345678' });
    const arrived = await phoneB.incoming();
    await arrived.answer();
    await stranger.answered();
    await first.arrived.referReplacing(arrived);
    expect(await first.arrived.transferTold()).toBe(200);
    await Promise.all([first.arrived.ended(), arrived.ended()]);
    await first.call.playTone(700);
    await stranger.hearsTone(700);
    await stranger.hangup();
    await Promise.all([stranger.ended(), first.call.ended()]);
    const [one, two] = await records.ended(since, 2);
    expect(one).toMatchObject({ device: 'lab-a', reason: 'transferred' });
    expect(two).toMatchObject({ origin: 'trunk', trunk: 'gw-kr', reason: 'transferred' });
  });

  it('into a call of somebody else’s is declined: A can not come into B’s call with C', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const first = await talking(phoneA, phoneC, C);
    const second = await talking(phoneB, phoneC, C);
    await first.call.referReplacing(second.call);
    expect(await first.call.transferTold()).toBe(603);
    await hear(first.call, first.arrived);
    await Promise.all([first.call.hangup(), second.call.hangup()]);
    for (const end of [first.call, first.arrived, second.call, second.arrived]) await end.ended();
    for (const record of await records.ended(since, 2)) expect(record).toMatchObject({ reason: 'hangup' });
  });

  it('is nothing that an INVITE with Replaces gets: who knows a dialog of others is hung up, and they talk on', async () => {
    const { phoneA, phoneB, exchange, records } = world;
    const since = new Date();
    const first = await talking(phoneA, phoneB, B);
    for (const end of [first.arrived, first.call]) {
      const dialog = decodeURIComponent(replacesOf(end.sip.items));
      const hungUp = exchange.says('a channel was hung up');
      const thief = await phoneC.dial(B, { headers: { Replaces: dialog } });
      expect((await hungUp).raw).toContain('INVITE with Replaces');
      expect(await thief.ended()).toMatchObject({ by: 'far' });
      await hear(first.call, first.arrived);
    }
    await first.call.hangup();
    await Promise.all([first.call.ended(), first.arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ device: 'lab-a', reason: 'hangup' });
  });

  it('goes on while the exchange is killed with -9 as B hears of it, B is hung up after that, and both calls end with the conversation', async () => {
    const { exchange, records } = world;
    const since = new Date();
    const { first, second } = await consulting();
    await first.arrived.referReplacing(second.call);
    expect(await first.arrived.transferTold()).toBe(200);
    await exchange.kill();
    // B's ends are ours to hang up: what was left of that is done when we are back.
    await exchange.start();
    await Promise.all([first.arrived.ended(), second.call.ended()]);
    await hear(first.call, second.arrived);
    await second.arrived.hangup();
    await Promise.all([first.call.ended(), second.arrived.ended()]);
    for (const record of await records.ended(since, 2))
      expect(record).toMatchObject({ reason: 'transferred' });
  });
});

describe('a transferred party', () => {
  it('is put through once more, by whom it came to', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await arrived.refer(C);
    const atC = await phoneC.incoming();
    await atC.answer();
    expect(await arrived.transferTold()).toBe(200);
    await arrived.ended();
    await atC.refer('+82262001234');
    const far = await lab.role('gw-kr').incoming();
    expect(await atC.transferTold()).toBe(200);
    await atC.ended();
    await call.hearsTone(400);
    await call.hangup();
    await Promise.all([call.ended(), far.ended()]);
    const all = await records.ended(since, 3);
    expect(all).toMatchObject([
      { device: 'lab-a', called: B, reason: 'transferred' },
      { device: 'lab-b', reason: 'transferred', legs: [{ target: 'lab-us' }] },
      { device: 'lab-us', reason: 'hangup', legs: [{ target: 'gw-kr' }] },
    ]);
  });
});
