import { describe, expect, it } from '@jest/globals';
import type { TrunkRegistration } from '../../infra/ari/trunk-registration.js';
import { ManualClock } from '../../kernel/clock.js';
import { err, failure, ok } from '../../kernel/result.js';
import { TrunkRegistrations } from './trunk-registrations.js';

/** Lets promises that are settled already be heard. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** Trunks that ought to register, and an Asterisk that says how they stand; `undefined`: it is away. */
function world(wanted: readonly string[]) {
  const clock = new ManualClock();
  const told: string[] = [];
  const asterisk: { says: Record<string, TrunkRegistration> | undefined; asked: number } = {
    says: {},
    asked: 0,
  };
  const trunks = [...wanted];
  const watch = new TrunkRegistrations(
    'n1',
    {
      rows: async <Row extends object>() => trunks.map((id) => ({ id })) as unknown as readonly Row[],
      run: async (text, values) => {
        told.push(text.startsWith('DELETE') ? `only ${values?.[1]}` : `${values?.[0]} ${values?.[2]}`);
        return 1;
      },
    },
    {
      trunkRegistrations: async () => {
        asterisk.asked++;
        return asterisk.says === undefined
          ? err(failure('console.unavailable', 'away'))
          : ok(new Map(Object.entries(asterisk.says)));
      },
    },
    { tell: () => void told.push('pages') },
    clock,
    { info: () => undefined, warn: () => undefined },
  );
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await settle();
  };
  return { watch, clock, told, asterisk, trunks, pass };
}

describe('how trunks are registered', () => {
  it('is written where it changed, and looked at each second until all are registered', async () => {
    const { watch, told, asterisk, pass } = world(['a']);
    watch.start();
    await settle();
    expect(told.splice(0)).toEqual(['only a', 'a unregistered', 'pages']);
    asterisk.says = { a: 'registered', stranger: 'rejected' };
    await pass(1_000);
    expect(told.splice(0)).toEqual(['only a', 'a registered', 'pages']);
    await pass(9_000);
    expect(asterisk.asked).toBe(2);
    asterisk.says = { a: 'rejected' };
    await pass(1_000);
    expect(told.splice(0)).toEqual(['only a', 'a rejected', 'pages']);
  });

  it('is asked of Asterisk only where a trunk registers, soon after one has changed', async () => {
    const { watch, told, asterisk, trunks, pass } = world([]);
    watch.start();
    await pass(10_000);
    expect(asterisk.asked).toBe(0);
    trunks.push('new');
    asterisk.says = { new: 'registered' };
    watch.changed('device:x');
    await pass(1_000);
    expect(told).toEqual([]);
    watch.changed('trunk:new');
    await pass(1_000);
    expect(told.splice(0)).toEqual(['only new', 'new registered', 'pages']);
    trunks.pop();
    watch.changed('trunk:new');
    await pass(1_000);
    expect(told).toEqual(['only ', 'pages']);
  });

  it('stays as it was while Asterisk is away, and nothing is looked at after the stop', async () => {
    const { watch, clock, told, asterisk, pass } = world(['a']);
    asterisk.says = { a: 'registered' };
    watch.start();
    await settle();
    told.length = 0;
    asterisk.says = undefined;
    await pass(10_000);
    expect(told).toEqual([]);
    await watch.stop();
    expect(clock.pending).toBe(0);
  });
});
