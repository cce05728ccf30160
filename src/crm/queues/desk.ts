import type {
  AgentAnswer,
  AgentAsks,
  CallHands,
  CallPhones,
  DirectCall,
  Entered,
  Placed,
  QueueHands,
  QueueNews,
  QueueService,
  SpokenLanguage,
  Supervised,
} from '../../exchange/index.js';
import { AgentLogIn, eventOf } from './agent-log-in.js';
import { dialBack } from './dial-back.js';
import { Entrance } from './entrance.js';
import type { Agent, House } from './house.js';
import { type Visit } from './queue.rows.js';
import type { DeciderParts } from './queue-decider.js';
import { QueueDecider } from './queue-decider.js';
import { directCall } from './queue-pages.js';
import type { QueueStore } from './queue-store.js';
import type { RecordingRules } from './recordings.js';
import { supervisedIn } from './supervised.js';
import { WishDesk } from './wish-desk.js';

export interface DeskParts extends Omit<DeciderParts, 'handsFor' | 'store'> {
  /** This exchange. */
  readonly node: string;
  /** At another one. */
  readonly handsAt: (node: string) => CallHands;
  readonly store: QueueStore;
  readonly rules: Pick<RecordingRules, 'of'>;
  /** Reads all tables; rejects while they cannot be read. */
  readonly load: () => Promise<void>;
}

/** Nobody is kept waiting longer for what the tables say. */
const LOAD_MS = 5_000;

/** What an exchange says of its calls. */
export interface CallsAt {
  readonly phones: readonly CallPhones[];
  /** Agents whose telephones ring or talk in a call; undefined: it is not open. */
  agentsOf(callId: string): readonly string[] | undefined;
}

/** Decides about queues: what calls ask and tell, turned into moves of callers and agents. */
export class Desk {
  private readonly decider: QueueDecider;
  private readonly logIn: AgentLogIn;
  private readonly wishes: WishDesk;
  private readonly entrance: Entrance;
  private hands: QueueHands | undefined;
  private loaded: Promise<boolean> | undefined;
  private callsKnown = false;
  private held = false;
  private readonly house: House;

  constructor(private readonly parts: DeskParts) {
    this.house = parts.house;
    this.logIn = new AgentLogIn(parts.house, parts.clock, parts.log);
    const handsFor = (visit: Visit) => this.handsFor(visit);
    this.decider = new QueueDecider({ ...parts, handsFor, leads: () => parts.leads() && !this.held });
    this.entrance = new Entrance({ ...parts, decider: this.decider });
    this.wishes = new WishDesk({ ...parts, decider: this.decider, handsFor });
  }

  async prepare(hands: QueueHands): Promise<void> {
    this.hands = hands;
    await this.ready();
  }

  /** The tables have changed. */
  async changed(): Promise<void> {
    await this.load();
    if (!this.parts.leads()) return;
    for (const { id, wish } of await this.parts.store.takeWishes()) this.wishes.fulfil(id, wish);
    this.decider.decide();
  }

  /** The process that decided is gone: what it left is in the tables, and what was known here is old. */
  async tookOver(): Promise<void> {
    if (this.loaded !== undefined) {
      this.house.clear();
      this.loaded = undefined;
    }
    await this.ready();
    if (this.callsKnown) this.settle();
    await this.changed();
  }

  /** Until it is released nobody is rung. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    this.decider.decide();
  }

  /** All calls of this exchange are known that are still open. */
  settle(): void {
    this.callsKnown = true;
    const { hands } = this;
    const agentsOf = (callId: string) => hands?.agentsOf(callId);
    this.settleAt(this.parts.node, { phones: hands?.phonesInUse() ?? [], agentsOf });
  }

  /** What was ringing or talking at an exchange when a process died, there or here, may be over. */
  settleAt(node: string, calls: CallsAt): void {
    const { house, decider } = this;
    if (!this.parts.leads()) return;
    decider.phoneUsed(house.useOnly(node, calls.phones));
    for (const visit of [...house.visits.values()].filter((one) => one.node === node)) {
      const agents = calls.agentsOf(visit.callId);
      if (visit.state === 'callback' || visit.state === 'calling-back' || visit.state === 'ended') continue;
      if (visit.agentId !== null && agents?.includes(visit.agentId) !== true) {
        if (visit.state === 'talking') decider.talked(visit.agentId, decider.now, 'answered');
        else decider.missed(visit.agentId, decider.now, undefined);
      }
      const now = house.visits.get(visit.id);
      if (agents === undefined && now !== undefined) decider.endVisit(now, 'lost');
    }
    for (const { id, now } of [...house.agents.values()])
      if (now.call !== undefined && !house.visits.has(now.call))
        decider.stepAgent(id, { type: 'missed', call: now.call });
    decider.decide();
  }

