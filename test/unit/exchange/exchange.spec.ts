import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../../src/exchange/domain/verdict.js';
import { FakeNode } from './fake-ari.js';
import {
  connect,
  FakeJournal,
  FakeStore,
  type Gate,
  type House,
  leg,
  openHouse,
  quiet,
} from './fake-house.js';

async function world(decision: Decision, gate?: Gate) {
  const node = new FakeNode();
  const store = new FakeStore();
  const journal = new FakeJournal();
  const house = openHouse(node, store, journal, decision, gate);
  await node.connect(house.exchange);
  return { node, store, journal, house };
}

/** Time passes for the process until nothing waits: at most two minutes, second by second. */
async function pass(house: House, seconds = 120): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    house.clock.advance(1_000);
    await quiet();
  }
}

/** A connection, with time passing meanwhile: the log of a dead Asterisk is read twice. */
async function connecting(node: FakeNode, house: House): Promise<void> {
  const connected = node.connect(house.exchange);
  await quiet();
  await pass(house, 1);
  await connected;
  await quiet();
}

const recordOf = (store: FakeStore) => {
  const [record, ...more] = [...store.rows.values()];
  expect(more).toEqual([]);
  if (record === undefined) throw new Error('no record');
  return record;
};

/** Nothing once the ends of calls, which wait for each other, are saved. */
async function expectNothingLeft({ node, house }: { node: FakeNode; house: House }): Promise<void> {
  house.clock.advance(200);
  await quiet();
  expect([...node.channels.keys(), ...node.bridges.keys()]).toEqual([]);
  expect(house.registry.size).toBe(0);
  expect(house.surprises).toEqual([]);
}

const simple = connect([[leg('PJSIP/b')]]);
const forked = connect([[leg('PJSIP/b1'), leg('PJSIP/b2')]]);
const twoWays = connect([[leg('PJSIP/1@gw1', 'trunk')], [leg('PJSIP/1@gw2', 'trunk')]]);

