import type {
  AgentAnswer,
  AgentAsks,
  CallPhones,
  DirectCall,
  Entered,
  Placed,
  QueueDesk,
  QueueHands,
  QueueNews,
  QueueService,
  SpokenLanguage,
  Supervised,
} from '../../exchange/index.js';
import { spokenLanguageOf, spokenLanguages } from '../../exchange/index.js';
import { languageAt } from '../domain/queue/caller-language.js';
import { AgentLogIn, eventOf } from './agent-log-in.js';
import { dialBack } from './dial-back.js';
import type { House } from './house.js';
import { newVisit } from './new-visit.js';
import { isOpenAt, type QueueRow, type Visit } from './queue.rows.js';
import type { DeciderParts } from './queue-decider.js';
import { QueueDecider } from './queue-decider.js';
import { directCall } from './queue-pages.js';
import type { QueueStore } from './queue-store.js';
import type { RecordingRules } from './recordings.js';
import { WishDesk } from './wish-desk.js';

export interface DeskParts extends Omit<DeciderParts, 'hands' | 'store'> {
  readonly store: QueueStore;
  readonly rules: Pick<RecordingRules, 'of'>;
  /** Reads all tables; rejects while they cannot be read. */
  readonly load: () => Promise<void>;
}

/** Nobody is kept waiting longer for what the tables say. */
const LOAD_MS = 5_000;

/** Decides about queues for the exchange of this process: what calls ask and tell, turned into moves of callers and agents. */
export class Desk implements QueueDesk {
  private readonly decider: QueueDecider;
  private readonly logIn: AgentLogIn;
  private readonly wishes: WishDesk;
  private hands: QueueHands | undefined;
  private loaded: Promise<boolean> | undefined;
  private callsKnown = false;
  private readonly house: House;

  constructor(private readonly parts: DeskParts) {
    this.house = parts.house;
    this.logIn = new AgentLogIn(parts.house, parts.clock, () => this.load(), parts.log);
    const hands = () => {
      if (this.hands === undefined) throw new Error('the exchange has not begun');
      return this.hands;
    };
    this.decider = new QueueDecider({ ...parts, hands });
    this.wishes = new WishDesk({ ...parts, decider: this.decider, hands });
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

  /** What was ringing or talking when a former process died may be over. */
  settle(): void {
    const { house, decider } = this;
    this.callsKnown = true;
    if (!this.parts.leads()) return;
    decider.phoneUsed(house.useOnly(this.hands?.phonesInUse() ?? []));
    for (const visit of [...house.visits.values()]) {
      const agents = this.hands?.agentsOf(visit.callId);
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

  async enter(callId: string, service: QueueService): Promise<Entered> {
    if (!(await this.ready()) || !this.parts.leads()) return { word: 'unknown' };
    const before = this.house.visitIn(callId);
    if (before !== undefined) return { facts: this.again(before) };
    const queue = await this.queueOf(service);
    if (queue === undefined) return { word: 'closed' };
    const { number } = service.visitor;
    const remembered = number && (await this.parts.store.remembered(queue.companyId, number));
    const { language: own, country } = service.visitor;
    const tongue = languageAt(
      { country, ...(own ? { own } : {}), ...(remembered ? { remembered } : {}) },
      queue.languages,
    );
    const language = 'language' in tongue ? tongue.language : null;
    const visit = newVisit(callId, service, queue, { language, at: this.decider.now });
    const refusal = this.refusalOf(queue, visit);
    if (refusal !== undefined) {
      this.decider.setVisit(visit, false);
      this.decider.endVisit(visit, refusal);
      return { word: refusal };
    }
    // Written before he hears anything: from here on he keeps his place whatever dies.
    await this.parts.store.put(visit).catch(() => undefined);
    this.decider.setVisit(visit, false);
    const choices = 'ask' in tongue ? spokenLanguages.filter((one) => tongue.ask.includes(one)) : [];
    if (choices.length < 2 && language === null)
      this.decider.setVisit({ ...visit, language: choices[0] ?? 'en' }, false);
    const consent = this.parts.rules.of(queue.companyId, country).mode === 'announced';
    const { announceSeconds } = queue;
    const spoken = spokenLanguageOf(language ?? choices[0] ?? service.language);
    return { facts: { language: spoken, choices, consent, announceSeconds } };
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

  place(callId: string): Placed | undefined {
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
    if (visit.state === 'ringing') this.hands?.giveUp(callId);
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

  async supervised(member: string, agentNumber: string): Promise<Supervised | undefined> {
    const agents = [...this.house.agents.values()];
    const target = agents.find(({ number }) => number === agentNumber);
    const may = agents.some(
      ({ memberId, supervisor, companyId }) =>
        supervisor && memberId === member && target !== undefined && companyId === target.companyId,
    );
    const visit = this.house.visits.get(target?.now.call ?? '');
    if (!may || target === undefined || visit?.state !== 'talking') return undefined;
    return { callId: visit.callId, agentId: target.id };
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
  phones(used: CallPhones): void {
    const agents = this.house.use(used);
    if (this.parts.leads()) this.decider.phoneUsed(agents);
  }

  stop(): void {
    this.decider.stop();
  }

  /** After a restart, or told twice: he is where he was, and has heard everything. */
  private again(visit: Visit): Extract<Entered, { facts: unknown }>['facts'] {
    const queue = this.house.queues.get(visit.queueId);
    const language = spokenLanguageOf(visit.language ?? 'en');
    return { language, choices: [], consent: false, announceSeconds: queue?.announceSeconds ?? 30 };
  }

  private refusalOf(queue: QueueRow, visit: Visit): 'full' | 'closed' | undefined {
    // Whoever is put through to an agent talks with us already.
    const open =
      visit.onlyAgentId !== null || (isOpenAt(queue, visit.enteredAt) && this.house.isStaffed(queue));
    if (!queue.enabled || !open) return 'closed';
    return this.house.waitingIn(queue.id) >= queue.maxWaiting ? 'full' : undefined;
  }

  private async queueOf({ to }: QueueService): Promise<QueueRow | undefined> {
    if ('queue' in to) return this.house.queues.get(to.queue);
    const companies = await this.parts.store.companyOf(to.member);
    return [...this.house.queues.values()].find(
      ({ extension, companyId }) => extension === to.extension && companies.includes(companyId),
    );
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
