import { describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import { BEEP_HZ, memberOf, SPOKEN_MS } from './support/voicemail.js';
import { inWorld } from './support/world.js';

let memberId: string;
const world = inWorld({
  rows: async (db: pg.Client) => {
    memberId = await memberOf(db, 'lab-a');
  },
  noRows: async (db: pg.Client) => {
    await db.query(
      `UPDATE call_setting SET do_not_disturb = false, forward_always = NULL, forward_busy = NULL, forward_no_answer = NULL
        WHERE member_id = $1`,
      [memberId],
    );
  },
});
jest.setTimeout(180_000);

const settings = async () => {
  const { rows } = await world.records.client.query<Record<string, unknown>>(
    'SELECT * FROM call_setting WHERE member_id = $1',
    [memberId],
  );
  return rows[0] ?? {};
};

/** Dials a code and listens to the end of what is said; resolves when the exchange has hung up. */
async function dials(code: string): Promise<void> {
  const call = await world.phoneA.dial(code);
  await call.answered();
  expect(await call.ended({ within: SPOKEN_MS })).toMatchObject({ by: 'far', cause: 16 });
}

describe('a member dials', () => {
  it.each([
    ['*78', { do_not_disturb: true }],
    ['*79', { do_not_disturb: false }],
    ['*720262006200082', { forward_always: '0262006200082' }],
    ['*73', { forward_always: null }],
    ['*9015', { forward_busy: '15' }],
    ['*91', { forward_busy: null }],
    ['*92*15#', { forward_no_answer: '15' }],
    ['*93', { forward_no_answer: null }],
  ])('%s: it is set to %j, and he is told', async (code, setting) => {
    const since = new Date();
    await dials(code);
    expect(await settings()).toMatchObject(setting);
    expect(await world.records.only(since)).toMatchObject({ reason: 'served', billable: false });
  });

  it('do not disturb: the next call does not ring him, without a restart', async () => {
    await dials('*78');
    const since = new Date();
    const caller = await world.phoneB.dial('0262006100082');
    expect(await caller.ended({ within: SPOKEN_MS })).toMatchObject({ by: 'far', how: 'refused' });
    expect(await world.records.only(since)).toMatchObject({ reason: 'do-not-disturb', legs: [] });
    await dials('*79');
  });

  it('forward always: the next call goes there, without a restart', async () => {
    await dials('*720262006200082');
    const caller = await world.lab.samplePhone('lab-us');
    await caller.register();
    const call = await caller.dial('0262006100082');
    const arrived = await world.phoneB.incoming();
    await arrived.answer();
    await call.answered();
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    await dials('*73');
  });

  it('*43: he hears himself', async () => {
    const call = await world.phoneA.dial('*43');
    await call.answered();
    await call.hearsTone(BEEP_HZ, { within: SPOKEN_MS });
    await call.playTone('700/3000,0/20000');
    await call.hearsTone(700, { within: SPOKEN_MS });
    await call.hangup();
    await call.ended();
  });

  it('any keys at any time, and hangs up: nothing is left', async () => {
    const { phoneB } = world;
    const call = await phoneB.dial('*97');
    await call.answered();
    await call.sendDtmf('1*#0A1D2#9B7C5##1');
    await call.hangup();
    await call.ended();
  });
});
