import { AgentGroup } from './agent-group.js';
import {
  type Assignment,
  byRank,
  type IdleAgent,
  type QueueFacts,
  type Time,
  type WaitingCall,
} from './facts.js';
import { type Fit, preference, type Queues, type Span, spansOf, waitOf } from './fit.js';
import { Heap } from './heap.js';
import { WaitingLine } from './waiting-line.js';

/** A caller whose turn it is, by an offer. */
interface Turn {
  readonly offer: Offer;
  readonly call: WaitingCall;
}

/** Who may take whom: groups that may take callers of one line who have waited so long, and the first of these callers. */
interface Offer {
  readonly line: WaitingLine;
  readonly from: number;
  readonly to: number;
  groups: { readonly group: AgentGroup; readonly fit: Fit }[];
  first: WaitingCall | undefined;
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
  private readonly groups = new Map<string, AgentGroup>();
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
    const group = this.groups.get(key) ?? new AgentGroup(agent, key);
    this.groups.set(key, group);
    group.add(agent);
    this.agents.set(agent.id, key);
  }

  busy(agentId: string): void {
    const key = this.agents.get(agentId);
    if (key === undefined) return;
    this.agents.delete(agentId);
    const group = this.groups.get(key);
    group?.remove(agentId);
    if (group?.agents.size === 0) this.groups.delete(key);
  }

  /** Takes those who are rung together out of the book, and says who they are. */
  decide(now: Time): readonly Assignment[] {
    const assigned: Assignment[] = [];
    const offers = this.offers(now);
    const line = new Heap<Turn>((a, b) => byRank(a.call, b.call));
    const stand = (offer: Offer): void => {
      if (offer.first !== undefined) line.push({ offer, call: offer.first });
    };
    for (const ofLine of offers.values()) for (const offer of ofLine) stand(offer);
    for (let turn = line.pop(); turn !== undefined; turn = line.pop()) {
      const { offer, call } = turn;
      // Taken meanwhile through another span of his line, or nobody is left for him.
      if (offer.first !== call || !canBeTaken(offer, call)) continue;
      const beside = offers.get(offer.line) ?? [];
      const agentId = bestFor(call, beside, now);
      assigned.push({ callId: call.id, agentId });
      this.leave(call.id);
      this.busy(agentId);
      for (const one of beside) {
        const before = one.first;
        one.first = firstOf(one, now);
        if (one.first !== before) stand(one);
      }
    }
    return assigned;
  }

  /** Of every line, for each span of waiting in which somebody idle may take from it: who may, and whom first. */
  private offers(now: Time): ReadonlyMap<WaitingLine, readonly Offer[]> {
    const offers = new Map<WaitingLine, Offer[]>();
    for (const group of this.groups.values()) {
      for (const line of this.linesFor(group)) {
        const ofLine = offers.get(line) ?? [];
        if (ofLine.length === 0) offers.set(line, ofLine);
        for (const { from, to, fit } of this.spans(group, line)) {
          const known = ofLine.find((one) => one.from === from && one.to === to);
          const offer = known ?? { line, from, to, groups: [], first: undefined };
          if (known === undefined) {
            offer.first = firstOf(offer, now);
            ofLine.push(offer);
          }
          offer.groups.push({ group, fit });
        }
      }
    }
    return offers;
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

  private *linesFor(group: AgentGroup): Iterable<WaitingLine> {
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

  private spans(group: AgentGroup, line: WaitingLine): readonly Span[] {
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

/** The caller who has waited so long and came first. */
function firstOf({ line, from, to }: Offer, now: Time): WaitingCall | undefined {
  const call = line.firstAfter(now - to);
  return call !== undefined && waitOf(call, now) >= from ? call : undefined;
}

/** Whether anybody is left; groups that are empty now stay so for this decision. */
function canBeTaken(offer: Offer, call: WaitingCall): boolean {
  offer.groups = offer.groups.filter(({ group }) => group.agents.size > 0);
  return offer.groups.some(({ group }) => canTake(group, call));
}

const canTake = ({ agents }: AgentGroup, call: WaitingCall): boolean =>
  call.onlyAgent === undefined ? agents.size > 0 : agents.has(call.onlyAgent);

/** Of all who may take him now the one who suits him best. */
function bestFor(call: WaitingCall, offers: readonly Offer[], now: Time): string {
  const wait = waitOf(call, now);
  let best: { readonly agent: IdleAgent; readonly fit: Fit } | undefined;
  for (const { from, to, groups } of offers) {
    if (wait < from || wait >= to) continue;
    for (const { group, fit } of groups) {
      if (!canTake(group, call)) continue;
      const agent = call.onlyAgent === undefined ? group.longest : group.agents.get(call.onlyAgent);
      if (agent !== undefined && (best === undefined || preference(agent, fit, best.agent, best.fit) < 0))
        best = { agent, fit };
    }
  }
  if (best === undefined) throw new Error(`nobody can take ${call.id}`);
  return best.agent.id;
}

const lineKey = ({ queueId, language, priority, onlyAgent }: WaitingCall): string =>
  `${queueId} ${language} ${priority} ${onlyAgent ?? ''}`;

const groupKey = ({ languages, skills, queues }: IdleAgent): string =>
  JSON.stringify([entriesOf(languages), entriesOf(skills), queues.toSorted()]);

const entriesOf = (levels: Readonly<Record<string, number>>) =>
  Object.entries(levels).toSorted(([a], [b]) => (a < b ? -1 : 1));
