import type { IdleAgent, QueueFacts, WaitingCall } from './facts.js';
import { holds, type Levels, levelOf, type Rule, turnsOf } from './rule.js';

export type Queues = ReadonlyMap<string, QueueFacts>;

/** How well an agent suits a caller. */
export interface Fit {
  /** His level in the caller's language. */
  readonly language: number;
  /** His level at the skill of the best queue through which he may take him. */
  readonly skill: number;
}

type Profile = Levels & Pick<IdleAgent, 'queues'>;

/** Whether the agent may take a caller of that queue and language after that wait, and how well he suits him. */
export function fitOf(
  agent: Profile,
  queue: QueueFacts,
  queues: Queues,
  language: string,
  waitMs: number,
): Fit | undefined {
  const through = (one: QueueFacts | undefined, afterMs: number): readonly number[] =>
    one !== undefined &&
    waitMs >= afterMs &&
    agent.queues.includes(one.id) &&
    anyHolds(one.rules, agent, language, waitMs)
      ? [one.skill === undefined ? 0 : levelOf(agent.skills, one.skill)]
      : [];
  const skills = [
    ...through(queue, 0),
    ...queue.overflow.flatMap(({ queueId, afterMs }) => through(queues.get(queueId), afterMs)),
  ];
  if (skills.length === 0) return undefined;
  return { language: levelOf(agent.languages, language), skill: Math.max(...skills) };
}

const anyHolds = (rules: readonly Rule[], agent: Levels, language: string, waitMs: number): boolean =>
  rules.some((rule) => holds(rule, agent, language, waitMs));

/** The same for one caller at one moment. */
export function fitNow(agent: IdleAgent, call: WaitingCall, queues: Queues, now: number): Fit | undefined {
  const queue = queues.get(call.queueId);
  if (queue === undefined || (call.onlyAgent !== undefined && call.onlyAgent !== agent.id)) return undefined;
  return fitOf(agent, queue, queues, call.language, waitOf(call, now));
}

export const waitOf = ({ enteredAt }: WaitingCall, now: number): number =>
  Math.max(0, Math.trunc(now - enteredAt));

/** Language first, then skill, then the longest idle; by id where all is equal. Smaller is better. */
export const preference = (a: IdleAgent, fitA: Fit, b: IdleAgent, fitB: Fit): number =>
  fitB.language - fitA.language ||
  fitB.skill - fitA.skill ||
  a.idleSince - b.idleSince ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Waits (ms) from `from` up to, not including, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly fit: Fit;
}

/** During which waits the agent may take callers of a queue and language; between their ends nothing changes. */
export function spansOf(
  agent: Profile,
  queue: QueueFacts,
  queues: Queues,
  language: string,
): readonly Span[] {
  const reached = [queue, ...queue.overflow.flatMap(({ queueId }) => queues.get(queueId) ?? [])];
  const turns = [
    0,
    ...reached.flatMap(({ rules }) => rules.flatMap(turnsOf)),
    ...queue.overflow.map(({ afterMs }) => afterMs),
  ];
  const starts = [...new Set(turns)].sort((a, b) => a - b);
  return starts.flatMap((from, at) => {
    const fit = fitOf(agent, queue, queues, language, from);
    return fit === undefined ? [] : [{ from, to: starts[at + 1] ?? Number.POSITIVE_INFINITY, fit }];
  });
}
