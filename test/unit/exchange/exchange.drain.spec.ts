import { describe, expect, it } from '@jest/globals';
import { FakeNode } from './fake-ari.js';
import { connect, FakeJournal, FakeStore, leg, openHouse, quiet } from './fake-house.js';

const simple = connect([[leg('PJSIP/b')]]);

async function world(decision = simple) {
  const node = new FakeNode();
  const store = new FakeStore();
  const house = openHouse(node, store, new FakeJournal(), decision);
  await node.connect(house.exchange);
  return { node, store, house };
}

async function ends(house: { clock: { advance(ms: number): void } }): Promise<void> {
  await quiet();
  house.clock.advance(200);
  await quiet();
}

describe('an exchange that is to end', () => {
  it('given_a_call_talks_then_it_is_not_waited_for_and_a_new_caller_gets_503', async () => {
    const { node, store, house } = await world();
    node.callIn('talker', '1');
    await quiet();
    node.answer(node.dialled[0] ?? '');
    await quiet();
    await house.exchange.drain();
    expect(house.exchange.ready).toBe(false);
    node.callIn('late', '1');
    await ends(house);
    expect([...store.rows.values()]).toContainEqual(
      expect.objectContaining({
        callerChannel: 'late',
        reason: 'restarting',
        q850: 42,
        sip: 503,
        billable: false,
      }),
    );
    expect(node.channels.get('talker')?.state).toBe('Up');
    expect(node.channels.has('late')).toBe(false);
  });

  it('given_a_call_is_being_set_up_then_it_is_waited_for_until_it_talks', async () => {
    const { node, house } = await world();
    node.callIn('caller', '1');
    let drained = false;
    const done = house.exchange.drain().then(() => {
      drained = true;
    });
    await Promise.resolve();
    expect(drained).toBe(false);
    await quiet();
    node.answer(node.dialled[0] ?? '');
    await quiet();
    await done;
    expect(drained).toBe(true);
  });

  it('given_a_phone_rings_when_the_process_goes_then_the_next_one_reads_in_the_record_that_it_rings', async () => {
    const { node, store, house } = await world();
    node.callIn('caller', '1');
    await quiet();
    const [rung = ''] = node.dialled;
    node.rings(rung);
    await quiet();
    await house.exchange.drain();
    const before = [...store.rows.values()][0];
    expect(before?.snapshot?.legs[0]?.status).toBe('creating');
    house.exchange.handOver();
    await house.recorder.stop();
    const after = [...store.rows.values()][0];
    expect(after?.snapshot).toMatchObject({ state: 'ringing', legs: [{ status: 'ringing' }] });
  });

  it('given_a_call_ends_as_the_process_goes_then_its_end_is_saved_and_told_to_who_charges_it', async () => {
    const { node, store, house } = await world();
    node.callIn('caller', '1');
    await quiet();
    node.answer(node.dialled[0] ?? '');
    await quiet();
    node.hangUp('caller');
    await quiet();
    await house.exchange.drain();
    // Its end still waits for other ends.
    expect(store.told).toEqual([]);
    house.exchange.handOver();
    await house.recorder.stop();
    const [id] = store.rows.keys();
    expect(store.told).toEqual([id]);
  });

  it('given_somebody_calls_for_help_then_he_is_put_through', async () => {
    const { node, house } = await world(connect([[leg('PJSIP/b')]], true));
    void house.exchange.drain();
    node.callIn('help', '119');
    await quiet();
    expect(node.dialled).toHaveLength(1);
    node.hangUp('help');
    await ends(house);
  });
});
