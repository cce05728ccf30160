import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LabAsterisk } from '../lab/lab-asterisk.js';
import type { LabCall } from '../lab/lab-call.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { type RoleName, roleNames, roles } from '../lab/lab-role.js';
import { labSettings } from '../lab/lab-settings.js';
import { header } from '../lab/sip-message.js';
import { Sipp } from '../lab/sipp.js';

/** The lab by itself: its phones call its far ends directly, our exchange has no part in it. */
let lab: LabAsterisk;
let phone: LabPhone;
const port = labSettings().labSipPort;

const call = (number: string, role: RoleName = 'gw-kr'): Promise<LabCall> =>
  phone.dial(number, { to: `${roles[role].address}:${port}` });

// The drivers' own deadlines come first: they say what was seen instead.
jest.setTimeout(30_000);

beforeAll(async () => {
  lab = await LabAsterisk.attach();
  phone = await lab.phone({ username: 'tester', secret: 'unused' });
});

afterEach(() => lab.hangupAll());

afterAll(async () => {
  await lab?.unplugPhones();
  await lab?.detach();
});

describe('the far ends of the lab', () => {
  it.each(roleNames)('%s rings, answers and is known by its own tone', async (role) => {
    const out = await call('12345', role);
    expect((await out.ringing()) < (await out.answered())).toBe(true);
    await out.hearsTone(roles[role].toneHz);
  });

  it.each([
    { number: '0262009486', sip: 486, cause: 17, rang: false },
    { number: '0262008486', sip: 486, cause: 17, rang: true },
    { number: '0262009603', sip: 603, cause: 21, rang: false },
    { number: '0262009404', sip: 404, cause: 1, rang: false },
    { number: '0262009480', sip: 480, cause: 19, rang: false },
    { number: '0262009503', sip: 503, cause: 34, rang: false },
    { number: '0262009500', sip: 500, cause: 38, rang: false },
  ])('refuses $number with $sip', async ({ number, sip, cause, rang }) => {
    const out = await call(number);
    expect(await out.ended()).toMatchObject({ how: 'refused', by: 'far', sip, cause });
    expect(out.facts.ringing !== undefined).toBe(rang);
  });

  it('takes the ending from before a trailing country field', async () => {
    expect(await (await call('0362009486081', 'centre-jp')).ended()).toMatchObject({ sip: 486 });
  });

  it('redirects 9302 to a number that costs', async () => {
    const out = await call('0262009302');
    expect(await out.ended()).toMatchObject({ how: 'refused', sip: 302 });
    const moved = out.sip.items.find(({ status }) => status === 302);
    expect(moved && header(moved, 'contact')).toContain('+19005550123');
  });

  it('rings 9000 until the caller cancels', async () => {
    const out = await call('0262009000');
    await out.ringing();
    await out.hangup();
    expect(await out.ended()).toMatchObject({ how: 'cancelled', by: 'lab', sip: 487 });
  });

  it('says nothing but 100 to 9001', async () => {
    const out = await call('0262009001');
    await out.sip.first('100 Trying', ({ status }) => status === 100);
    await out.hangup();
    expect(await out.ended()).toMatchObject({ how: 'cancelled' });
    expect(out.facts.ringing ?? out.facts.progress).toBeUndefined();
  });

  it('plays its tone to 9003 before it answers', async () => {
    const out = await call('0262009003');
    await out.progressed();
    const heard = await out.hearsTone(roles['gw-kr'].toneHz);
    expect(heard < (await out.answered())).toBe(true);
  });

  it('explains itself to 9004 by early media, then refuses', async () => {
    const out = await call('0262009004');
    await out.progressed();
    expect(await out.ended()).toMatchObject({ how: 'refused', sip: 404 });
  });

  it('hangs up by itself on 9005', async () => {
    const out = await call('0262009005');
    await out.answered();
    expect(await out.ended()).toMatchObject({ how: 'hungup', by: 'far', sip: 200, q850: 16 });
  });

  it('lets the driver decide on 9006', async () => {
    const out = await call('0262009006');
    const arrived = await lab.role('gw-kr').arrivedAs(out.sipCallId);
    await arrived.ring();
    await out.ringing();
    await arrived.reject(488);
    expect(await out.ended()).toMatchObject({ how: 'refused', sip: 488, cause: 58 });
  });

  it('answers 9007 and sends no media at all', async () => {
    const out = await call('0262009007');
    await out.answered();
    await out.playTone(700);
    const arrived = await lab.role('gw-kr').arrivedAs(out.sipCallId);
    await arrived.hearsTone(700);
    expect((await out.rtpStats()).received).toBe(0);
  });
});