  /** Exchanges at which somebody waits or talks. */
  get nodes(): ReadonlySet<string> {
    return new Set([...this.house.visits.values()].map(({ node }) => node));
  }

  async enter(callId: string, service: QueueService, node = this.parts.node): Promise<Entered> {
    if (!(await this.ready()) || !this.parts.leads()) return { word: 'unknown' };
    return this.entrance.enter(callId, service, node);
  }

  async choose(callId: string, language: SpokenLanguage): Promise<void> {
    const visit = this.house.visitIn(callId);
    if (visit === undefined) return;
    this.decider.setVisit({ ...visit, language }, false);
    if (visit.callerNumber !== null)
      await this.parts.store.remember(visit.companyId, visit.callerNumber, language);
  }

  lineUp(callId: string): void {
    const visit = this.house.visitIn(callId);
    if (visit?.state === 'waiting') this.house.set(visit, true);
    this.decider.decide();
  }

  async place(callId: string): Promise<Placed | undefined> {
    const visit = this.house.visitIn(callId);
    if (visit === undefined || visit.state === 'talking') return undefined;
    const wait = this.house.expectedWaitMs(visit);
    const callback = this.house.queues.get(visit.queueId)?.callback === true && dialBack(visit) !== undefined;
    return {
      position: this.house.position(visit.id) ?? 1,
      ...(wait === undefined ? {} : { minutes: Math.max(1, Math.ceil(wait / 60_000)) }),
      callback,
    };
  }

  async callBack(callId: string): Promise<boolean> {
    const visit = this.house.visitIn(callId);
    if (visit === undefined || dialBack(visit) === undefined) return false;
    if (visit.state !== 'waiting' && visit.state !== 'ringing') return false;
    const waits: Visit = { ...visit, state: 'callback' };
    await this.parts.store.put(waits);
    if (visit.state === 'ringing') this.handsFor(visit).giveUp(callId);
    this.decider.setVisit(waits);
    this.decider.decide();
    return true;
  }

  score(callId: string, value: number): Promise<void> {
    return this.parts.store.score(callId, value);
  }

  async agent(asked: AgentAsks): Promise<AgentAnswer> {
    if (!(await this.ready()) || !this.parts.leads()) throw new Error('the queues cannot be read');
    const agent = await this.logIn.agentAt(asked);
    if (typeof agent === 'string') return agent;
    this.wishes.agent(agent.id, eventOf(asked));
    this.decider.decide();
    return 'done';
  }

  /** Who speaks at a phone of an exchange that does not decide, by the tables as they are now. */
  async agentAt(asked: AgentAsks): Promise<Agent | Exclude<AgentAnswer, 'done'>> {
    await this.load();
    return this.logIn.agentAt(asked);
  }

  async supervised(member: string, agentNumber: string): Promise<Supervised | undefined> {
    return supervisedIn(this.house, member, agentNumber);
  }

  news(news: QueueNews): void {
    this.decider.news(news);
  }

  /** An agent's page shows who calls him directly, too. */
  direct(call: DirectCall): void {
    const agents = [...this.house.agents.values()].filter(({ memberId }) => memberId === call.memberId);
    for (const agent of agents) this.parts.pages.tell(directCall(agent, call));
  }

  /** Whoever has a telephone at his ear is not rung. */
  phones(used: CallPhones, node = this.parts.node): void {
    const agents = this.house.use(node, used);
    if (this.parts.leads()) this.decider.phoneUsed(agents);
  }

  /** Whether he is rung, or talks, in that call as far as is known here. */
  isWith(agentId: string, callId: string): boolean {
    return this.house.visitIn(callId)?.agentId === agentId;
  }

  /** The exchange of the call cannot ring him for it: he is free, and the caller stands in line when it says so. */
  notRung(callId: string, agentId: string): void {
    if (!this.parts.leads() || !this.isWith(agentId, callId)) return;
    this.decider.missed(agentId, this.decider.now, undefined);
    const visit = this.house.visitIn(callId);
    if (visit?.state === 'waiting') this.house.set(visit, false);
    this.decider.decide();
  }

  stop(): void {
    this.decider.stop();
  }

  private handsFor({ node }: Visit): CallHands {
    if (node !== this.parts.node) return this.parts.handsAt(node);
    if (this.hands === undefined) throw new Error('the exchange has not begun');
    return this.hands;
  }

  /** False while the tables cannot be read; the next who asks makes it try again. */
  private ready(): Promise<boolean> {
    this.loaded ??= this.load().then(
      () => true,
      (error: unknown) => {
        this.parts.log.warn({ err: error }, 'the queues cannot be read');
        this.loaded = undefined;
        return false;
      },
    );
    const deadline = new Promise<boolean>((resolve) => this.parts.clock.after(LOAD_MS, () => resolve(false)));
    return Promise.race([this.loaded, deadline]);
  }

  private load(): Promise<void> {
    return this.parts.load();
  }
}