describe('the exchange', () => {
  it('connects, records and ends a call with six requests to Asterisk', async () => {
    const asked: string[] = [];
    const all = await world(simple, (what) => {
      asked.push(what);
      return 'carry-out';
    });
    const { node, store } = all;
    node.callIn('caller', '1');
    await quiet();
    expect(node.channels.get('caller')?.state).toBe('Ring');
    node.answer(node.dialled[0] ?? '');
    await quiet();
    expect(node.channels.get('caller')?.state).toBe('Up');
    node.hangUp(node.dialled[0] ?? '');
    await quiet();
    await expectNothingLeft(all);
    expect(recordOf(store)).toMatchObject({ endedBy: 'callee', reason: 'hangup', q850: 16, billable: true });
    expect(asked.filter((what) => what !== 'save' && what !== 'snapshot')).toEqual([
      'create-bridge',
      'create-leg',
      'join',
      'dial',
      'hangup',
      'destroy-bridge',
    ]);
  });

  it('does not dial before the set-up is recorded', async () => {
    const { node } = await world(simple, (what) => (what === 'save' ? 'drop' : 'carry-out'));
    node.callIn('caller', '1');
    await quiet();
    expect([...node.channels.keys()]).toHaveLength(2);
    expect(node.dialled).toEqual([]);
  });

  it('rings all phones of a member, and the first answer wins', async () => {
    const all = await world(forked);
    const { node, store } = all;
    node.callIn('caller', '1');
    await quiet();
    expect(node.dialled).toHaveLength(2);
    const [one = '', other = ''] = node.dialled;
    node.answer(other);
    await quiet();
    expect([...node.channels.keys()]).toEqual(['caller', other]);
    expect([...(node.bridges.values().next().value ?? [])]).toEqual(['caller', other]);
    expect(node.channels.get('caller')?.state).toBe('Up');
    expect(node.log.get(one)?.cause).toBe(26);
    node.hangUp('caller');
    await quiet();
    await expectNothingLeft(all);
    expect(recordOf(store)).toMatchObject({ endedBy: 'caller', reason: 'hangup' });
  });

  it('goes on to the second gateway when the first is congested, and tells busy at once', async () => {
    const all = await world(twoWays);
    const { node, store } = all;
    node.farEnds.set('PJSIP/1@gw1', { refuses: 34, sip: 503 }).set('PJSIP/1@gw2', { refuses: 17, sip: 486 });
    node.callIn('caller', '1');
    await quiet();
    await expectNothingLeft(all);
    expect(recordOf(store)).toMatchObject({
      endedBy: 'callee',
      reason: 'busy',
      q850: 17,
      sip: 486,
      billable: false,
    });
    expect(recordOf(store).legs.map(({ sip }) => sip)).toEqual([503, 486]);
    expect(node.log.get('caller')?.cause).toBe(17);
  });

  it('passes over a gateway that has filled up since the way was decided, but not for a call for help', async () => {
    const ways = [
      [leg('PJSIP/1@gw1', 'trunk')],
      [leg('PJSIP/1@gw2', 'trunk')],
      [leg('PJSIP/1@gw3', 'trunk')],
    ];
    for (const emergency of [false, true]) {
      const all = await world(connect(ways, emergency));
      const { node, store, house } = all;
      house.full.add('PJSIP/1@gw2');
      node.farEnds
        .set('PJSIP/1@gw1', { refuses: 34, sip: 503 })
        .set('PJSIP/1@gw2', { refuses: 17, sip: 486 });
      node.farEnds.set('PJSIP/1@gw3', { refuses: 17, sip: 486 });
      node.callIn('caller', '1');
      await quiet();
      await expectNothingLeft(all);
      const tried = recordOf(store).legs.map(({ target, sip }) => `${target} ${sip}`);
      expect(tried).toEqual(
        emergency
          ? ['PJSIP/1@gw1 503', 'PJSIP/1@gw2 486']
          : ['PJSIP/1@gw1 503', 'PJSIP/1@gw2 null', 'PJSIP/1@gw3 486'],
      );
    }
  });

  it('ends a call whose dial was never answered by Asterisk when the caller hangs up', async () => {
    const all = await world(simple, (what) => (what === 'dial' ? 'lose-answer' : 'carry-out'));
    const { node, store } = all;
    node.callIn('caller', '1');
    await quiet();
    node.hangUp('caller');
    await quiet();
    await expectNothingLeft(all);
    expect(recordOf(store)).toMatchObject({ endedBy: 'caller', reason: 'cancelled', sip: 487 });
  });

  it('gives up a far end that neither rings nor refuses, and tells the caller', async () => {
    const all = await world(simple);
    const { node, store, house } = all;
    node.farEnds.set('PJSIP/b', 'silent');
    node.callIn('caller', '1');
    await quiet();
    expect(node.channels.size).toBe(2);
    await pass(house, 11);
    expect(node.channels.size).toBe(2);
    await pass(house, 1);
    await expectNothingLeft(all);
    expect(recordOf(store)).toMatchObject({ reason: 'unreachable', q850: 20 });
  });

  it('tells a caller whose callee has no phone registered', async () => {
    const all = await world(simple);
    all.node.farEnds.set('PJSIP/b', 'absent');
    all.node.callIn('caller', '1');
    await quiet();
    await expectNothingLeft(all);
    expect(recordOf(all.store)).toMatchObject({ reason: 'unreachable', q850: 20, sip: 480 });
  });

  it('refuses new calls while the database is away, and closes their records when it is back', async () => {
    const all = await world(simple);
    const { node, store, house } = all;
    store.away = true;
    node.callIn('caller', '1');
    await quiet();
    await expectNothingLeft(all);
    expect(node.log.get('caller')?.cause).toBe(34);
    expect(node.dialled).toEqual([]);
    store.away = false;
    await pass(house, 2);
    expect(recordOf(store)).toMatchObject({ reason: 'not-recorded', q850: 34 });
    expect(all.journal.size).toBe(0);
  });

  it('lets a call for help out with the database away, and records it when it is back', async () => {
    const all = await world(connect([[leg('PJSIP/119@gw', 'trunk')]], true));
    const { node, store, house } = all;
    store.away = true;
    node.callIn('caller', '119');
    await quiet();
    node.answer(node.dialled[0] ?? '');
    node.hangUp('caller');
    await quiet();
    await expectNothingLeft(all);
    store.away = false;
    await pass(house, 2);
    expect(recordOf(store)).toMatchObject({ endedBy: 'caller', reason: 'hangup', billable: false });
  });

  it('ends its work at once when another exchange takes over', async () => {
    const { node, house } = await world(simple);
    node.callIn('caller', '1');
    await quiet();
    house.exchange.onReplaced();
    node.answer(node.dialled[0] ?? '');
    node.hangUp('caller');
    await pass(house);
    expect(house.replaced).toBe(true);
    // The leg stays for the one that took over; nothing was asked of Asterisk any more.
    expect([...node.channels.keys()]).toEqual(node.dialled);
  });

  it('hangs up a channel that is neither a device nor a trunk of ours', async () => {
    const { node, house } = await world(simple);
    node.callIn('caller', '1', {});
    await quiet();
    expect(house.strangers).toEqual(['caller']);
    expect(node.channels.size).toBe(0);
  });

  it('closes its calls when Asterisk died, with the time of the loss', async () => {
    const all = await world(simple);
    const { node, store, house } = all;
    node.callIn('caller', '1');
    await quiet();
    node.answer(node.dialled[0] ?? '');
    await quiet();
    node.restart();
    await connecting(node, house);
    await expectNothingLeft(all);
    expect(recordOf(store)).toMatchObject({ endedBy: 'node-lost', reason: 'node-lost', q850: 41 });
    expect(recordOf(store).endedAt).toBeLessThanOrEqual(node.startedAt.getTime());
  });

  it('learns what it missed while its connection was down', async () => {
    const all = await world(simple);
    const { node, store, house } = all;
    node.callIn('caller', '1');
    await quiet();
    node.answer(node.dialled[0] ?? '');
    await quiet();
    node.disconnect();
    node.hangUp('caller');
    const hungUpAt = node.log.get('caller')?.hungUpAt?.getTime();
    node.now();
    await node.connect(house.exchange);
    await quiet();
    await expectNothingLeft(all);
    expect(recordOf(store)).toMatchObject({ endedBy: 'caller', reason: 'hangup', endedAt: hungUpAt });
  });
});

