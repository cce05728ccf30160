import { describe, expect, it } from '@jest/globals';
import { deviceVars, FakeNode } from './fake-ari.js';
import { connect, FakeJournal, FakeStore, type House, leg, openHouse, quiet } from './fake-house.js';

const toBob = connect([[leg('PJSIP/bob')]]);

/** Ann (a device) calls Bob, who answers. */
async function talking(from: 'device' | 'trunk' = 'device') {
  const node = new FakeNode();
  const store = new FakeStore();
  const journal = new FakeJournal();
  const house = openHouse(node, store, journal, toBob);
  await node.connect(house.exchange);
  if (from === 'device') node.callIn('ann', '1', deviceVars('ann'), 'PJSIP/ann-00000001');
  else node.callIn('ann', '1');
  await quiet();
  const bob = node.dialled[0] ?? '';
  node.answer(bob);
  await quiet();
  return { node, store, journal, house, bob };
}
type Talk = Awaited<ReturnType<typeof talking>>;

const target = ({ node }: Talk): string => node.dialled.at(-1) ?? '';
const records = ({ store }: Talk) =>
  [...store.rows.values()].sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id));

async function pass(house: House, seconds = 30): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    house.clock.advance(1_000);
    await quiet();
  }
}

/** Nothing once the ends of calls, which wait for each other, are saved. */
async function expectNothingLeft({ node, house }: Talk): Promise<void> {
  house.clock.advance(200);
  await quiet();
  expect([...node.channels.keys(), ...node.bridges.keys()]).toEqual([]);
  expect(house.registry.size).toBe(0);
  expect(house.surprises).toEqual([]);
  expect(house.strangers).toEqual([]);
}

async function killed(talk: Talk): Promise<Talk> {
  talk.node.disconnect();
  const house = openHouse(talk.node, talk.store, talk.journal, toBob);
  const connected = talk.node.connect(house.exchange);
  await quiet();
  await pass(house, 2);
  await connected;
  await quiet();
  return { ...talk, house };
}

