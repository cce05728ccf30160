import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LabCall } from '../lab/lab-call.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { announcementNow } from './support/announcement.js';
import { inWorld } from './support/world.js';

const world = inWorld();
const phones: Record<string, LabPhone> = {};

beforeAll(async () => {
  phones['ko'] = world.phoneA;
  phones['en'] = await world.lab.samplePhone('lab-us');
  phones['ja'] = await world.lab.samplePhone('lab-jp');
});

/** Resolves when sound has come while the call was not answered. */
async function hearsSomething(call: LabCall): Promise<void> {
  await call.progressed();
  expect(call.facts.answered).toBeUndefined();
}

describe('a caller whose call does not come about', () => {
  it.each(['ko', 'en', 'ja'])(
    'is told why in his language (%s), unanswered, then gets the cause',
    async (language) => {
      const { records } = world;
      const since = new Date();
      const call = await (phones[language] as LabPhone).dial('6200-9999*082');
      await hearsSomething(call);
      expect(await announcementNow()).toEqual({ media: 'sound:anydial/unallocated', language });
      // Until the call ends, which is then the test's failure.
      while ((await call.rtpStats()).received === 0);
      expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip: 404, q850: 1 });
      expect(await records.only(since)).toMatchObject({
        answeredAt: null,
        billable: false,
        endedBy: 'exchange',
        reason: 'unallocated-number',
        sip: 404,
      });
    },
  );

  it.each([
    ['a malformed number', '*', 'incomplete', 484, 'invalid-number'],
    ['nobody has it, says its network', '0262009404', 'unallocated', 404, 'unallocated'],
    ['every gateway is congested', '0262009503', 'no-route', 503, 'congestion'],
  ])('is told so: %s', async (_, dialled, name, sip, reason) => {
    const { phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(dialled);
    await hearsSomething(call);
    expect(await announcementNow()).toEqual({ media: `sound:anydial/${name}`, language: 'ko' });
    expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip });
    expect(await records.only(since)).toMatchObject({ reason, sip, answeredAt: null, billable: false });
  });

  it('is told so: no phone of the member is there', async () => {
    const { phoneA, phoneB, records } = world;
    await phoneB.unregister();
    const since = new Date();
    const call = await phoneA.dial('02-6200-6200-082');
    await hearsSomething(call);
    expect(await announcementNow()).toEqual({ media: 'sound:anydial/unreachable', language: 'ko' });
    expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip: 480 });
    expect(await records.only(since)).toMatchObject({ reason: 'unreachable', sip: 480, billable: false });
    await phoneB.register();
  });

  it('hears no words of ours when the person is busy: his phone has a tone for that', async () => {
    const { phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial('0262009486');
    expect(await call.ended()).toMatchObject({ how: 'refused', sip: 486 });
    expect(call.facts.progress).toBeUndefined();
    expect(await records.only(since)).toMatchObject({ reason: 'busy' });
  });

  it("hears the far network's own announcement, and not ours after it", async () => {
    const { phoneA, records } = world;
    const since = new Date();
    // 9004: special information tone, then 404.
    const call = await phoneA.dial('0262009004');
    await call.progressed();
    expect(await call.ended()).toMatchObject({ how: 'refused', sip: 404 });
    const { trace } = await records.only(since);
    expect(JSON.stringify(trace)).not.toContain('refusing');
  });

  it('gets the cause alone when he calls from another network, which says it in its own words', async () => {
    const { lab, records } = world;
    const since = new Date();
    const call = await lab.role('gw-kr').dial('0262001234', { callingNumber: '0312345678' });
    expect(await call.ended()).toMatchObject({ how: 'refused', sip: 404 });
    expect(call.facts.progress).toBeUndefined();
    await records.only(since);
  });

  it('may hang up before it is said', async () => {
    const { phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial('6200-9999*082');
    await call.progressed();
    await announcementNow();
    await call.hangup();
    expect(await call.ended()).toMatchObject({ by: 'lab', how: 'cancelled', sip: 487 });
    expect(await records.only(since)).toMatchObject({ reason: 'unallocated-number', sip: 487 });
  });

  it('is told again when the exchange is killed while it speaks, and gets his cause from the next', async () => {
    const { exchange, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial('6200-9999*082');
    await call.progressed();
    await announcementNow();
    await exchange.kill();
    await exchange.start();
    expect(await call.ended({ within: 20_000 })).toMatchObject({ how: 'refused', sip: 404 });
    expect(await records.only(since)).toMatchObject({ reason: 'unallocated-number', sip: 404 });
  });
});
