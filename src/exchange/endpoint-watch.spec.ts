import { describe, expect, it } from '@jest/globals';
import type { SipObjects } from '../infra/ari/sip-objects.js';
import { err, failure, ok } from '../kernel/result.js';
import { EndpointWatch } from './endpoint-watch.js';

/** A database with these endpoints, and an Asterisk that writes down what it is told. */
function world(there: readonly string[], registered: readonly string[] = []) {
  const told: string[] = [];
  const copied: string[] = [];
  const warnings: string[] = [];
  const say =
    (what: string) =>
    async (...args: readonly unknown[]) => {
      told.push([what, ...args].join(' '));
      return args[0] === 'broken' ? err(failure('console.refused', 'no')) : ok(undefined);
    };
  const objects = {
    changed: say('changed'),
    removed: say('removed'),
    allChanged: say('allChanged'),
    addressesChanged: say('addressesChanged'),
    registrationChanged: say('registrationChanged'),
    allRegistrationsChanged: say('allRegistrationsChanged'),
    deleteContacts: say('deleteContacts'),
    registered: async () => ok(new Set(registered)),
  };
  const sql = {
    rows: async (text: string, [value]: readonly unknown[] = []) => {
      if (text.includes('unnest'))
        return (value as string[]).filter((id) => !there.includes(id)).map((id) => ({ id }));
      if (text.includes('member_id')) return there.map((username) => ({ username }));
      return there.includes(String(value)) ? [{}] : [];
    },
    run: async () => 0,
  };
  const watch = new EndpointWatch(
    sql as never,
    objects as unknown as SipObjects,
    { changed: async (payload) => void copied.push(payload) },
    {
      warn: ({ what }: { what?: string }) => warnings.push(String(what)),
    },
  );
  return { watch, told, copied, warnings };
}

describe('Asterisk follows our rows', () => {
  it('a changed device is read anew, a removed one loses its registration, in the order of the changes', async () => {
    const { watch, told, copied } = world(['a', 'broken']);
    watch.changed('device:a');
    watch.changed('device:gone');
    watch.changed('trunk:gw');
    watch.changed('route:whatever');
    await watch.settled();
    expect(told).toEqual([
      'changed a',
      'removed gone',
      'changed gw',
      'addressesChanged',
      'registrationChanged gw',
    ]);
    expect(copied).toEqual(['device:a', 'device:gone', 'trunk:gw']);
  });

  it("a member's change touches each of his devices", async () => {
    const { watch, told } = world(['a', 'b']);
    watch.changed('member:m');
    await watch.settled();
    expect(told).toEqual(['changed a', 'changed b']);
  });

  it('a failure is reported and holds up nothing after it', async () => {
    const { watch, told, warnings } = world(['a', 'broken']);
    watch.changed('device:broken');
    watch.changed('device:a');
    await watch.settled();
    expect(warnings).toEqual(['device:broken']);
    expect(told).toEqual(['changed broken', 'changed a']);
  });

  it('when changes may have been missed nothing cached is believed, and registrations without a row end', async () => {
    const { watch, told } = world(['a'], ['a', 'gone']);
    watch.resync();
    await watch.settled();
    expect(told).toEqual(['allChanged', 'allRegistrationsChanged', 'deleteContacts gone']);
  });
});