describe('a blind transfer', () => {
  it('by the called party puts the caller through, and makes a call of his own that he pays', async () => {
    const talk = await talking('trunk');
    const { node, bob } = talk;
    node.refer(bob, '6200-6200#082');
    await quiet();
    expect(node.told).toEqual([]);
    const carol = target(talk);
    expect([...(node.bridges.values().next().value ?? [])]).toEqual([bob]);
    node.answer(carol);
    await quiet();
    expect(node.told).toEqual([{ channel: bob, progress: 'answered' }]);
    expect(node.channels.has(bob)).toBe(false);
    expect([...node.bridges.values()].map((members) => [...members])).toEqual([['ann', carol]]);
    node.hangUp('ann');
    await quiet();
    await expectNothingLeft(talk);
    const [first, second] = records(talk);
    expect(first).toMatchObject({
      origin: 'trunk',
      endedBy: 'callee',
      reason: 'transferred',
      billable: true,
    });
    // What is paid for is Bob's connection, which ended with his leaving.
    expect(first?.endedAt).toBe(first?.legs[0]?.endedAt);
    expect(first?.endedAt).toBeLessThan(second?.endedAt ?? 0);
    expect(second).toMatchObject({
      origin: 'member',
      memberId: 'member-bob',
      deviceId: 'device-bob',
      callerChannel: 'ann',
      dialled: '6200-6200#082',
      endedBy: 'caller',
      reason: 'hangup',
      billable: true,
    });
    expect(second?.legs).toMatchObject([{ channelId: carol }]);
    expect(first?.trace.links).toMatchObject([{ how: 'opened', call: second?.id }]);
    expect(second?.trace.links).toEqual([{ how: 'opened-by', call: first?.id }]);
  });

  it('by the caller keeps the called party, whom he goes on paying until he hangs up', async () => {
    const talk = await talking();
    const { node, bob } = talk;
    node.refer('ann', '119');
    await quiet();
    const carol = target(talk);
    node.answer(carol);
    await quiet();
    expect(node.channels.has('ann')).toBe(false);
    expect([...node.bridges.values()].map((members) => [...members])).toEqual([[bob, carol]]);
    node.hangUp(carol);
    await quiet();
    await expectNothingLeft(talk);
    const [first, second] = records(talk);
    expect(first).toMatchObject({ memberId: 'member-ann', reason: 'transferred' });
    expect(second).toMatchObject({ memberId: 'member-ann', endedBy: 'callee', reason: 'hangup' });
    expect(first?.endedAt).toBeGreaterThanOrEqual(second?.endedAt ?? Number.POSITIVE_INFINITY);
  });

  it('to somebody who is busy brings the party back, and he talks on', async () => {
    const talk = await talking();
    const { node, bob } = talk;
    node.refer(bob, '1');
    await quiet();
    node.hangUp(target(talk), 17, 486);
    await quiet();
    expect(node.told).toEqual([{ channel: bob, progress: 'declined' }]);
    expect([...node.bridges.values()].map((members) => [...members].sort())).toEqual([['ann', bob].sort()]);
    node.refer(bob, '2');
    await quiet();
    node.answer(target(talk));
    await quiet();
    node.hangUp('ann');
    await quiet();
    await expectNothingLeft(talk);
    expect(records(talk).map(({ reason, dialled }) => `${dialled} ${reason}`)).toEqual([
      '1 transferred',
      '1 busy',
      '2 hangup',
    ]);
  });

  it('to somebody who is busy ends for all when the transferor has left', async () => {
    const talk = await talking();
    const { node, bob } = talk;
    node.refer(bob, '1');
    await quiet();
    node.hangUp(bob);
    await quiet();
    expect(node.channels.has('ann')).toBe(true);
    node.hangUp(target(talk), 17, 486);
    await quiet();
    await expectNothingLeft(talk);
    expect(records(talk).map(({ reason }) => reason)).toEqual(['transferred', 'busy']);
  });

  it('of which the transferor hangs up at once goes on', async () => {
    const talk = await talking();
    const { node, bob } = talk;
    node.refer(bob, '1');
    node.hangUp(bob);
    await quiet();
    const carol = target(talk);
    node.answer(carol);
    await quiet();
    expect([...node.bridges.values()].map((members) => [...members])).toEqual([['ann', carol]]);
    node.hangUp(carol);
    await quiet();
    await expectNothingLeft(talk);
    expect(records(talk).map(({ reason }) => reason)).toEqual(['transferred', 'hangup']);
  });

  it('ends when the kept party hangs up while the target rings', async () => {
    const talk = await talking();
    talk.node.refer(talk.bob, '1');
    await quiet();
    talk.node.hangUp('ann');
    await quiet();
    await expectNothingLeft(talk);
    expect(records(talk).map(({ reason, endedBy }) => `${reason} ${endedBy}`)).toEqual([
      'hangup caller',
      'cancelled caller',
    ]);
  });

  it('is declined to who is no device of ours, while a transfer is under way, and before the call is answered', async () => {
    const talk = await talking('trunk');
    const { node, bob } = talk;
    node.refer('ann', '00821012345678');
    await quiet();
    expect(node.told).toEqual([{ channel: 'ann', progress: 'declined' }]);
    expect(node.dialled).toEqual([bob]);
    node.refer(bob, '1');
    await quiet();
    node.refer(bob, '2');
    await quiet();
    expect(node.told.at(-1)).toEqual({ channel: bob, progress: 'declined' });
    expect(node.dialled).toHaveLength(2);
    node.hangUp('ann');
    await quiet();
    await expectNothingLeft(talk);
  });

  it.each(['ann', 'bob', 'nobody'])(
    'is taken up after kill -9 while the target rings; %s left meanwhile',
    async (who) => {
      const talk = await talking();
      const { node, bob } = talk;
      node.refer(bob, '1');
      await quiet();
      const carol = target(talk);
      node.disconnect();
      if (who !== 'nobody') node.hangUp(who === 'bob' ? bob : 'ann');
      if (who === 'nobody') node.answer(carol);
      const after = await killed(talk);
      if (who === 'bob') node.answer(carol);
      await quiet();
      if (who !== 'ann') {
        expect([...node.bridges.values()].map((members) => [...members])).toEqual([['ann', carol]]);
        expect(node.channels.has(bob)).toBe(false);
        node.hangUp('ann');
      }
      await pass(after.house);
      await expectNothingLeft(after);
      for (const record of records(after)) expect(record.endedAt).not.toBeNull();
    },
  );

  it('is taken up after kill -9 while the kept party talks to the target', async () => {
    const talk = await talking();
    const { node, bob } = talk;
    node.refer(bob, '1');
    await quiet();
    const carol = target(talk);
    node.answer(carol);
    await quiet();
    const after = await killed(talk);
    expect([...node.channels.keys()].sort()).toEqual(['ann', carol].sort());
    node.hangUp(carol);
    await pass(after.house);
    await expectNothingLeft(after);
    expect(records(after).map(({ reason }) => reason)).toEqual(['transferred', 'hangup']);
  });
});

