import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LabPhone } from '../lab/lab-phone.js';
import { header, uriOf } from '../lab/sip-message.js';
import { registered } from './support/registered.js';
import { inWorld } from './support/world.js';

const world = inWorld();
const phones = new Map<string, LabPhone>();
const phone = (account: string): LabPhone => {
  const found = phones.get(account);
  if (found === undefined) throw new Error(`no phone ${account}`);
  return found;
};

beforeAll(async () => {
  const accounts = ['lab-us', 'lab-jp', 'lab-hanbit-kr', 'lab-hanbit-us', 'lab-hanbit-jp'];
  phones.set('lab-a', world.phoneA);
  for (const one of await registered(world.lab, ...accounts)) phones.set(one.username, one);
});

/** Who dials, what, which branch's phone rings, under which canonical number. */
const ways: readonly [from: string, dialled: string, branch: string, called: string][] = [
  ['lab-a', '62006200*', 'lab-hanbit-kr', '62006200#082'],
  ['lab-us', '62006200#', 'lab-hanbit-us', '62006200#001'],
  // 6200-6200 is a telephone in Tokyo, so there the # would only end dialling.
  ['lab-jp', '6200-6200*', 'lab-hanbit-jp', '62006200#081'],
  ['lab-a', '6200-6200#001', 'lab-hanbit-us', '62006200#001'],
  ['lab-a', '62006200*81', 'lab-hanbit-jp', '62006200#081'],
  ['lab-us', '62006200082', 'lab-hanbit-kr', '62006200#082'],
];

async function rings(from: string, dialled: string, branch: string) {
  const since = new Date();
  const call = await phone(from).dial(dialled);
  const arrived = await phone(branch).incoming();
  const invite = await arrived.invite();
  await arrived.answer();
  await Promise.all([call.answered(), arrived.answered()]);
  await call.hangup();
  await Promise.all([call.ended(), arrived.ended()]);
  return { invite, record: await world.records.only(since) };
}

describe('one company number, a branch in each country', () => {
  it.each(ways)('%s dials %s: %s rings as %s', async (from, dialled, branch, called) => {
    const { record } = await rings(from, dialled, branch);
    expect(record).toMatchObject({
      reading: 'vns',
      called,
      reason: 'hangup',
      legs: [{ kind: 'device', target: branch }],
    });
  });

  it.each([
    ['lab-a', 'hanbit.example', 'lab-hanbit-kr'],
    ['lab-us', 'sip:hanbit.example', 'lab-hanbit-us'],
    ['lab-jp', '한빛.example', 'lab-hanbit-jp'],
  ])('%s dials the company’s domain %s: %s rings', async (from, dialled, branch) => {
    expect((await rings(from, dialled, branch)).record).toMatchObject({ reading: 'domain' });
  });

  it('a branch is shown by the company’s number with its own country’s code', async () => {
    const { phoneB, records } = world;
    const since = new Date();
    const call = await phone('lab-hanbit-us').dial('02-6200-6200-082');
    const arrived = await phoneB.incoming();
    const from = uriOf(header(await arrived.invite(), 'from') ?? '');
    expect(from.user).toBe('62006200#001');
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ calling: '62006200#001', reason: 'cancelled' });
  });

  it('a partner’s centre reaches a branch by the number as it is', async () => {
    const since = new Date();
    const call = await world.lab.role('centre-jp').dial('62006200#082', { callingNumber: '0662006400081' });
    const arrived = await phone('lab-hanbit-kr').incoming();
    await arrived.answer();
    await Promise.all([call.answered(), arrived.answered()]);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(await world.records.only(since)).toMatchObject({ trunk: 'partner-jp', called: '62006200#082' });
  });

  it('a country code without a branch is refused', async () => {
    const since = new Date();
    const call = await phone('lab-a').dial('62006200*49');
    expect(await call.ended()).toMatchObject({ sip: 404 });
    expect(await world.records.only(since)).toMatchObject({ reason: 'no-branch', q850: 1, legs: [] });
  });
});
