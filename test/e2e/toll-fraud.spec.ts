import { describe, expect, it } from '@jest/globals';
import type { RoleName } from '../lab/lab-role.js';
import { callsThatLeft } from './support/wall.js';
import { inWorld } from './support/world.js';

const world = inWorld();
const STRANGER = '0312345678';

/** Numbers of the telephone network, dialled in every way that leads there from our own phones, and emergency numbers. */
const forbidden = ['0262001234', '+82262001234', '00181362001234', '+19005550123', '119', '112'];
const trunks: readonly RoleName[] = ['gw-kr', 'carrier'];

describe('a call that comes from a trunk', () => {
  it.each(trunks.flatMap((trunk) => forbidden.map((number) => [trunk, number] as const)))(
    'of %s to %s is told 404 and never leaves',
    async (trunk, number) => {
      const { lab, records } = world;
      const since = new Date();
      const left = callsThatLeft(lab);
      const call = await lab.role(trunk).dial(number, { callingNumber: STRANGER });
      expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip: 404 });
      const record = await records.only(since);
      expect(record).toMatchObject({
        origin: 'trunk',
        dialled: number,
        endedBy: 'exchange',
        sip: 404,
        legs: [],
      });
      expect(['not-allowed', 'invalid-number', 'unallocated-number']).toContain(record.reason);
      expect(callsThatLeft(lab)).toBe(left);
    },
  );

  it('reaches a member at his number in the telephone network', async () => {
    const { lab, phoneB, records } = world;
    const since = new Date();
    const call = await lab.role('gw-kr').dial('0262006200', { callingNumber: STRANGER });
    const arrived = await phoneB.incoming();
    await arrived.answer();
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({
      origin: 'trunk',
      trunk: 'gw-kr',
      calling: STRANGER,
      reason: 'hangup',
      legs: [{ kind: 'device', target: 'lab-b' }],
    });
  });
});