describe('a phone of the lab', () => {
  it('tells tones apart, and when each began', async () => {
    const out = await call('0262009008');
    await out.answered();
    await out.playTone('400/600,450/0');
    const [first, second] = await Promise.all([out.hearsTone(400), out.hearsTone(450)]);
    expect(second.getTime() - first.getTime()).toBeGreaterThan(400);
  });

  it('sends digits, holds and unholds, and both ends see it', async () => {
    const out = await call('0262001234');
    const arrived = await lab.role('gw-kr').arrivedAs(out.sipCallId);
    await Promise.all([out.answered(), arrived.answered()]);
    await out.sendDtmf('12#*');
    await arrived.hearsDtmf('12#*');
    await out.hold();
    await arrived.held();
    await out.unhold();
    await arrived.channel.first('unhold', ({ type }) => type === 'ChannelUnhold');
  });

  it('keys in what a user keys in', async () => {
    const out = await call('6200-6200#082');
    expect((await out.invite()).requestUri).toContain('sip:6200-6200%23082@');
    expect((await lab.role('gw-kr').arrivedAs(out.sipCallId)).number).toBe('6200-6200#082');
  });

  it('dials an address with its own domain through the exchange', async () => {
    const out = await phone.dialAddress('alice@a-b.example');
    expect((await out.invite()).requestUri).toBe('sip:alice@a-b.example');
    expect(await out.ended()).toMatchObject({ how: 'refused', by: 'far', sip: 401 });
  });

  it('fails a wait at once when the call ends first', async () => {
    const out = await call('0262009486');
    await expect(out.answered()).rejects.toThrow(/ended \(refused 486 by far\)/);
  });
});

describe('SIPp', () => {
  const local = { address: '127.0.0.25', port: port + 20 };
  const gateway = () =>
    lab.role('gw-kr').dial('12345', { to: `${local.address}:${local.port}`, callingNumber: '1' });

  it('refuses with any status', async () => {
    const sipp = await Sipp.start({
      scenario: 'refuses',
      local,
      keys: { status: '606 Not Acceptable', header: 'X-Lab: yes' },
    });
    expect(await (await gateway()).ended()).toMatchObject({ how: 'refused', by: 'far', sip: 606 });
    expect((await sipp.result).exitCode).toBe(0);
  });

  it('is silent like a dead peer', async () => {
    const sipp = await Sipp.start({ scenario: 'silent', local });
    const out = await gateway();
    expect((await sipp.result).messages.map(({ method }) => method)).toEqual(['INVITE']);
    await out.hangup();
    expect(await out.ended()).toMatchObject({ how: 'silent', by: 'lab' });
  });

  it('sees its call cancelled', async () => {
    const sipp = await Sipp.start({ scenario: 'cancelled', local });
    const out = await gateway();
    await out.ringing();
    await out.hangup();
    const { exitCode, messages } = await sipp.result;
    expect(exitCode).toBe(0);
    expect(messages.map((message) => message.method ?? message.status)).toEqual([
      'INVITE',
      180,
      'CANCEL',
      200,
      487,
      'ACK',
    ]);
  });
});
