import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LabCall } from '../lab/lab-call.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { Purse } from './support/purse.js';
import { talking } from './support/talk.js';
import { inWorld } from './support/world.js';

/** Seoul, by the demo world's price list: 0.03 a minute, by the second. */
const SEOUL = '0262001234';
const SEOUL_ABROAD = '+82262001234';
const A_SECOND = 500n;
const A_SLICE = 180n * A_SECOND;
const PLENTY = 100_000_000n;
const AT_ONCE = 50;
const world = inWorld();
let purse: Purse;

beforeAll(async () => {
  purse = await Purse.of('lab-a');
});
afterAll(async () => {
  await purse.fill(PLENTY);
  await purse.close();
});

describe('a member with little money', () => {
  it('talks for what is in his purse, is cut then, and has paid for it and no more', async () => {
    const { lab, phoneA, records } = world;
    await purse.fill(4n * A_SECOND);
    const since = new Date();
    const call = await phoneA.dial(SEOUL);
    const arrived = await lab.role('gw-kr').incoming();
    await Promise.all([call.answered(), arrived.answered()]);
    const [ended] = await Promise.all([call.ended(), arrived.ended()]);
    expect(ended.by).toBe('far');
    const record = await records.only(since);
    expect(record).toMatchObject({ endedBy: 'exchange', reason: 'credit', billable: true });
    const charged = await records.charged(record.id);
    expect(charged).toBeGreaterThan(2n * A_SECOND);
    expect(charged).toBeLessThanOrEqual(4n * A_SECOND);
    expect(await purse.left()).toBeGreaterThanOrEqual(0n);
  });

  it('who puts a member through to the outside pays for it from his purse, and both are cut when it is empty', async () => {
    const { lab, phoneA, phoneB, records } = world;
    await purse.fill(4n * A_SECOND);
    const since = new Date();
    const talk = await talking(phoneA, phoneB, '0262006200082');
    await talk.call.refer(SEOUL);
    const far = await lab.role('gw-kr').incoming();
    expect(await talk.call.transferTold()).toBe(200);
    await talk.call.ended();
    const [kept] = await Promise.all([talk.arrived.ended(), far.ended()]);
    expect(kept.by).toBe('far');
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({ reason: 'transferred', legs: [{ target: 'lab-b' }] });
    expect(second).toMatchObject({ device: 'lab-a', endedBy: 'exchange', reason: 'credit', billable: true });
    expect(await records.charged(first?.id ?? '')).toBe(0n);
    const charged = await records.charged(second?.id ?? '');
    expect(charged).toBeGreaterThan(2n * A_SECOND);
    expect(charged).toBeLessThanOrEqual(4n * A_SECOND);
    expect(await purse.left()).toBeGreaterThanOrEqual(0n);
  });

  it('talks on when money has come meanwhile, which is held before his time is up', async () => {
    const { lab, phoneA, records } = world;
    await purse.fill(4n * A_SECOND);
    const since = new Date();
    // 9006: the gateway does as this test tells it.
    const call = await phoneA.dial('0262009006');
    const arrived = await lab.role('gw-kr').incoming();
    await arrived.controlled();
    await purse.fill(4n * A_SLICE);
    await arrived.answer();
    await Promise.all([call.answered(), arrived.answered()]);
    // The second tone begins when the first money is used up.
    await arrived.playTone('700/5000,900/0');
    await call.hearsTone(900, { within: 15_000 });
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    const record = await records.only(since);
    expect(record).toMatchObject({ endedBy: 'caller', reason: 'hangup' });
    expect(await records.charged(record.id)).toBeGreaterThan(4n * A_SECOND);
  });

  it('hears, as the other does, that a minute is left', async () => {
    const { lab, phoneA, records } = world;
    await purse.fill(63n * A_SECOND);
    const since = new Date();
    const call = await phoneA.dial('0262009006');
    const arrived = await lab.role('gw-kr').incoming();
    await arrived.controlled();
    await arrived.answer();
    await Promise.all([call.answered(), arrived.answered()]);
    // Neither says anything: what comes is the announcement. Until the call ends, which is then the test's failure.
    for (const end of [call, arrived]) while ((await end.rtpStats()).received === 0);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ endedBy: 'caller', reason: 'hangup' });
  });

  it('with an empty one is told so before his call is refused, and no telephone network hears of it', async () => {
    const { phoneA, records } = world;
    await purse.fill(0n);
    const since = new Date();
    const call = await phoneA.dial(SEOUL);
    await call.progressed();
    expect(await call.ended({ within: 30_000 })).toMatchObject({ by: 'far', how: 'refused', sip: 403 });
    expect(await records.only(since, 30_000)).toMatchObject({ reason: 'no-credit', answeredAt: null });
  });

  it('calls members for nothing, and for help', async () => {
    const { lab, phoneA, phoneB } = world;
    await purse.fill(0n);
    const call = await phoneA.dial('0262006200082');
    const arrived = await phoneB.incoming();
    await arrived.ring();
    await arrived.answer();
    await call.answered();
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    const help = await phoneA.dial('119');
    const answered = await lab.role('gw-kr').incoming();
    await help.answered();
    await help.hangup();
    await Promise.all([help.ended(), answered.ended()]);
  });
});

describe('many calls at once on one purse', () => {
  it(`${AT_ONCE} are begun: those it pays for talk, one with the rest of it, and together they spend no more than it held`, async () => {
    const { lab, phoneA, phoneB, records } = world;
    // Three members with one purse: one telephone may not begin so many.
    const phones = [phoneA, phoneB, await lab.samplePhone('lab-us')];
    const giveBack = await purse.shareWith(['lab-b', 'lab-us']);
    const full = BigInt(AT_ONCE - 5);
    const had = full * A_SLICE + 3n * A_SECOND;
    await purse.fill(had);
    const since = new Date();
    const calls = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, at) => (phones[at % phones.length] as LabPhone).dial(SEOUL_ABROAD)),
    );
    const talking: LabCall[] = [];
    const refused: LabCall[] = [];
    await Promise.all(
      calls.map(async (call) => {
        const answered = await call.answered({ within: 40_000 }).then(
          () => true,
          () => false,
        );
        (answered ? talking : refused).push(call);
      }),
    );
    expect(talking).toHaveLength(Number(full) + 1);
    for (const call of refused) expect(call.facts.ending).toMatchObject({ how: 'refused', sip: 403 });
    // The one that had only the rest is cut by itself.
    await Promise.race(talking.map((call) => call.ended({ within: 20_000 })));
    await Promise.all(
      talking.map(async (call) => {
        if (call.facts.ending === undefined) await call.hangup();
        await call.ended();
      }),
    );
    await lab.idle();
    const ended = await records.ended(since, AT_ONCE, 30_000);
    expect(ended.filter(({ reason }) => reason === 'credit')).toHaveLength(1);
    expect(ended.filter(({ reason }) => reason === 'no-credit')).toHaveLength(AT_ONCE - Number(full) - 1);
    await records.nothingOpen();
    const charges = await Promise.all(
      ended.filter(({ billable }) => billable).map(({ id }) => records.charged(id)),
    );
    const spent = charges.reduce((sum, one) => sum + one, 0n);
    expect(spent).toBeGreaterThan(0n);
    expect(had - (await purse.left())).toBe(spent);
    expect(await purse.left()).toBeGreaterThanOrEqual(0n);
    await giveBack();
  });
});
