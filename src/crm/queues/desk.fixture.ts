import type { CallHands, CallPhones, QueueHands, QueueNews, QueueService } from '../../exchange/index.js';
import type { PageEvent } from '../../infra/http/events/page-event.js';
import { ManualClock } from '../../kernel/clock.js';
import { Desk } from './desk.js';
import { House } from './house.js';
import type { AgentRow, QueueRow, Visit } from './queue.rows.js';
import type { QueueStore } from './queue-store.js';
import type { RecordingRule } from './recordings.js';

export const queue: QueueRow = {
  id: 'seoul',
  companyId: 'hanbit',
  branchId: null,
  name: 'Seoul',
  country: 'KR',
  extension: '71',
  languages: ['ko', 'en'],
  skill: null,
  rules: ['language >= 50', 'wait > 60 s and language >= 20'],
  overflow: [],
  answer: 'at-once',
  priority: 0,
  maxWaiting: 2,
  maxWaitSeconds: 300,
  ringSeconds: 20,
  wrapUpSeconds: 10,
  announceSeconds: 30,
  callback: true,
  survey: false,
  enabled: true,
  hours: [],
};
export const agentRow = (id: string, ko: number, more: Partial<AgentRow> = {}): AgentRow => ({
  id,
  companyId: 'hanbit',
  accountId: null,
  memberId: `member-${id}`,
  number: `2${id.length}1`,
  pinHash: null,
  name: id,
  country: 'KR',
  languages: { ko },
  skills: {},
  supervisor: false,
  queues: ['seoul'],
  state: 'offline',
  reason: null,
  since: new Date(0),
  until: null,
  next: null,
  device: null,
  queueCallId: null,
  ...more,
});
export const service = (number: string, more: Partial<QueueService['visitor']> = {}): QueueService => ({
  name: 'queue',
  to: { queue: 'seoul' },
  visitor: { country: 'KR', number, dialled: '1', ...more },
  language: 'ko',
});

/** A desk with two agents of one queue, nobody logged in; its tables, its telephones and its pages are variables. */
export class DeskFixture {
  readonly clock = new ManualClock();
  readonly house = new House();
  /** What calls were told, in order. */
  readonly done: string[] = [];
  readonly told: PageEvent[] = [];
  readonly saved = new Map<string, Visit>();
  wishes: unknown[] = [];
  leads = true;
  rule: RecordingRule = { mode: 'never', keepDays: 1 };
  /** Calls that are open, and the agents in them. */
  readonly open = new Map<string, readonly string[]>();
  phones: readonly CallPhones[] = [];
  rows: { queues: readonly QueueRow[]; agents: readonly AgentRow[] } = {
    queues: [queue],
    agents: [agentRow('minjun', 100), agentRow('emma', 30)],
  };
  readonly desk: Desk;
  private readonly writes: Promise<unknown>[] = [];

  constructor(private readonly handsAt: (node: string) => CallHands = () => this.hands()) {
    const { done, saved } = this;
    const store = {
      put: async (visit: Visit) => void saved.set(visit.id, visit),
      end: async (visit: Visit) => void saved.set(visit.id, visit),
      saveAgent: async () => undefined,
      remembered: async (_: unknown, number: string) => (number === '+41445550000' ? 'en' : undefined),
      remember: async (_: unknown, number: string, language: string) =>
        void done.push(`remember ${number} ${language}`),
      companyOf: async () => ['hanbit'],
      score: async () => undefined,
      takeWishes: async () => this.wishes.splice(0).map((wish, at) => ({ id: String(at), wish })),
    } as unknown as QueueStore;
    this.desk = new Desk({
      house: this.house,
      store,
      writes: { push: (write) => void this.writes.push(write()) },
      pages: { tell: (...events) => void this.told.push(...events) },
      clock: this.clock,
      log: { info: () => undefined, warn: () => undefined },
      rules: { of: () => this.rule },
      leads: () => this.leads,
      node: 'here',
      handsAt: (node) => this.handsAt(node),
      load: async () => this.house.setUp(this.rows.queues, this.rows.agents, new Map()),
      talks: () => undefined,
      callBack: (visit) => void done.push(`call back ${visit.callerNumber}`),
    });
  }

  static async prepared(handsAt?: (node: string) => CallHands): Promise<DeskFixture> {
    const fixture = new DeskFixture(handsAt);
    await fixture.desk.prepare(fixture.hands());
    return fixture;
  }

  /** All that was decided is saved, and told. */
  async written(): Promise<void> {
    await Promise.all(this.writes);
  }

  private hands(): QueueHands {
    const { done } = this;
    return {
      ring: (call, { agentId }) => done.push(`ring ${call} ${agentId}`) > 0,
      giveUp: (call) => void done.push(`give up ${call}`),
      close: (call, word) => void done.push(`close ${call} ${word}`),
      putThrough: (call, to) => done.push(`put through ${call} ${JSON.stringify(to)}`) > 0,
      agentsOf: (call) => this.open.get(call),
      phonesInUse: () => this.phones,
      record: () => undefined,
    };
  }

  logIn(member: string) {
    return this.desk.agent({
      wish: 'log-in',
      member: `member-${member}`,
      device: `phone-${member}`,
      reason: '',
    });
  }

  async waits(call: string, number = '+8210000'): Promise<void> {
    await this.desk.enter(call, service(number));
    this.desk.lineUp(call);
  }

  stateOf(agent: string) {
    return this.house.agents.get(agent)?.now.state;
  }

  outcomes(): readonly string[] {
    return [...this.saved.values()].map(({ callId, outcome }) => `${callId} ${outcome}`);
  }

  news(type: QueueNews['type'], callId: string, agentId = 'minjun', why = 'no-answer'): void {
    const at = this.clock.now().getTime();
    this.desk.news({ type, callId, agentId, at, why, transferred: false } as QueueNews);
  }

  /** He makes a call of his own, or it is over. */
  ownCall(callId: string, ...agents: readonly string[]): void {
    const phones = agents.map((name) => ({ device: `phone-${name}`, memberId: `member-${name}` }));
    this.desk.phones({ callId, phones });
  }
}
