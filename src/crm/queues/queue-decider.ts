import type { CallHands, QueueNews } from '../../exchange/index.js';
import type { PageEvents } from '../../infra/http/events/page-events.js';
import type { Log } from '../../infra/log/log.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import type { MissedBecause } from '../domain/queue/agent-states.js';
import type { Agent, House } from './house.js';
import type { Visit, VisitOutcome } from './queue.rows.js';
import { agentChanged, visitChanged } from './queue-pages.js';
import type { QueueStore } from './queue-store.js';
import type { WriteBehind } from './write-behind.js';

export interface DeciderParts {
  readonly house: House;
  readonly store: Pick<QueueStore, 'put' | 'end' | 'saveAgent'>;
  readonly writes: Pick<WriteBehind, 'push'>;
  readonly pages: Pick<PageEvents, 'tell'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Those at the exchange that has the visit's call. */
  readonly handsFor: (visit: Visit) => CallHands;
  /** Rings the agent and then the caller who waits without a telephone. */
  readonly callBack: (visit: Visit, agent: Agent) => void;
  /** Whether this process decides: of several exchanges one does. */
  readonly leads: () => boolean;
  /** A talk has begun. */
  readonly talks: (visit: Visit, hands: CallHands) => void;
}

/** Timers never sleep longer: clocks may be set. */
const LONGEST_SLEEP_MS = 60_000;

/**
 * Carries out what the book decides: agents are rung, callers moved on, states saved and told. One decision at a time, in memory; nothing here
 * waits for the database or for a telephone.
 */
export class QueueDecider {
  private cancelTimer: CancelTimer = () => undefined;

  constructor(private readonly parts: DeciderParts) {}

  get now(): number {
    return this.parts.clock.now().getTime();
  }

  /** Rings whoever may be rung now, and comes back when waiting alone changes something. */
  decide(): void {
    const { house, leads } = this.parts;
    if (!leads()) return;
    this.due();
    for (const { callId: visitId, agentId } of house.decide(this.now)) {
      const visit = house.visits.get(visitId);
      const agent = house.agents.get(agentId);
      if (visit !== undefined && agent !== undefined) this.ring(visit, agent);
    }
    this.sleep();
  }

  /** @param inLine whether he may be taken at once; he may when he was before. */
  setVisit(visit: Visit, inLine = true): void {
    const { house, store, writes, pages } = this.parts;
    house.set(visit, inLine);
    writes.push(() => store.put(visit));
    pages.tell(visitChanged(visit, this.now));
  }

  endVisit(visit: Visit, outcome: VisitOutcome, at = this.now): Visit {
    const { house, store, writes, pages } = this.parts;
    if (visit.state === 'ended') return visit;
    const endedAt = Math.max(at, visit.answeredAt ?? visit.enteredAt);
    const ended: Visit = { ...visit, state: 'ended', outcome, endedAt };
    house.set(ended, false);
    const told = visitChanged(ended, this.now);
    writes.push(async () => {
      await store.end(ended);
      pages.tell(told);
    });
    if (visit.answeredAt !== null) house.noteTalk(visit.queueId, endedAt - visit.answeredAt);
    // Whoever is rung or talks is free when his telephone is.
    if (visit.state === 'waiting' || visit.state === 'callback') house.drop(visit.id);
    return ended;
  }

  stepAgent(agentId: string, event: Parameters<House['step']>[1], at = this.now): Agent | undefined {
    const { house, log } = this.parts;
    const before = house.agents.get(agentId)?.now.state;
    const agent = house.step(agentId, event, at);
    if (agent === undefined) return undefined;
    log.info({ agent: agentId, move: `${before} -> ${event.type} -> ${agent.now.state}` }, 'agent');
    this.keep(agent);
    return agent;
  }

  /** Told when it is stored: a page reads anew what it hears of. */
  private keep(agent: Agent): void {
    const { store, writes, pages } = this.parts;
    writes.push(async () => {
      await store.saveAgent(agent.id, agent.now, agent.onOwnCall);
      pages.tell(agentChanged(agent));
    });
  }

  /** Agents have taken up a telephone, or put it down, without a queue. */
  phoneUsed(agents: readonly Agent[]): void {
    for (const agent of agents) this.keep(agent);
    if (agents.length > 0) this.decide();
  }

  news(news: QueueNews): void {
    const visit = this.parts.house.visitIn(news.callId);
    switch (news.type) {
      case 'agent.answered':
        this.answered(visit, news.agentId, news.at);
        break;
      case 'agent.missed':
        if (this.isWith(news.agentId, news.callId))
          this.missed(news.agentId, news.at, this.pausedFor(news.agentId, news.why));
        break;
      case 'agent.talked':
        if (this.isWith(news.agentId, news.callId))
          this.talked(news.agentId, news.at, news.transferred ? 'transferred' : 'answered');
        break;
      case 'call.over':
        if (visit?.state === 'waiting' || visit?.state === 'ringing')
          this.endVisit(visit, 'abandoned', news.at);
        break;
    }
    this.decide();
  }

  /** For which outcomes he is paused: trouble of ours is not his doing, nor is a call of his own that came in between. */
  private pausedFor(agentId: string, why: Missed): MissedBecause | undefined {
    const onOwnCall = this.parts.house.agents.get(agentId)?.onOwnCall === true;
    return why === 'busy' && onOwnCall ? undefined : pausedFor[why];
  }

