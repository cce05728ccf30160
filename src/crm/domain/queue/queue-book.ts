import {
  type Assignment,
  byRank,
  type IdleAgent,
  type QueueFacts,
  type Time,
  type WaitingCall,
} from './facts.js';
import { fitNow, preference, type Queues, type Span, spansOf, waitOf } from './fit.js';
import { WaitingLine } from './waiting-line.js';

/** Idle agents who are good at the same things and serve the same queues: what one of them may take, all may. */
interface Group {
  readonly like: IdleAgent;
  readonly agents: Map<string, IdleAgent>;
  /** By queue and language. */
  readonly spans: Map<string, readonly Span[]>;
}

/**
 * All who wait and all who are idle, kept so that a decision needs neither everybody who waits nor everybody who is idle: callers
 * stand in lines (one for each queue, language and priority), agents in groups of equals, and for each pair of the two it is known
 * during which waits the group may take from the line. Holds no clock; the same contents always decide the same.
 */
export class QueueBook {
  private queues: Queues = new Map();
  private readonly lines = new Map<string, WaitingLine>();
  private readonly linesOfQueue = new Map<string, Set<WaitingLine>>();
  private readonly calls = new Map<string, WaitingCall>();
  private readonly groups = new Map<string, Group>();
  private readonly agents = new Map<string, string>();
  /** From a queue to those that overflow into it, and itself. */
  private sources = new Map<string, readonly string[]>();

  get waiting(): number {
    return this.calls.size;
  }

  /** All queues as they are now: rules may have changed. */
  setQueues(queues: Iterable<QueueFacts>): void {
    this.queues = new Map([...queues].map((queue) => [queue.id, queue]));
    this.sources = new Map(
      [...this.queues.keys()].map((id) => [
        id,
        [...this.queues.values()]
          .filter((one) => one.id === id || one.overflow.some(({ queueId }) => queueId === id))
          .map((one) => one.id),
      ]),
    );
    for (const group of this.groups.values()) group.spans.clear();
  }

  wait(call: WaitingCall): void {
    this.leave(call.id);
    this.calls.set(call.id, call);
    this.lineOf(call).add(call);
  }

  leave(callId: string): void {
    const call = this.calls.get(callId);
    if (call === undefined) return;
    this.calls.delete(callId);
    const key = lineKey(call);
    const line = this.lines.get(key);
    line?.remove(call);
    if (line === undefined || line.size > 0) return;
    this.lines.delete(key);
    this.linesOfQueue.get(call.queueId)?.delete(line);
  }

  idle(agent: IdleAgent): void {
    this.busy(agent.id);
    const key = groupKey(agent);
    const group = this.groups.get(key) ?? { like: agent, agents: new Map(), spans: new Map() };
    this.groups.set(key, group);
    group.agents.set(agent.id, agent);
    this.agents.set(agent.id, key);
  }

  busy(agentId: string): void {
    const key = this.agents.get(agentId);
    if (key === undefined) return;
    this.agents.delete(agentId);
    const group = this.groups.get(key);
    group?.agents.delete(agentId);
    if (group?.agents.size === 0) this.groups.delete(key);
  }

  /** Takes those who are rung together out of the book, and says who they are. */
  decide(now: Time): readonly Assignment[] {
    const assigned: Assignment[] = [];
    const firsts = new Map<Group, WaitingCall>();
    const look = (group: Group): void => {
      const first = this.firstFor(group, now);
      if (first === undefined || group.agents.size === 0) firsts.delete(group);
      else firsts.set(group, first);
    };
    for (const group of this.groups.values()) look(group);
    for (let call = firstOf(firsts); call !== undefined; call = firstOf(firsts)) {
      // Nobody else may take him: whoever may has him as his own first, for he is the first of all.
      const able = [...firsts].filter(([, first]) => first === call).map(([group]) => group);
      const agentId = this.bestFor(call, able, now);
      assigned.push({ callId: call.id, agentId });
      this.leave(call.id);
      this.busy(agentId);
      for (const group of able) look(group);
    }
    return assigned;
  }

