import { describe, expect, it } from '@jest/globals';
import type { AttemptPlan, Connect, Decision } from '../../../src/exchange/domain/verdict.js';
import type { Grant } from '../../../src/exchange/money/call-money.js';
import { deviceVars, FakeNode } from './fake-ari.js';
import { connect, FakeJournal, FakeStore, type House, leg, openHouse, quiet } from './fake-house.js';

const refused: Decision = {
  account: { steps: [], candidates: [] },
  verdict: { kind: 'refuse', reason: 'unallocated-number', q850: 1, language: 'ko' },
};
const plan = (...attempts: AttemptPlan[]): Decision => {
  const { verdict, account } = connect([]);
  return { account, verdict: { ...(verdict as Connect), attempts } };
};
const echo: AttemptPlan = { kind: 'serve', service: { name: 'echo', language: 'ko' } };
const gateway = (name: string, next?: number): AttemptPlan => ({
  kind: 'ring',
  legs: [leg(`PJSIP/1@${name}`, 'trunk')],
  answerWithin: 45,
  progressWithin: 12,
  silentWithin: 1.5,
  after: next === undefined ? {} : { unreachable: next },
});

const passing = async (house: House, ms: number) => {
  house.clock.advance(ms);
  await quiet();
};

async function world(decision: Decision) {
  const node = new FakeNode();
  const store = new FakeStore();
  const journal = new FakeJournal();
  const house = openHouse(node, store, journal, decision);
  await node.connect(house.exchange);
  const call = async () => {
    node.callIn('caller', '1', deviceVars('kim'), 'PJSIP/kim-00000001');
    await quiet();
    return house.registry.all()[0]?.call.id ?? '';
  };
  /** kill -9, and another process with the same decision and everything that outlives a process. */
  const again = async (): Promise<House> => {
    node.disconnect();
    const next = openHouse(node, store, journal, decision);
    const connected = node.connect(next.exchange);
    for (let second = 0; second < 2; second++) {
      await quiet();
      next.clock.advance(1_000);
    }
    await connected;
    await quiet();
    return next;
  };
  /** Ends of calls wait for each other a moment, to be saved together. */
  const record = async () => {
    await passing(house, 200);
    return [...store.rows.values()][0];
  };
  return { node, house, call, again, record };
}
describe('the exchange tells a caller why', () => {
  it('before the cause, and hangs up when it was said', async () => {
    const { node, call, record } = await world(refused);
    const id = await call();
    expect(node.played).toEqual(['caller ko sound:anydial/unallocated']);
    expect(node.channels.get('caller')?.state).toBe('Ring');
    node.playbackFinished(`${id}.p`);
    await quiet();
    expect(node.channels.size).toBe(0);
    expect(await record()).toMatchObject({ reason: 'unallocated-number', sip: 404, answeredAt: null });
  });

  it('and does not wait longer than twelve seconds for a recording that never ends', async () => {
    const { node, house, call } = await world(refused);
    await call();
    await passing(house, 11_900);
    expect(node.channels.size).toBe(1);
    await passing(house, 200);
    expect(node.channels.size).toBe(0);
  });
});

describe('a gateway that is silent', () => {
  it('is left for the next after a second and a half; one that said 100 is not', async () => {
    const { node, house, call } = await world(plan(gateway('gw1', 2), gateway('gw2')));
    node.farEnds.set('PJSIP/1@gw1', 'silent');
    node.farEnds.set('PJSIP/1@gw2', 'trying');
    await call();
    await passing(house, 1_400);
    expect(node.dialled).toHaveLength(1);
    await passing(house, 200);
    expect(node.dialled.map((one) => one.slice(-4))).toEqual(['a1.1', 'a2.1']);
    await passing(house, 5_000);
    expect([...node.channels.keys()].filter((one) => one.endsWith('a2.1'))).toHaveLength(1);
  });
});

describe('a service', () => {
  it('is begun when the caller is answered, stopped when he hangs up', async () => {
    const { node, house, call, record } = await world(plan(echo));
    const id = await call();
    expect(node.channels.get('caller')?.state).toBe('Up');
    expect(house.services.started).toEqual([id]);
    node.hangUp('caller');
    await quiet();
    expect(house.services.stopped).toEqual([id]);
    expect(await record()).toMatchObject({ endedBy: 'caller', reason: 'hangup', billable: false });
  });

  it('ends the call when it is over', async () => {
    const { node, house, call, record } = await world(plan(echo));
    house.services.end(await call());
    await quiet();
    expect(node.channels.size).toBe(0);
    expect(await record()).toMatchObject({ reason: 'served', q850: 16 });
  });

  it('is begun again by the next process, once, however often it looks', async () => {
    const { node, call, again } = await world(plan(echo));
    const id = await call();
    const next = await again();
    expect(next.services.started).toEqual([id]);
    await passing(next, 60_000);
    expect(next.services.started).toEqual([id]);
    node.hangUp('caller');
    await quiet();
    expect(next.services.stopped).toEqual([id]);
    expect(next.surprises).toEqual([]);
  });
});

describe('who pays', () => {
  it('is asked while the record is saved and the leg is made; only dialling waits', async () => {
    const { node, house, call } = await world(plan(gateway('gw1')));
    const answer = Promise.withResolvers<Grant>();
    house.money.grant = () => answer.promise;
    await call();
    expect([node.channels.size, node.bridges.size, node.dialled.length]).toEqual([2, 1, 0]);
    answer.resolve({ kind: 'granted', seconds: 20 });
    await quiet();
    expect(node.dialled).toHaveLength(1);
    expect(node.limits.at(-1)?.[1]).toEqual({ 'TIMEOUT(absolute)': '65.000' });
  });

  it('refuses the call when nobody can say', async () => {
    const { node, house, call, record } = await world(plan(gateway('gw1')));
    house.money.grant = () => Promise.reject(new Error('away'));
    const id = await call();
    expect(node.played).toEqual(['caller en sound:anydial/service-away']);
    node.playbackFinished(`${id}.p`);
    await quiet();
    expect(await record()).toMatchObject({ reason: 'billing-away', sip: 503 });
    expect(house.money.closed).toEqual([id]);
  });

  it('is asked again before the slice is used up; when he has no more, both are warned a minute before the end', async () => {
    const { node, house, call } = await world(plan(gateway('gw1')));
    house.money.grant = () => ({ kind: 'granted', seconds: 120 });
    house.money.extension = () => Promise.resolve({ kind: 'last', reason: 'credit' });
    const id = await call();
    node.answer(node.dialled[0] ?? '');
    await quiet();
    await passing(house, 120_000);
    await passing(house, 60_000);
    expect(node.played).toEqual([`${id}.b en sound:anydial/one-minute-left`]);
  });
});
