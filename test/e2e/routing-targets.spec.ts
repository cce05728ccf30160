import { describe, expect, it } from '@jest/globals';
import type { RoleName } from '../lab/lab-role.js';
import { header, uriOf } from '../lab/sip-message.js';
import { inWorld } from './support/world.js';

const world = inWorld();

/** What is dialled by Kim in Seoul, where it arrives, and both numbers as the far side's INVITE has them. */
const ways: readonly [dialled: string, role: RoleName, reading: string, called: string, calling: string][] = [
  // Lives at the partner's centre in Osaka: the number itself, the caller as members know her.
  ['06-6200-6400-081', 'centre-jp', 'pin', '0662006400081', '0262006100082'],
  ['0662006400*81', 'centre-jp', 'pin', '0662006400081', '0262006100082'],
  // Another company's number system, and telephone numbers that it claims.
  ['*3935550199', 'carrier', 'carrier', '*3935550199', '82262006100'],
  ['07012345678', 'carrier', 'pstn', '07012345678', '82262006100'],
  ['sip:5550199@carrier.example', 'carrier', 'carrier', '5550199', '82262006100'],
  ['+12125551234', 'gw-us', 'pstn', '+12125551234', '+82262006100'],
];

describe('a call that leaves', () => {
  it.each(ways)('to %s arrives at %s (%s) as %s from %s', async (dialled, role, reading, called, calling) => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(dialled);
    const arrived = await lab.role(role).incoming();
    const invite = await arrived.invite();
    expect(uriOf(invite.requestUri ?? '').user).toBe(called);
    expect(uriOf(header(invite, 'from') ?? '').user).toBe(calling);
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({
      reading,
      reason: 'hangup',
      legs: [{ kind: 'trunk', called }],
    });
  });
});

describe('a call that stays', () => {
  it.each([
    ['0262006200', 'pstn', 'a telephone number that stands for a member'],
    ['+82262006200', 'pstn', 'the same with +'],
    ['kim.bomin@mail.example', 'email', 'an e-mail address that he proved'],
  ])('%s (%s): %s rings him', async (dialled, reading) => {
    const { phoneA, phoneB, records } = world;
    await records.client.query(
      `INSERT INTO email_identity (id, member_id, address, verified_at)
       SELECT gen_random_uuid(), member_id, 'kim.bomin@mail.example', now() FROM device WHERE username = 'lab-b'
       ON CONFLICT DO NOTHING`,
    );
    const since = new Date();
    const call = await phoneA.dial(dialled);
    const arrived = await phoneB.incoming();
    await arrived.answer();
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({
      reading,
      called: '0262006200082',
      legs: [{ kind: 'device', target: 'lab-b' }],
    });
  });
});

describe('a partner’s centre', () => {
  it('reaches our numbers as they are, its caller by his own', async () => {
    const { lab, phoneB, records } = world;
    const since = new Date();
    const call = await lab.role('centre-jp').dial('0262006200082', { callingNumber: '0662006400081' });
    const arrived = await phoneB.incoming();
    expect(uriOf(header(await arrived.invite(), 'from') ?? '').user).toBe('0662006400081');
    await arrived.answer();
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({
      origin: 'trunk',
      trunk: 'partner-jp',
      reading: 'pin',
      called: '0262006200082',
    });
  });

  it.each(['0262001234', '+12125551234', '119', '*3935550199', '0662006400081'])(
    'reaches nothing beyond: %s',
    async (dialled) => {
      const { lab, records } = world;
      const since = new Date();
      const call = await lab.role('centre-jp').dial(dialled, { callingNumber: '0662006400081' });
      expect(await call.ended()).toMatchObject({ sip: 404 });
      expect(await records.only(since)).toMatchObject({ legs: [] });
    },
  );
});
