import { describe, expect, it } from '@jest/globals';
import type { RoleName } from '../lab/lab-role.js';
import { header, uriOf } from '../lab/sip-message.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

const world = inWorld();

/** Who calls, as each gateway's country writes it: Kim Ara's 02-6200-6100 in Seoul. */
const ways: readonly [dialled: string, gateway: RoleName, called: string, calling: string, e164: string][] = [
  ['0262001234', 'gw-kr', '0262001234', '0262006100', '+82262001234'],
  ['00181362001234', 'gw-jp', '0362001234', '01082262006100', '+81362001234'],
  ['+81362001234', 'gw-jp', '0362001234', '01082262006100', '+81362001234'],
  ['00112125551234', 'gw-us', '+12125551234', '+82262006100', '+12125551234'],
];

describe('phone A dials into the telephone network', () => {
  it.each(ways)('%s leaves through %s as %s from %s', async (dialled, gateway, called, calling, e164) => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    const call = await phoneA.dial(dialled);
    const arrived = await lab.role(gateway).incoming();
    const invite = await arrived.invite();
    expect(uriOf(invite.requestUri ?? '').user).toBe(called);
    expect(uriOf(header(invite, 'to') ?? '').user).toBe(called);
    expect(uriOf(header(invite, 'from') ?? '').user).toBe(calling);
    expect(uriOf(header(invite, 'p-asserted-identity') ?? '').user).toBe(calling);
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hearsTone(lab.role(gateway).toneHz);
    await call.hangup();
    const [ended] = await Promise.all([call.ended(), arrived.ended()]);

    const record = await records.only(since);
    expect(record).toMatchObject({
      dialled,
      reading: 'pstn',
      called: e164,
      calling: '0262006100082',
      endedBy: 'caller',
      reason: 'hangup',
      q850: 16,
      legs: [{ attempt: 1, kind: 'trunk', target: gateway, called, calling, q850: 16 }],
    });
    expectWireTime(record.answeredAt, await call.answered());
    expectWireTime(record.endedAt, ended.at);
  });

  it('what the gateway plays before the answer is heard, and the call is not answered by it', async () => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    // 9006: the gateway does as this test tells it.
    const call = await phoneA.dial('0262009006');
    const arrived = await lab.role('gw-kr').incoming();
    await arrived.controlled();
    await arrived.progress();
    await arrived.playTone(850);
    await call.progressed();
    await call.hearsTone(850);
    expect(call.facts.answered).toBeUndefined();
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ answeredAt: null, reason: 'cancelled', sip: 487 });
  });

  it('what the gateway plays is heard before the answer and goes on after it, and the call ends as any other', async () => {
    const { lab, phoneA, records } = world;
    const since = new Date();
    // 9003: the gateway plays its tone (183), answers after a second and plays on.
    const call = await phoneA.dial('0262009003');
    const arrived = await lab.role('gw-kr').incoming();
    await call.progressed();
    await call.hearsTone(lab.role('gw-kr').toneHz);
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hearsTone(lab.role('gw-kr').toneHz);
    await call.hangup();
    const [ended] = await Promise.all([call.ended(), arrived.ended()]);
    const record = await records.only(since);
    expect(record).toMatchObject({ endedBy: 'caller', reason: 'hangup', q850: 16 });
    expectWireTime(record.answeredAt, await call.answered());
    expectWireTime(record.endedAt, ended.at);
  });
});