describe('an attended transfer', () => {
  /** Ann talks to Bob, who holds her and calls Carol, who answers. */
  async function consulting(from: 'device' | 'trunk' = 'trunk') {
    const talk = await talking(from);
    const { node } = talk;
    node.callIn('bob2', '3', deviceVars('bob'), 'PJSIP/bob-00000009');
    await quiet();
    const carol = target(talk);
    node.answer(carol);
    await quiet();
    return { ...talk, carol };
  }

  it('joins the two, hangs up the transferor twice, and each record lasts as long as whom it pays for', async () => {
    const talk = await consulting();
    const { node, bob, carol } = talk;
    node.refer(bob, 'carol', 'bob2');
    await quiet();
    expect(node.told).toEqual([{ channel: bob, progress: 'answered' }]);
    expect([...node.channels.keys()].sort()).toEqual(['ann', carol].sort());
    expect([...node.bridges.values()].map((members) => [...members].sort())).toEqual([['ann', carol].sort()]);
    node.hangUp('ann');
    await quiet();
    await expectNothingLeft(talk);
    const [first, second] = records(talk);
    expect(first).toMatchObject({ origin: 'trunk', reason: 'transferred', endedBy: 'callee' });
    expect(second).toMatchObject({ memberId: 'member-bob', reason: 'transferred', endedBy: 'caller' });
    // Ann was called by nobody: her record ended when Bob left. Carol was, by Bob, who pays to the end.
    expect(first?.endedAt).toBe(first?.legs[0]?.endedAt);
    expect(second?.endedAt).toBeGreaterThan(first?.endedAt ?? Number.POSITIVE_INFINITY);
  });

  it('is declined when the other call is not his', async () => {
    const talk = await talking();
    const { node, bob } = talk;
    node.callIn('eve', '3', deviceVars('eve'), 'PJSIP/eve-00000007');
    await quiet();
    const carol = target(talk);
    node.answer(carol);
    await quiet();
    node.refer(bob, 'carol', 'eve');
    node.refer(bob, 'carol', 'nowhere');
    await quiet();
    expect(node.told.map(({ progress }) => progress)).toEqual(['declined', 'declined']);
    expect(node.channels.size).toBe(4);
    node.hangUp('ann');
    node.hangUp('eve');
    await quiet();
    await expectNothingLeft(talk);
  });

  it('given_it_is_not_safe_yet_then_nothing_of_it_is_done_and_after_kill_9_all_talk_on_as_before', async () => {
    const talk = await consulting();
    const { node, store, bob, carol } = talk;
    await pass(talk.house, 2);
    const bridges = () => [...node.bridges.values()].map((members) => [...members].sort());
    const before = bridges();
    store.busy = new Promise(() => undefined);
    node.refer(bob, 'carol', 'bob2');
    await quiet();
    const four = ['ann', bob, 'bob2', carol].sort();
    expect({ told: node.told, there: [...node.channels.keys()].sort(), bridges: bridges() }).toEqual({
      told: [],
      there: four,
      bridges: before,
    });
    store.busy = undefined;
    const after = await killed(talk);
    expect({ there: [...node.channels.keys()].sort(), bridges: bridges() }).toEqual({
      there: four,
      bridges: before,
    });
    // He asks once more.
    node.refer(bob, 'carol', 'bob2');
    await quiet();
    expect([...node.channels.keys()].sort()).toEqual(['ann', carol].sort());
    node.hangUp(carol);
    await pass(after.house);
    await expectNothingLeft(after);
  });

  it.each(['first', 'second'])(
    'is complete after kill -9 when only the %s call was saved with it',
    async (saved) => {
      const talk = await consulting();
      const { node, store, bob, carol } = talk;
      // What waits to be saved is saved within a second.
      await pass(talk.house, 2);
      const before = new Map(store.rows);
      node.refer(bob, 'carol', 'bob2');
      await quiet();
      const [first, second] = records(talk);
      const lost = saved === 'first' ? second : first;
      const older = before.get(lost?.id ?? '');
      if (older !== undefined) store.rows.set(older.id, older);
      const after = await killed(talk);
      expect([...node.channels.keys()].sort()).toEqual(['ann', carol].sort());
      expect([...node.bridges.values()].map((members) => [...members].sort())).toEqual([
        ['ann', carol].sort(),
      ]);
      node.hangUp(carol);
      await pass(after.house);
      await expectNothingLeft(after);
      expect(records(after).map(({ reason }) => reason)).toEqual(['transferred', 'transferred']);
    },
  );
});
