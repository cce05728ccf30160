import { Admission } from '../../../src/exchange/admission.js';
import { CallRegistry } from '../../../src/exchange/call-registry.js';
import type { CallServices, OpenServices, ServedCaller } from '../../../src/exchange/call-services.js';
import type { CallStore, Stored } from '../../../src/exchange/call-store.js';
import type { Call } from '../../../src/exchange/domain/call.js';
import { huntingOn } from '../../../src/exchange/domain/hunt.js';
import type { CallRecord } from '../../../src/exchange/domain/record.js';
import { openCallOf } from '../../../src/exchange/domain/restore.js';
import type { Decision, LegPlan } from '../../../src/exchange/domain/verdict.js';
import { Exchange } from '../../../src/exchange/exchange.js';
import type { ExchangeWatch } from '../../../src/exchange/exchange.watch.js';
import type { Journal, Replayed } from '../../../src/exchange/journal.js';
import type { CallMoney, Extension, Grant } from '../../../src/exchange/money/call-money.js';
import { QueueDoor } from '../../../src/exchange/queues/queue-door.js';
import { Recorder } from '../../../src/exchange/recorder.js';
import { Recovery } from '../../../src/exchange/recovery.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import type { FakeNode } from './fake-ari.js';

const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** Call records as PostgreSQL keeps them: the highest version of each. Outlives the exchange. */
export class FakeStore implements CallStore {
  readonly rows = new Map<string, CallRecord>();
  /** Calls whose end was told to who charges them. */
  readonly told: string[] = [];
  away = false;
  /** It takes a while. */
  busy: Promise<void> | undefined;

  async save(record: CallRecord): Promise<Stored> {
    await this.busy;
    if (this.away) return 'away';
    const known = this.rows.get(record.id);
    if (known === undefined || known.version < record.version) this.rows.set(record.id, asJson(record));
    return 'saved';
  }

  async saveOpen(records: readonly CallRecord[]): Promise<Stored> {
    for (const record of records) if ((await this.save(record)) === 'away') return 'away';
    return 'saved';
  }

  /** As the real one: who charges is told of an end only where the end is newer than what is there. */
  async saveEnded(records: readonly CallRecord[]): Promise<Stored> {
    const newer = records.filter(({ id, version }) => (this.rows.get(id)?.version ?? 0) < version);
    const stored = await this.saveOpen(records);
    if (stored === 'saved') this.told.push(...newer.map(({ id }) => id));
    return stored;
  }

  async openCalls(): Promise<readonly Call[]> {
    if (this.away) throw new Error('away');
    return [...this.rows.values()].flatMap(({ snapshot }) => openCallOf(asJson(snapshot)) ?? []);
  }

  async answers(): Promise<boolean> {
    return !this.away;
  }
}

/** The journal in memory. Outlives the exchange, as its directory does. */
export class FakeJournal implements Journal {
  records: CallRecord[] = [];

  get size(): number {
    return this.records.length;
  }
  has(callId: string): boolean {
    return this.records.some(({ id }) => id === callId);
  }
  latest(): readonly CallRecord[] {
    const byCall = new Map<string, CallRecord>();
    for (const record of this.records) {
      if ((byCall.get(record.id)?.version ?? 0) < record.version) byCall.set(record.id, record);
    }
    return [...byCall.values()];
  }
  async append(record: CallRecord): Promise<void> {
    this.records.push(asJson(record));
  }
  async replay(save: (record: CallRecord) => Promise<Replayed>): Promise<boolean> {
    for (const record of [...this.records]) {
      if ((await save(record)) === 'later') return false;
      this.records = this.records.filter((other) => other !== record);
    }
    return true;
  }
}

export const leg = (endpoint: string, kind: LegPlan['kind'] = 'device'): LegPlan => ({
  kind,
  target: endpoint,
  endpoint,
  called: '0262006200082',
  calling: { withheld: false },
});

export const connect = (attempts: readonly (readonly LegPlan[])[], emergency = false): Decision => ({
  account: { reading: 'pin', steps: [], candidates: [] },
  verdict: {
    kind: 'connect',
    emergency,
    maxSeconds: 3_600,
    called: '0262006200082',
    language: 'en',
    limits: {},
    attempts: attempts.map((legs, at) => ({
      kind: 'ring',
      legs,
      answerWithin: 45,
      progressWithin: 12,
      after: huntingOn('trunk', at + 1 < attempts.length ? at + 2 : undefined),
    })),
  },
});

