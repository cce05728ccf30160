import { assign } from '../../src/crm/domain/queue/assign.js';
import type { IdleAgent, QueueFacts, WaitingCall } from '../../src/crm/domain/queue/facts.js';
import { parseRule } from '../../src/crm/domain/queue/parse-rule.js';
import { QueueBook } from '../../src/crm/domain/queue/queue-book.js';

/** The same numbers in every run (Park and Miller's generator). */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

const LANGUAGES = ['ko', 'en', 'ja', 'zh', 'es'];
const NOW = 1_800_000_000_000;
const rule = (text: string) => {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
};
const RULES = [
  rule('language >= 80'),
  rule('wait > 30 s and language >= 50'),
  rule('wait > 2 min and language >= 20 and sales >= 20'),
];

/** Twelve branches of one company; each overflows into the next after a minute. */
export const queues: readonly QueueFacts[] = Array.from({ length: 12 }, (_, n) => ({
  id: `q${n}`,
  rules: RULES,
  skill: 'sales',
  overflow: [{ afterMs: 60_000, queueId: `q${(n + 1) % 12}` }],
}));

export function agentOf(n: number, roll: (sides: number) => number, idleSince: number): IdleAgent {
  const first = LANGUAGES[roll(5)] ?? 'ko';
  const second = LANGUAGES[roll(5)] ?? 'en';
  return {
    id: `a${n}`,
    languages: { [second]: roll(5) * 20, [first]: 80 + roll(2) * 20 },
    skills: { sales: roll(5) * 20 },
    queues: [`q${n % 12}`, `q${roll(12)}`],
    idleSince,
  };
}

export function callOf(n: number, roll: (sides: number) => number, enteredAt: number): WaitingCall {
  return {
    id: `c${n}`,
    queueId: `q${roll(12)}`,
    language: LANGUAGES[roll(5)] ?? 'ko',
    priority: roll(10) === 0 ? 1 : 0,
    enteredAt,
  };
}

export interface QueueReport {
  readonly agents: number;
  readonly waiting: number;
  /** An agent becomes free, a caller comes, both are decided on; per core and second, one figure a round. */
  readonly perSecond: readonly number[];
  readonly p50Us: number;
  readonly p99Us: number;
  readonly worstUs: number;
  /** All agents free at once. */
  readonly allAtOnceMs: number;
  /** The same turns decided by looking at everybody (assign.ts), per second; undefined where that takes too long to be waited for. */
  readonly plainPerSecond?: number;
  readonly bookMb: number;
}

const ROUNDS = 5;
const TURNS = 20_000;
const PLAIN_TURNS = 40;

/** `agents` at work, `waiting` in line: a hundredth of a second after the other one agent gets free and one caller comes. */
export function measure(agents: number, waiting: number): QueueReport {
  const before = memory();
  const { book, calls, everybody } = full(agents, waiting);
  const bookMb = Math.round((memory() - before) / 2 ** 20);
  const delays: number[] = [];
  const perSecond: number[] = [];
  let turn = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const roll = dice(round + 7);
    const started = performance.now();
    for (let n = 0; n < TURNS; n++, turn++) {
      const now = NOW + turn * 10;
      const agent = everybody[roll(everybody.length)] as IdleAgent;
      const call = callOf(waiting + turn, roll, now);
      const began = performance.now();
      book.idle({ ...agent, idleSince: now });
      book.wait(call);
      book.decide(now);
      delays.push((performance.now() - began) * 1_000);
    }
    perSecond.push(Math.round((TURNS / (performance.now() - started)) * 1_000));
  }
  const sorted = Float64Array.from(delays).sort();
  const at = (share: number) => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
  const plain = waiting <= 10_000 ? { plainPerSecond: plainly(everybody, calls) } : {};
  return {
    agents,
    waiting,
    perSecond,
    p50Us: at(0.5),
    p99Us: at(0.99),
    worstUs: at(1),
    allAtOnceMs: allAtOnce(agents, waiting),
    ...plain,
    bookMb,
  };
}

function full(agents: number, waiting: number) {
  const roll = dice(42);
  const book = new QueueBook();
  book.setQueues(queues);
  const everybody = Array.from({ length: agents }, (_, n) => agentOf(n, roll, NOW));
  const calls = Array.from({ length: waiting }, (_, n) => callOf(n, roll, NOW - roll(600_000)));
  for (const call of calls) book.wait(call);
  return { book, calls, everybody };
}

function allAtOnce(agents: number, waiting: number): number {
  const { book, everybody } = full(agents, waiting);
  for (const agent of everybody) book.idle(agent);
  const started = performance.now();
  book.decide(NOW);
  return Math.round(performance.now() - started);
}

function plainly(everybody: readonly IdleAgent[], calls: readonly WaitingCall[]): number {
  const roll = dice(7);
  const byId = new Map(queues.map((queue) => [queue.id, queue]));
  const started = performance.now();
  for (let n = 0; n < PLAIN_TURNS; n++)
    assign(calls, [everybody[roll(everybody.length)] as IdleAgent], byId, NOW + n * 10);
  return Math.round((PLAIN_TURNS / (performance.now() - started)) * 1_000);
}

const memory = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
