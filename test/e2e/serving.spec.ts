import { describe, expect, it } from '@jest/globals';
import { BEEP_HZ, SPOKEN_MS } from './support/voicemail.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

const world = inWorld();
/** Says everything back: the test of the line. */
const ECHO = '*43';

describe('a caller whom the exchange serves itself', () => {
  it('hangs up when he likes: nothing is left, and it costs nothing', async () => {
    const { phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(ECHO);
    const answered = await call.answered();
    await call.hangup();
    const ended = await call.ended();
    const record = await records.only(since);
    expect(record).toMatchObject({ endedBy: 'caller', reason: 'hangup', billable: false, legs: [] });
    expectWireTime(record.answeredAt, answered);
    expectWireTime(record.endedAt, ended.at);
  });

  it('is served again from the beginning when the exchange is killed meanwhile; his call goes on', async () => {
    const { exchange, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(ECHO);
    const answered = await call.answered();
    await call.hearsTone(BEEP_HZ, { within: SPOKEN_MS });
    await exchange.kill();
    const killed = new Date();
    await exchange.start();
    const again = await call.hearsTone(BEEP_HZ, { within: SPOKEN_MS });
    expect(again.getTime()).toBeGreaterThan(killed.getTime());
    await call.hangup();
    const ended = await call.ended();
    const record = await records.only(since);
    expect(record).toMatchObject({ endedBy: 'caller', reason: 'hangup', billable: false });
    expectWireTime(record.answeredAt, answered);
    expectWireTime(record.endedAt, ended.at);
  });

  it('hangs up while the exchange is dead: the record knows when', async () => {
    const { exchange, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(ECHO);
    await call.answered();
    await exchange.kill();
    await call.hangup();
    const ended = await call.ended();
    await exchange.start();
    const record = await records.only(since);
    expect(record).toMatchObject({ endedBy: 'caller', reason: 'hangup', billable: false });
    expectWireTime(record.endedAt, ended.at);
  });
});
