import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { AriConnection } from '../lab/ari-connection.js';
import type { LabCall } from '../lab/lab-call.js';
import { nodeAri } from './support/idle.js';
import { talking } from './support/talk.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
const FAR = '0262001234';
const BUSY = '0262009486';
const world = inWorld();

/** Each sends a tone and hears the other's. */
async function hear(one: LabCall, other: LabCall): Promise<void> {
  await Promise.all([one.playTone(700), other.playTone(900)]);
  await Promise.all([one.hearsTone(900), other.hearsTone(700)]);
}

describe('a blind transfer', () => {
  it('by the called B puts A through to a gateway, and B pays for it', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await arrived.hold();
    await arrived.refer(FAR);
    const far = await lab.role('gw-kr').incoming();
    expect(await arrived.referAnswered()).toBe(202);
    expect(await arrived.transferTold()).toBe(200);
    const left = await arrived.ended();
    // The gateway plays its own tone.
    await call.hearsTone(400);
    await call.hangup();
    await Promise.all([call.ended(), far.ended()]);
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({
      device: 'lab-a',
      called: B,
      endedBy: 'callee',
      reason: 'transferred',
      billable: true,
      legs: [{ target: 'lab-b' }],
    });
    // A pays, if anything, for B, who left.
    expectWireTime(first?.endedAt ?? null, left.at);
    expect(second).toMatchObject({
      origin: 'member',
      device: 'lab-b',
      dialled: FAR,
      called: '+82262001234',
      calling: B,
      endedBy: 'caller',
      reason: 'hangup',
      billable: true,
      legs: [{ target: 'gw-kr', called: FAR }],
    });
  });

  it('by the calling A keeps B, who talks to the gateway on A’s account', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await call.refer(FAR);
    const far = await lab.role('gw-kr').incoming();
    expect(await call.transferTold()).toBe(200);
    await call.ended();
    await arrived.hearsTone(400);
    await far.hangup();
    const [ended] = await Promise.all([arrived.ended(), far.ended()]);
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({ device: 'lab-a', reason: 'transferred', legs: [{ target: 'lab-b' }] });
    // A pays for B, whom he called, until he hangs up.
    expectWireTime(first?.endedAt ?? null, ended.at);
    expect(second).toMatchObject({ device: 'lab-a', endedBy: 'callee', reason: 'hangup' });
  });

  it('of a phone that somebody watches, whose events come twice, is one transfer', async () => {
    const { lab, phoneA, phoneB } = world;
    const node = new AriConnection(nodeAri(), `watch-${randomUUID()}`);
    const watched = `/applications/${process.env['ARI_APP'] ?? 'exchange'}/subscription?eventSource=endpoint:PJSIP/lab-b`;
    await node.post(watched);
    try {
      const { call, arrived } = await talking(phoneA, phoneB, B);
      await arrived.refer(FAR);
      const far = await lab.role('gw-kr').incoming();
      expect(await arrived.transferTold()).toBe(200);
      await arrived.ended();
      await call.hangup();
      await Promise.all([call.ended(), far.ended()]);
    } finally {
      await node.delete(watched);
    }
  });

  it('to a number that is busy brings A back to B, and they talk on', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await arrived.refer(BUSY);
    const far = await lab.role('gw-kr').incoming();
    await far.ended();
    expect(await arrived.transferTold()).toBe(603);
    await hear(call, arrived);
    await arrived.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({ endedBy: 'callee', reason: 'hangup' });
    expect(second).toMatchObject({ device: 'lab-b', reason: 'busy', answeredAt: null, billable: false });
  });

  it('to a number that nobody has is declined at once, and they talk on', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await arrived.refer('6200-9999*082');
    expect(await arrived.transferTold()).toBe(603);
    await hear(call, arrived);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    const [, second] = await records.ended(since, 2);
    expect(second).toMatchObject({ device: 'lab-b', reason: 'unallocated-number', legs: [] });
  });

  it('of which B hangs up at once, before the target rings, goes on', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await arrived.refer(FAR);
    await arrived.hangup();
    const far = await lab.role('gw-kr').incoming();
    await arrived.ended();
    await call.hearsTone(400);
    await call.hangup();
    await Promise.all([call.ended(), far.ended()]);
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({ reason: 'transferred' });
    expect(second).toMatchObject({ device: 'lab-b', endedBy: 'caller', reason: 'hangup' });
  });

  it('of a caller from the telephone network: B may put him through to the outside, and pays', async () => {
    const { lab, phoneB, records } = world;
    const since = new Date();
    const call = await lab.role('gw-kr').dial('0262006200', { callingNumber: '0212345678' });
    const arrived = await phoneB.incoming();
    await arrived.answer();
    await call.answered();
    // What a trunk asks for is refused by Asterisk itself.
    await call.refer('0212340000');
    expect(await call.referAnswered()).toBe(603);
    await arrived.refer(FAR);
    const far = await lab.role('gw-kr').incoming();
    expect(await arrived.transferTold()).toBe(200);
    await arrived.ended();
    await far.hangup();
    await Promise.all([call.ended(), far.ended()]);
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({ origin: 'trunk', trunk: 'gw-kr', reason: 'transferred' });
    expect(second).toMatchObject({ origin: 'member', device: 'lab-b', calling: B });
  });

  it('while the exchange is killed with -9 and the target rings: A is put through when it is back', async () => {
    const { exchange, phoneA, phoneB, lab, records } = world;
    const phoneC = await lab.samplePhone('lab-us');
    expect(await phoneC.register()).toMatchObject({ status: 200 });
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await arrived.refer('212-867-5300-001');
    const target = await phoneC.incoming();
    await target.ring();
    await exchange.kill();
    await target.answer();
    await target.answered();
    await exchange.start();
    expect(await arrived.transferTold()).toBe(200);
    await arrived.ended();
    await hear(call, target);
    await call.hangup();
    await Promise.all([call.ended(), target.ended()]);
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({ device: 'lab-a', reason: 'transferred' });
    expect(second).toMatchObject({ device: 'lab-b', reason: 'hangup', billable: true });
  });

  it('and the exchange killed with -9 after it: both records end with the conversation', async () => {
    const { exchange, lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await arrived.refer(FAR);
    const far = await lab.role('gw-kr').incoming();
    expect(await arrived.transferTold()).toBe(200);
    await arrived.ended();
    await exchange.kill();
    await call.hearsTone(400);
    await exchange.start();
    await call.hangup();
    await Promise.all([call.ended(), far.ended()]);
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({ device: 'lab-a', reason: 'transferred', endedBy: 'callee' });
    expect(second).toMatchObject({ device: 'lab-b', reason: 'hangup', endedBy: 'caller' });
  });
});