/** Every place where the process may die: before or after each of its requests and saves. */
describe.each([
  ['one phone', simple, ['PJSIP/b']],
  ['two phones at once', forked, ['PJSIP/b1', 'PJSIP/b2']],
  ['two gateways in turn', twoWays, ['PJSIP/1@gw1', 'PJSIP/1@gw2']],
] as const)('killed at any point of a call to %s', (_, decision, endpoints) => {
  const fates = ['drop', 'lose-answer'] as const;
  const places = Array.from({ length: 16 }, (_, at) => at);
  const cases = places.flatMap((at) => fates.map((fate) => ({ at, fate })));

  it.each(cases)(
    'at request $at ($fate): ends the call once, leaves nothing, records it',
    async ({ at, fate }) => {
      const node = new FakeNode();
      const store = new FakeStore();
      const journal = new FakeJournal();
      if (decision === twoWays) node.farEnds.set(endpoints[0], { refuses: 34, sip: 503 });
      let asked = 0;
      let dead = false;
      const first = openHouse(node, store, journal, decision, (what) => {
        if (what === 'snapshot') return 'carry-out';
        if (dead) return 'drop';
        dead = asked++ === at;
        return dead ? fate : 'carry-out';
      });
      await node.connect(first.exchange);
      node.callIn('caller', '1');
      await quiet();
      node.answer(node.dialled.at(-1) ?? '');
      await quiet();
      if (!dead) node.hangUp('caller');
      await quiet();
      // The process is gone: Asterisk goes on alone, and the people too.
      node.disconnect();
      first.exchange.onReplaced();

      const second = openHouse(node, store, journal, decision);
      await connecting(node, second);
      const talking = [...node.channels.values()].filter(({ state }) => state === 'Up').length === 2;
      node.hangUp('caller');
      await pass(second, 70);

      await expectNothingLeft({ node, house: second });
      const records = [...store.rows.values()];
      expect(records.length).toBeLessThanOrEqual(1);
      for (const record of records) {
        expect(record.endedAt).not.toBeNull();
        const answers = node.dialled.map((id) => node.log.get(id)?.answeredAt?.getTime());
        if (record.answeredAt !== null) expect(answers).toContain(record.answeredAt);
        const callerEnd = node.log.get('caller')?.hungUpAt?.getTime() ?? 0;
        expect(record.endedAt).toBeLessThanOrEqual(callerEnd);
        if (talking)
          expect(record).toMatchObject({ endedBy: 'caller', reason: 'hangup', endedAt: callerEnd });
      }
      if (node.dialled.length > 0) expect(records).toHaveLength(1);
    },
  );
});
