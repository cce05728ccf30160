import { describe, expect, it } from '@jest/globals';
import { hearEachOther, talking } from './support/talk.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
const FAR = '0262001234';
/** What the product plays to who is held (scripts/lib/asterisk.sh). */
const HOLD_HZ = 440;
const world = inWorld();

describe('hold', () => {
  it('B holds A, who hears the tone of waiting; taken back they hear each other, and it stays one call', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const both = await talking(phoneA, phoneB, B);
    const { call, arrived } = both;
    await arrived.hold();
    await call.hearsTone(HOLD_HZ);
    await arrived.unhold();
    await hearEachOther(both);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ endedBy: 'caller', reason: 'hangup' });
  });

  it('A holds a gateway, whose caller hears the tone of waiting', async () => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(FAR);
    const far = await lab.role('gw-kr').incoming();
    await call.answered();
    await call.hold();
    await far.hearsTone(HOLD_HZ);
    await call.unhold();
    await call.hearsTone(lab.role('gw-kr').toneHz);
    await call.hangup();
    await Promise.all([call.ended(), far.ended()]);
    await records.only(since);
  });

  it('who hangs up while he is held ends the call', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await arrived.hold();
    await call.hearsTone(HOLD_HZ);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ endedBy: 'caller', reason: 'hangup' });
  });
});

describe('call waiting', () => {
  it('a second call finds B’s phone, who holds the first, answers, and goes back and forth', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const first = await talking(phoneA, phoneB, B);
    const stranger = await lab.role('gw-kr').dial('0262006200', { callingNumber: '0212345678' });
    const knocking = await phoneB.incoming();
    await knocking.ring();
    await stranger.ringing();
    await first.arrived.hold();
    await knocking.answer();
    await stranger.answered();
    await first.call.hearsTone(HOLD_HZ);
    await knocking.playTone(900);
    await stranger.hearsTone(900);
    await knocking.hold();
    await first.arrived.unhold();
    await hearEachOther(first);
    await Promise.all([first.call.hangup(), stranger.hangup()]);
    for (const end of [first.call, first.arrived, stranger, knocking]) await end.ended();
    expect(await records.ended(since, 2)).toMatchObject([
      { device: 'lab-a', reason: 'hangup' },
      { origin: 'trunk', reason: 'hangup' },
    ]);
  });
});

describe('an analogue telephone behind an adapter', () => {
  it('flashes to a second call and makes a conference of three in the adapter: for the exchange, two calls', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const first = await talking(phoneA, phoneB, B);
    // Hook-flash: the adapter holds the first call and dials the second.
    await first.call.hold();
    const second = await phoneA.dial(FAR);
    const far = await lab.role('gw-kr').incoming();
    await second.answered();
    await first.arrived.hearsTone(HOLD_HZ);
    // Flash and 3: the adapter takes the first call back and mixes by itself.
    await first.call.unhold();
    await hearEachOther(first);
    await second.hearsTone(lab.role('gw-kr').toneHz);
    await Promise.all([first.call.hangup(), second.hangup()]);
    for (const end of [first.call, first.arrived, second, far]) await end.ended();
    expect(await records.ended(since, 2)).toMatchObject([
      { device: 'lab-a', legs: [{ target: 'lab-b' }] },
      { device: 'lab-a', legs: [{ target: 'gw-kr' }] },
    ]);
  });
});
