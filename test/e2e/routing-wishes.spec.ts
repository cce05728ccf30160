import { afterEach, describe, expect, it } from '@jest/globals';
import { header, type SipMessage, uriOf } from '../lab/sip-message.js';
import { callsThatLeft } from './support/wall.js';
import { inWorld } from './support/world.js';

const world = inWorld();
const LEE = '02-6200-6200-082';
const HOME = '+82262001234';

/** Sets what Lee wants and takes it back after the test; the next call follows it. */
const wants = (columns: string, values: readonly unknown[]): Promise<unknown> =>
  world.records.client.query(
    `UPDATE call_setting SET ${columns} WHERE member_id = (SELECT member_id FROM device WHERE username = 'lab-b')`,
    [...values],
  );

afterEach(async () => {
  await world.records.client.query(
    `DELETE FROM find_me WHERE member_id = (SELECT member_id FROM device WHERE username = 'lab-b')`,
  );
  await wants(
    `do_not_disturb = false, forward_always = NULL, forward_busy = NULL, forward_no_answer = NULL, hide_number = false,
     call_waiting = true, max_calls = NULL`,
    [],
  );
});

async function looksForLee(...kinds: readonly ('devices' | 'contact')[]): Promise<void> {
  const { client } = world.records;
  await client.query(
    `INSERT INTO contact_number (id, member_id, e164, label, verified_at)
     SELECT gen_random_uuid(), member_id, $1, 'home', now() FROM device WHERE username = 'lab-b' ON CONFLICT DO NOTHING`,
    [HOME],
  );
  for (const [at, kind] of kinds.entries()) {
    await client.query(
      `INSERT INTO find_me (member_id, position, kind, contact_number_id, ring_seconds)
       SELECT d.member_id, $1, $2, CASE $2 WHEN 'contact' THEN c.id END, 5
         FROM device d JOIN contact_number c ON c.member_id = d.member_id AND c.e164 = $3 WHERE d.username = 'lab-b'`,
      [at + 1, kind, HOME],
    );
  }
}

const userIn = (message: SipMessage, name: string) => uriOf(header(message, name) ?? '').user;

describe('a member who is looked for', () => {
  it('at his desk, then at his telephone elsewhere, which is told who sent the call there', async () => {
    const { lab, phoneA, phoneB, records } = world;
    await looksForLee('devices', 'contact');
    const since = new Date();
    const call = await phoneA.dial(LEE);
    const desk = await phoneB.incoming();
    await desk.ring();
    const home = await lab.role('gw-kr').incoming();
    await desk.ended();
    const invite = await home.invite();
    expect(uriOf(invite.requestUri ?? '').user).toBe('0262001234');
    expect(userIn(invite, 'from')).toBe('0262006100');
    expect(userIn(invite, 'diversion')).toBe('0262006200');
    await Promise.all([call.answered(), home.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), home.ended()]);
    expect(await records.only(since)).toMatchObject({
      reading: 'pin',
      called: '0262006200082',
      legs: [
        { attempt: 1, target: 'lab-b' },
        { attempt: 2, target: 'gw-kr' },
      ],
    });
  });

  it('when he declines at his desk his telephone elsewhere stays silent', async () => {
    const { lab, phoneA, phoneB, records } = world;
    await looksForLee('devices', 'contact');
    const since = new Date();
    const left = callsThatLeft(lab);
    const call = await phoneA.dial(LEE);
    const desk = await phoneB.incoming();
    await desk.ring();
    await desk.reject(603);
    expect(await call.ended()).toMatchObject({ sip: 403 });
    expect(await records.only(since)).toMatchObject({ reason: 'declined', legs: [{ target: 'lab-b' }] });
    expect(callsThatLeft(lab)).toBe(left);
  });
});

