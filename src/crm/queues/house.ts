import type { CallPhones } from '../../exchange/index.js';
import { type AgentNow, stepAgent } from '../domain/queue/agent.js';
import type { AgentEvent } from '../domain/queue/agent-states.js';
import { expectedWaitMs } from '../domain/queue/expected-wait.js';
import type { Assignment } from '../domain/queue/facts.js';
import { PhoneUses } from '../domain/queue/phone-uses.js';
import { QueueBook } from '../domain/queue/queue-book.js';
import { type AgentRow, factsOf, nowOf, type QueueRow, type Visit } from './queue.rows.js';

export interface Agent extends Omit<AgentRow, 'state' | 'reason' | 'since' | 'until' | 'next' | 'device'> {
  readonly now: AgentNow;
  /** One of his telephones is in use by a call that no queue brought him: he is not rung. */
  readonly onOwnCall: boolean;
}

/** So many talks of each queue are remembered. */
const MOST_TALKS = 50;

/** All queues, agents and callers of this node, in memory, and the book that decides among them. Asks and tells nobody. */
export class House {
  readonly queues = new Map<string, QueueRow>();
  readonly agents = new Map<string, Agent>();
  /** Open visits, and those whose agent is not free yet. */
  readonly visits = new Map<string, Visit>();
  private readonly visitOfCall = new Map<string, string>();
  private readonly talks = new Map<string, number[]>();
  private readonly book = new QueueBook();
  /** By the exchange that has the calls. */
  private readonly used = new Map<string, PhoneUses>();
  /** Members at whose telephones several agents sit. */
  private shared: ReadonlySet<string> = new Set();

  /** What the tables say now. Agents' states stay as they are here, but for those who are new. */
  setUp(
    queues: readonly QueueRow[],
    agents: readonly AgentRow[],
    talks: ReadonlyMap<string, readonly number[]>,
  ): void {
    this.queues.clear();
    for (const queue of queues) this.queues.set(queue.id, queue);
    this.book.setQueues(queues.map(factsOf));
    const here = new Set(agents.map(({ id }) => id));
    for (const id of this.agents.keys()) if (!here.has(id)) this.forget(id);
    const owners = Map.groupBy(agents, ({ memberId }) => memberId);
    this.shared = new Set([...owners].filter(([, several]) => several.length > 1).map(([member]) => member));
    for (const row of agents) this.seat({ ...row, now: this.agents.get(row.id)?.now ?? nowOf(row) });
    for (const [queue, latest] of talks) if (!this.talks.has(queue)) this.talks.set(queue, [...latest]);
  }

  /** All that was known of agents and callers is old: another process has decided meanwhile. */
  clear(): void {
    for (const id of [...this.agents.keys()]) this.forget(id);
    for (const id of [...this.visits.keys()]) this.drop(id);
    this.used.clear();
  }

  private forget(agentId: string): void {
    this.agents.delete(agentId);
    this.book.busy(agentId);
  }

  /** @returns as he sits now. */
  private seat(one: Omit<Agent, 'onOwnCall'>): Agent {
    const agent = { ...one, onOwnCall: this.usesPhone(one) };
    this.agents.set(agent.id, agent);
    const { id, languages, skills, queues, now, onOwnCall } = agent;
    if (now.state === 'ready' && !onOwnCall)
      this.book.idle({ id, languages, skills, queues, idleSince: now.since });
    else this.book.busy(id);
    return agent;
  }

  /** The telephone at which he is rung; and any other of his own, where it is nobody else's, too. */
  private usesPhone({ memberId, now }: Omit<Agent, 'onOwnCall'>): boolean {
    const own = this.shared.has(memberId) ? undefined : memberId;
    return [...this.used.values()].some(
      (used) =>
        (now.device !== undefined && used.usesDevice(now.device)) ||
        (own !== undefined && used.usesAnyOf(own)),
    );
  }

  /** What telephones a call at that exchange uses now. @returns the agents for whom that changes something. */
  use(node: string, { callId, phones }: CallPhones): readonly Agent[] {
    const used = this.used.get(node) ?? new PhoneUses();
    used.set(callId, phones);
    this.used.set(node, used);
    return this.seatAgain();
  }

  /** After a restart: what open calls there use, and nothing else. */
  useOnly(node: string, calls: readonly CallPhones[]): readonly Agent[] {
    const used = new PhoneUses();
    for (const { callId, phones } of calls) used.set(callId, phones);
    this.used.set(node, used);
    return this.seatAgain();
  }

  private seatAgain(): readonly Agent[] {
    return [...this.agents.values()].flatMap((before) => {
      const now = this.usesPhone(before);
      return now === before.onOwnCall ? [] : [this.seat(before)];
    });
  }

  /** What becomes of an agent; undefined when nothing does. */
  step(agentId: string, event: AgentEvent, at: number): Agent | undefined {
    const agent = this.agents.get(agentId);
    const now = agent && stepAgent(agent.now, event, at);
    if (agent === undefined || now === undefined || now === agent.now) return undefined;
    return this.seat({ ...agent, now });
  }

  visitIn(callId: string): Visit | undefined {
    return this.visits.get(this.visitOfCall.get(callId) ?? '');
  }

  /** As it is now. Who waits stands in line; who has ended belongs to no call any more. */
  set(visit: Visit, inLine: boolean): void {
    this.visits.set(visit.id, visit);
    const onTelephone = visit.state === 'waiting' || visit.state === 'ringing' || visit.state === 'talking';
    if (onTelephone) this.visitOfCall.set(visit.callId, visit.id);
    else if (this.visitOfCall.get(visit.callId) === visit.id) this.visitOfCall.delete(visit.callId);
    const waits = (visit.state === 'waiting' && inLine) || visit.state === 'callback';
    const { id, queueId, language, priority, enteredAt, onlyAgentId } = visit;
    if (!waits) this.book.leave(id);
    else
      this.book.wait({
        id,
        queueId,
        language: language ?? 'en',
        priority,
        enteredAt,
        ...(onlyAgentId === null ? {} : { onlyAgent: onlyAgentId }),
      });
  }

  drop(visitId: string): void {
    const visit = this.visits.get(visitId);
    if (visit === undefined) return;
    this.book.leave(visitId);
    this.visits.delete(visitId);
    if (this.visitOfCall.get(visit.callId) === visitId) this.visitOfCall.delete(visit.callId);
  }

  decide(now: number): readonly Assignment[] {
    return this.book.decide(now);
  }

  nextChange(now: number): number | undefined {
    return this.book.nextChange(now);
  }

  /** How many wait in a queue. */
  waitingIn(queueId: string): number {
    return this.book.count(queueId);
  }

  position(visitId: string): number | undefined {
    return this.book.position(visitId);
  }

  /** Whether anybody is logged in who might ever take a caller of this queue. */
  isStaffed({ id, overflow }: QueueRow): boolean {
    const queues = [id, ...overflow.map(({ queueId }) => queueId)];
    return [...this.agents.values()].some(
      ({ now, queues: served }) => now.state !== 'offline' && served.some((one) => queues.includes(one)),
    );
  }

  expectedWaitMs(visit: Visit): number | undefined {
    const working = [...this.agents.values()].filter(
      ({ now, queues }) =>
        now.state !== 'offline' && now.state !== 'paused' && queues.includes(visit.queueId),
    );
    return expectedWaitMs(this.position(visit.id) ?? 1, working.length, this.talks.get(visit.queueId) ?? []);
  }

  noteTalk(queueId: string, ms: number): void {
    const talks = this.talks.get(queueId) ?? [];
    this.talks.set(queueId, [...talks, ms].slice(-MOST_TALKS));
  }
}