  /** When waiting alone will next let an idle agent take somebody; undefined: never. */
  nextChange(now: Time): Time | undefined {
    let next: Time | undefined;
    for (const group of this.groups.values()) {
      for (const line of this.linesFor(group)) {
        for (const { from } of this.spans(group, line)) {
          const call = line.firstAfter(now - from);
          if (call !== undefined) next = Math.min(next ?? Number.POSITIVE_INFINITY, call.enteredAt + from);
        }
      }
    }
    return next;
  }

  /** Place in his queue, counted from 1, all languages and priorities together; undefined when he does not wait. */
  position(callId: string): number | undefined {
    const call = this.calls.get(callId);
    if (call === undefined) return undefined;
    const lines = this.linesOfQueue.get(call.queueId) ?? [];
    return 1 + [...lines].reduce((before, line) => before + line.place(call), 0);
  }

  waitingIn(queueId: string): readonly WaitingCall[] {
    return [...(this.linesOfQueue.get(queueId) ?? [])].flatMap((line) => line.all()).toSorted(byRank);
  }

  /** How many wait in a queue. */
  count(queueId: string): number {
    return [...(this.linesOfQueue.get(queueId) ?? [])].reduce((sum, line) => sum + line.size, 0);
  }

  private firstFor(group: Group, now: Time): WaitingCall | undefined {
    let first: WaitingCall | undefined;
    for (const line of this.linesFor(group)) {
      for (const { from, to } of this.spans(group, line)) {
        const call = line.firstAfter(now - to);
        if (call === undefined || waitOf(call, now) < from) continue;
        if (first === undefined || byRank(call, first) < 0) first = call;
      }
    }
    return first;
  }

  private bestFor(call: WaitingCall, able: readonly Group[], now: Time): string {
    const candidates = able.flatMap((group) => {
      const fit = fitNow(group.like, { ...call, onlyAgent: group.like.id }, this.queues, now);
      const agents =
        call.onlyAgent === undefined ? [...group.agents.values()] : [group.agents.get(call.onlyAgent)];
      return fit === undefined
        ? []
        : agents.flatMap((agent) => (agent === undefined ? [] : [{ agent, fit }]));
    });
    const best = candidates.reduce((a, b) => (preference(a.agent, a.fit, b.agent, b.fit) <= 0 ? a : b));
    return best.agent.id;
  }

  private *linesFor(group: Group): Iterable<WaitingLine> {
    const seen = new Set<string>();
    for (const served of group.like.queues) {
      for (const source of this.sources.get(served) ?? []) {
        if (seen.has(source)) continue;
        seen.add(source);
        for (const line of this.linesOfQueue.get(source) ?? [])
          if (line.onlyAgent === undefined || group.agents.has(line.onlyAgent)) yield line;
      }
    }
  }

  private spans(group: Group, line: WaitingLine): readonly Span[] {
    const key = `${line.queueId} ${line.language}`;
    const known = group.spans.get(key);
    if (known !== undefined) return known;
    const queue = this.queues.get(line.queueId);
    const spans = queue === undefined ? [] : spansOf(group.like, queue, this.queues, line.language);
    group.spans.set(key, spans);
    return spans;
  }

  private lineOf(call: WaitingCall): WaitingLine {
    const key = lineKey(call);
    const known = this.lines.get(key);
    if (known !== undefined) return known;
    const line = new WaitingLine(call.queueId, call.language, call.onlyAgent);
    this.lines.set(key, line);
    const ofQueue = this.linesOfQueue.get(call.queueId) ?? new Set();
    this.linesOfQueue.set(call.queueId, ofQueue.add(line));
    return line;
  }
}

function firstOf(firsts: ReadonlyMap<Group, WaitingCall>): WaitingCall | undefined {
  let first: WaitingCall | undefined;
  for (const call of firsts.values()) if (first === undefined || byRank(call, first) < 0) first = call;
  return first;
}

const lineKey = ({ queueId, language, priority, onlyAgent }: WaitingCall): string =>
  `${queueId} ${language} ${priority} ${onlyAgent ?? ''}`;

const groupKey = ({ languages, skills, queues }: IdleAgent): string =>
  JSON.stringify([entriesOf(languages), entriesOf(skills), queues.toSorted()]);

const entriesOf = (levels: Readonly<Record<string, number>>) =>
  Object.entries(levels).toSorted(([a], [b]) => (a < b ? -1 : 1));