describe('a member who forwards', () => {
  it('a call from outside leaves again for him, with the stranger’s number and his in Diversion', async () => {
    const { lab, records } = world;
    await wants('forward_always = $1', ['+12125551234']);
    const since = new Date();
    const call = await lab.role('gw-kr').dial('0262006200', { callingNumber: '01094634066' });
    const arrived = await lab.role('gw-us').incoming();
    const invite = await arrived.invite();
    expect(uriOf(invite.requestUri ?? '').user).toBe('+12125551234');
    expect(userIn(invite, 'from')).toBe('+821094634066');
    expect(userIn(invite, 'diversion')).toBe('+82262006200');
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ origin: 'trunk', legs: [{ target: 'gw-us' }] });
  });

  it('a call that comes back from there rings his desk instead of going round in circles', async () => {
    const { lab, phoneB, records } = world;
    await wants('forward_always = $1', ['+12125551234']);
    const since = new Date();
    const left = callsThatLeft(lab);
    const call = await lab.role('gw-us').dial('+82262006200', {
      callingNumber: '+821094634066',
      headers: { Diversion: '"Lee, elsewhere" <sip:+12125551234@127.0.0.22>;reason=unconditional;counter=1' },
    });
    const desk = await phoneB.incoming();
    await desk.answer();
    await call.answered();
    await call.hangup();
    await Promise.all([call.ended(), desk.ended()]);
    expect(callsThatLeft(lab)).toBe(left);
    expect(await records.only(since)).toMatchObject({ origin: 'trunk', legs: [{ target: 'lab-b' }] });
  });

  it('when busy to his telephone elsewhere', async () => {
    const { phoneA, phoneB, records, lab } = world;
    await wants('forward_busy = $1', ['0262001234']);
    const since = new Date();
    const call = await phoneA.dial(LEE);
    const desk = await phoneB.incoming();
    await desk.reject(486);
    const arrived = await lab.role('gw-kr').incoming();
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ legs: [{ sip: 486 }, { target: 'gw-kr' }] });
  });

  it('on do-not-disturb is busy, and his phone stays silent', async () => {
    const { phoneA, records } = world;
    await wants('do_not_disturb = true', []);
    const since = new Date();
    const call = await phoneA.dial(LEE);
    expect(await call.ended()).toMatchObject({ sip: 486 });
    expect(await records.only(since)).toMatchObject({ reason: 'do-not-disturb', q850: 17, legs: [] });
  });
});

describe('a caller who hides', () => {
  it.each([
    ['with #31# before the number', '#31#0262001234', false],
    ['always', '0262001234', true],
  ])('%s: the telephone network is told by assertion, its subscriber not', async (_, dialled, always) => {
    const { lab, phoneB } = world;
    if (always) await wants('hide_number = true', []);
    const call = await phoneB.dial(dialled);
    const arrived = await lab.role('gw-kr').incoming();
    const invite = await arrived.invite();
    expect(uriOf(invite.requestUri ?? '').user).toBe('0262001234');
    expect(header(invite, 'from')).toMatch(/sip:anonymous@anonymous\.invalid/);
    expect(userIn(invite, 'p-asserted-identity')).toBe('0262006200');
    expect(header(invite, 'privacy')).toBe('id');
    expect((invite.headers.get('p-asserted-identity') ?? []).length).toBe(1);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
  });

  it('a network that we do not trust learns nothing', async () => {
    const { lab, phoneB } = world;
    const call = await phoneB.dial('#31#07012345678');
    const arrived = await lab.role('carrier').incoming();
    const invite = await arrived.invite();
    expect(header(invite, 'from')).toMatch(/sip:anonymous@anonymous\.invalid/);
    expect(header(invite, 'p-asserted-identity')).toBeUndefined();
    expect(invite.raw).not.toContain('62006200');
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
  });

  it('a member sees neither number nor name', async () => {
    const { phoneA, phoneB } = world;
    const call = await phoneB.dial('#31#02-6200-6100-082');
    const arrived = await phoneA.incoming();
    const invite = await arrived.invite();
    expect(header(invite, 'from')).toMatch(/sip:anonymous@anonymous\.invalid/);
    expect(invite.raw).not.toContain('62006200');
    expect(invite.raw).not.toContain('Bomin');
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
  });
});

describe('limits', () => {
  it('a member with as many calls as he may have is told that he is busy', async () => {
    const { phoneB, phoneA, records } = world;
    await wants('max_calls = 1', []);
    const since = new Date();
    const first = await phoneB.dial('02-6200-6100-082');
    const arrived = await phoneA.incoming();
    await arrived.ring();
    const second = await phoneB.dial('0262001234');
    expect(await second.ended()).toMatchObject({ sip: 486 });
    await first.hangup();
    await Promise.all([first.ended(), arrived.ended()]);
    expect((await records.ended(since, 2)).map(({ reason }) => reason)).toEqual([
      'cancelled',
      'too-many-calls',
    ]);
  });

  it('a full trunk is passed over for the next', async () => {
    const { lab, phoneA, phoneB, records } = world;
    await records.client.query(`UPDATE trunk SET max_calls = 1 WHERE id = 'gw-kr'`);
    try {
      const first = await phoneA.dial('0262001234');
      const atSeoul = await lab.role('gw-kr').incoming();
      await Promise.all([first.answered(), atSeoul.answered()]);
      const second = await phoneB.dial('0262001235');
      const atNewYork = await lab.role('gw-us').incoming();
      expect(uriOf((await atNewYork.invite()).requestUri ?? '').user).toBe('+82262001235');
      await Promise.all([second.answered(), atNewYork.answered()]);
      await Promise.all([first.hangup(), second.hangup()]);
      await Promise.all([first.ended(), second.ended(), atSeoul.ended(), atNewYork.ended()]);
    } finally {
      await records.client.query(`UPDATE trunk SET max_calls = NULL WHERE id = 'gw-kr'`);
    }
  });
});