  private ring(visit: Visit, agent: Agent): void {
    const { house, handsFor, callBack } = this.parts;
    const queue = house.queues.get(visit.queueId);
    const { device } = agent.now;
    if (queue === undefined || device === undefined) return;
    this.stepAgent(agent.id, { type: 'rung', call: visit.id });
    const rung = { agentId: agent.id, rungAt: this.now };
    if (visit.state === 'callback') {
      const calling: Visit = { ...visit, ...rung, state: 'calling-back', callbackOrderId: newId() };
      this.setVisit(calling);
      callBack(calling, agent);
      return;
    }
    this.setVisit({ ...visit, ...rung, state: 'ringing' });
    const { memberId, id: agentId } = agent;
    const { ringSeconds: seconds, survey } = queue;
    if (handsFor(visit).ring(visit.callId, { agentId, memberId, device, seconds, survey })) return;
    // The call is gone, and will say so; he is free at once.
    this.missed(agent.id, this.now, undefined);
  }

  private answered(visit: Visit | undefined, agentId: string, at: number): void {
    if (visit === undefined || visit.agentId !== agentId) return;
    this.stepAgent(agentId, { type: 'answered', call: visit.id }, at);
    const talking: Visit = { ...visit, state: 'talking', answeredAt: at };
    this.setVisit(talking);
    this.parts.talks(talking, this.parts.handsFor(talking));
  }

  /** The next agent is looked for; who waited goes on waiting from when he came. */
  missed(agentId: string, at: number, reason: MissedBecause | undefined): void {
    const visit = this.visitOf(agentId);
    if (visit === undefined) return;
    const { id: call } = visit;
    this.stepAgent(agentId, { type: 'missed', call, ...(reason === undefined ? {} : { reason }) }, at);
    if (visit.agentId !== agentId) return;
    const counted = visit.missed + (reason === undefined ? 0 : 1);
    const again: Visit = { ...visit, agentId: null, rungAt: null, missed: counted };
    if (visit.state === 'ended') this.parts.house.drop(visit.id);
    else if (visit.state === 'ringing') this.setVisit({ ...again, state: 'waiting' });
    else if (visit.state === 'calling-back' || visit.state === 'callback')
      this.setVisit({ ...again, state: 'callback', callbackOrderId: null });
  }

  talked(agentId: string, at: number, outcome: VisitOutcome): void {
    const visit = this.visitOf(agentId);
    if (visit === undefined) return;
    const wrapUpMs = (this.parts.house.queues.get(visit.queueId)?.wrapUpSeconds ?? 0) * 1_000;
    this.stepAgent(agentId, { type: 'talked', call: visit.id, wrapUpMs }, at);
    if (visit.agentId !== agentId) return;
    this.endVisit(visit, outcome, at);
    this.parts.house.drop(visit.id);
  }

  /** News may come late, by way of another exchange: meanwhile he may be rung for somebody else. */
  private isWith(agentId: string, callId: string): boolean {
    return this.visitOf(agentId)?.callId === callId;
  }

  private visitOf(agentId: string): Visit | undefined {
    const { house } = this.parts;
    return house.visits.get(house.agents.get(agentId)?.now.call ?? '');
  }

  /** What time alone has brought: wrap-ups that are over, callers who have waited too long. */
  private due(): void {
    const { house, handsFor } = this.parts;
    for (const { id, now } of house.agents.values())
      if (now.until !== undefined && now.until <= this.now) this.stepAgent(id, { type: 'wrapped-up' });
    for (const visit of [...house.visits.values()]) {
      if (visit.state !== 'waiting' || this.giveUpAt(visit) > this.now) continue;
      this.endVisit(visit, 'timed-out');
      handsFor(visit).close(visit.callId, 'timed-out');
    }
  }

  private giveUpAt(visit: Visit): number {
    return visit.enteredAt + (this.parts.house.queues.get(visit.queueId)?.maxWaitSeconds ?? 0) * 1_000;
  }

  private sleep(): void {
    const { house, clock } = this.parts;
    this.cancelTimer();
    const times = [
      house.nextChange(this.now),
      ...[...house.agents.values()].map(({ now }) => now.until),
      ...[...house.visits.values()].map((visit) =>
        visit.state === 'waiting' ? this.giveUpAt(visit) : undefined,
      ),
    ].filter((time) => time !== undefined);
    if (times.length === 0) return;
    const next = times.reduce((a, b) => Math.min(a, b));
    const ms = Math.min(LONGEST_SLEEP_MS, Math.max(1, next - this.now));
    this.cancelTimer = clock.after(ms, () => this.decide());
  }

  stop(): void {
    this.cancelTimer();
  }
}

type Missed = Extract<QueueNews, { type: 'agent.missed' }>['why'];

/** For which outcomes the agent himself is paused: trouble of ours is not his doing. */
const pausedFor: { readonly [W in Missed]: MissedBecause | undefined } = {
  'no-answer': 'no-answer',
  busy: 'declined',
  declined: 'declined',
  unreachable: 'unreachable',
  unallocated: 'unreachable',
  unacceptable: 'unreachable',
  congestion: 'unreachable',
  failed: 'unreachable',
  cancelled: undefined,
  'given-up': undefined,
};
