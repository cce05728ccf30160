import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deviceVars, FakeNode } from './fake-ari.js';
import { connect, FakeJournal, FakeStore, type House, leg, openHouse, quiet } from './fake-house.js';

/** Some targets ring on two phones, so that one is dropped when the other answers. */
const decisions = [connect([[leg('PJSIP/bob')]]), connect([[leg('PJSIP/bob'), leg('PJSIP/carol')]])];

/** What people and machines may do, in any order; the number picks whom. */
const deeds = ['call', 'answer', 'refuse', 'hangup', 'blind', 'attended', 'second', 'kill', 'dead'] as const;
type Deed = readonly [(typeof deeds)[number], number];
const story: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.tuple(fc.constantFrom(...deeds, 'answer', 'answer', 'blind', 'attended'), fc.nat(99)),
  { minLength: 4, maxLength: 30 },
);

class World {
  readonly node = new FakeNode();
  readonly store = new FakeStore();
  readonly journal = new FakeJournal();
  house: House;
  private callers = 0;

  constructor(private readonly decision = connect([[leg('PJSIP/bob')]])) {
    this.house = this.build();
  }

  private build(): House {
    return openHouse(this.node, this.store, this.journal, this.decision);
  }

  async connect(): Promise<void> {
    const connected = this.node.connect(this.house.exchange);
    await quiet();
    await this.pass(3);
    await connected;
    await quiet();
  }

  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.house.clock.advance(1_000);
      await quiet();
    }
  }

  async do([deed, n]: Deed): Promise<void> {
    const channels = [...this.node.channels.keys()];
    const one = channels[n % Math.max(1, channels.length)] ?? '';
    const other = channels[(n * 7 + 1) % Math.max(1, channels.length)] ?? '';
    switch (deed) {
      case 'call':
      case 'second': {
        const who = deed === 'call' ? 'ann' : 'bob';
        const id = `${who}-${++this.callers}`;
        if (n % 3 === 0) this.node.callIn(`trunk-${this.callers}`, '1');
        else this.node.callIn(id, '1', deviceVars(who), `PJSIP/${who}-000000${10 + this.callers}`);
        break;
      }
      case 'answer':
        this.node.answer(this.node.dialled.findLast((id) => this.node.channels.has(id)) ?? '');
        break;
      case 'refuse':
        this.node.hangUp(this.node.dialled.at(-1) ?? '', 17, 486);
        break;
      case 'hangup':
        this.node.hangUp(one);
        break;
      case 'blind':
        this.node.refer(one, '1');
        if (n % 4 === 0) this.node.hangUp(one);
        break;
      case 'attended':
        this.node.refer(one, '1', other);
        break;
      case 'kill':
        await this.kill(() => undefined);
        return;
      case 'dead':
        await this.kill(() => this.node.hangUp(one));
        return;
    }
    if (n % 2 === 0) await quiet();
    if (n % 5 === 0) await this.pass(2);
  }

  /** kill -9 of the exchange, and what happens while it is dead. */
  private async kill(meanwhile: () => void): Promise<void> {
    this.node.disconnect();
    meanwhile();
    this.house = this.build();
    await this.connect();
  }

  async peace(): Promise<void> {
    await quiet();
    await this.pass(2);
    for (const id of [...this.node.channels.keys()]) this.node.hangUp(id);
    await this.pass(130);
  }
}

describe('calls that are transferred, in whatever order things happen', () => {
  it('leave nothing behind, and every record is ended, once, with its times in order', async () => {
    await fc.assert(
      fc.asyncProperty(story, fc.constantFrom(...decisions), async (deedsDone, decision) => {
        const world = new World(decision);
        await world.connect();
        for (const deed of deedsDone) await world.do(deed);
        await world.peace();
        const { node, house, store } = world;
        expect([...node.channels.keys(), ...node.bridges.keys()]).toEqual([]);
        expect(house.registry.size).toBe(0);
        expect(house.surprises).toEqual([]);
        for (const record of store.rows.values()) {
          expect(record.endedAt).not.toBeNull();
          expect(record.endedAt).toBeGreaterThanOrEqual(record.answeredAt ?? record.startedAt);
        }
        // A leg that was answered is in exactly one record.
        const legs = [...store.rows.values()].flatMap((record) =>
          record.legs.filter(({ answeredAt }) => answeredAt !== null).map(({ channelId }) => channelId),
        );
        expect(new Set(legs).size).toBe(legs.length);
        const answered = [...node.log].filter(([id, { answeredAt }]) => id.includes('.a') && answeredAt);
        expect(legs.length).toBe(answered.length);
      }),
      { numRuns: 150 },
    );
  });
});