/** A service goes on until the test ends it. */
export class FakeServices implements CallServices {
  readonly started: string[] = [];
  readonly stopped: string[] = [];
  private tell: Parameters<OpenServices>[0] = () => undefined;

  open(ended: Parameters<OpenServices>[0]): this {
    this.tell = ended;
    return this;
  }
  start({ id }: ServedCaller): void {
    this.started.push(id);
  }
  stop(callId: string): void {
    this.stopped.push(callId);
  }
  say(): boolean {
    return false;
  }
  onEvent(): void {}
  look(): Promise<void> {
    return Promise.resolve();
  }
  end(callId: string): void {
    this.tell(callId, { type: 'service.ended', q850: 16 });
  }
}

/** Pays what the test says, when it says so. */
export class FakeMoney implements CallMoney {
  grant: () => Grant | Promise<Grant> = () => ({ kind: 'unmetered' });
  extension: () => Promise<Extension> = () => Promise.reject(new Error('nothing is metered here'));
  readonly closed: string[] = [];

  reserve(): Grant | Promise<Grant> {
    return this.grant();
  }
  extend(): Promise<Extension> {
    return this.extension();
  }
  close({ id }: Call): void {
    this.closed.push(id);
  }
}

/** Everything of the process that a kill takes along. */
export interface House {
  readonly exchange: Exchange;
  readonly registry: CallRegistry;
  readonly recorder: Recorder;
  readonly clock: ManualClock;
  readonly strangers: string[];
  readonly surprises: unknown[];
  replaced: boolean;
  readonly services: FakeServices;
  readonly money: FakeMoney;
  /** Trunks that carry more calls than they may. */
  readonly full: Set<string>;
}

/** What may be lost between the exchange and the world: decides about each request and save. */
export type Gate = (what: string) => 'carry-out' | 'drop' | 'lose-answer';

/** An exchange over the fake node. Not connected yet. */
export function openHouse(
  node: FakeNode,
  store: FakeStore,
  journal: FakeJournal,
  decision: Decision,
  gate: Gate = () => 'carry-out',
): House {
  const clock = new ManualClock(node.now());
  const registry = new CallRegistry(clock);
  const quiet = { warn: () => undefined, info: () => undefined, error: () => undefined };
  const recorder = new Recorder(gated(store, gate), journal, clock, quiet);
  const house = {
    strangers: [] as string[],
    surprises: [] as unknown[],
    replaced: false,
    services: new FakeServices(),
    money: new FakeMoney(),
    full: new Set<string>(),
  };
  const watch: ExchangeWatch = {
    arrived: () => undefined,
    adopted: () => undefined,
    moved: () => undefined,
    over: () => undefined,
    disconnected: () => undefined,
    contact: () => undefined,
    looked: () => undefined,
    stranger: (channel) => house.strangers.push(channel),
    failed: (_, error) => house.surprises.push(error),
  };
  const parts = { node: 'n1', ari: node.port(gate), clock, registry, recorder, watch };
  const exchange = new Exchange({
    ...parts,
    money: house.money,
    services: (ended) => house.services.open(ended),
    queues: new QueueDoor(),
    recordBridge: () => undefined,
    admission: new Admission({ calls: 100, perSecond: 100 }, () => registry.size, clock),
    decide: () => decision,
    recognise: (arrival) => arrival,
    isOver: ({ target }) => house.full.has(target),
    deviceOrigin: async (username) =>
      username.startsWith('gw-')
        ? undefined
        : {
            kind: 'member',
            memberId: `member-${username}`,
            deviceId: `device-${username}`,
            country: 'KR',
            username,
          },
    recovery: (hands) => new Recovery({ ...parts, cel: node, store, journal, hands }),
    onReplaced: () => {
      house.replaced = true;
    },
  });
  return Object.assign(house, { exchange, registry, recorder, clock });
}

function gated(store: FakeStore, gate: Gate): CallStore {
  const through = (save: () => Promise<Stored>): Promise<Stored> => {
    const fate = gate('save');
    if (fate === 'drop') return new Promise(() => undefined);
    const saved = save();
    return fate === 'carry-out' ? saved : new Promise(() => undefined);
  };
  return {
    openCalls: () => store.openCalls(),
    answers: () => store.answers(),
    saveOpen: (records) => (gate('save') === 'drop' ? new Promise(() => undefined) : store.saveOpen(records)),
    saveEnded: (records) => through(() => store.saveEnded(records)),
    save: (record) => through(() => store.save(record)),
  };
}

/** Lets everything that is ready happen: promises only, no time passes. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}
