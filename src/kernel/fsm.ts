import { err, type Failure, failure, ok, type Result } from './result.js';

/**
 * A state machine as data: which states there are, which events may come in each, and where each may lead.
 * An event that can lead to several states (the machine's `step` decides) lists them all.
 */
export interface StateTable<S extends string, E extends string> {
  readonly name: string;
  readonly initial: S;
  readonly final: readonly S[];
  readonly moves: { readonly [From in S]: { readonly [On in E]?: S | readonly S[] } };
}

export interface Move<S extends string, E extends string> {
  readonly from: S;
  readonly event: E;
  readonly to: S;
}

/** Returns the table when it is sound; throws at start-up, with every flaw, when it isn't. */
export function defineStates<S extends string, E extends string>(table: StateTable<S, E>): StateTable<S, E> {
  const flaws = flawsOf(table);
  if (flaws.length > 0) throw new Error(`state table ${table.name}: ${flaws.join('; ')}`);
  return table;
}

/** What is wrong with a table: states that can't be reached, final states that go on, and states that never come to an end. */
export function flawsOf<S extends string, E extends string>(table: StateTable<S, E>): readonly string[] {
  const states = statesOf(table);
  const reached = closure([table.initial], (state) => movesFrom(table, state).map((move) => move.to));
  const ending = closure(table.final, (state) =>
    states.filter((from) => movesFrom(table, from).some((move) => move.to === state)),
  );
  return states.flatMap((state) => [
    ...(reached.has(state) ? [] : [`${state} cannot be reached`]),
    ...(isFinal(table, state) && movesFrom(table, state).length > 0
      ? [`${state} is final but has moves`]
      : []),
    ...(isFinal(table, state) || leavesItself(table, state) ? [] : [`${state} has no way out`]),
    ...(table.final.length === 0 || ending.has(state) ? [] : [`${state} never comes to a final state`]),
  ]);
}

/** Where `event` may lead from `from`; empty when the event isn't expected there. */
export function targets<S extends string, E extends string>(
  table: StateTable<S, E>,
  from: S,
  event: E,
): readonly S[] {
  const to: S | readonly S[] | undefined = table.moves[from][event];
  if (to === undefined) return [];
  return typeof to === 'string' ? [to] : to;
}

/** The next state where the table leaves no choice; `fsm.not-allowed` otherwise. */
export function nextState<S extends string, E extends string>(
  table: StateTable<S, E>,
  from: S,
  event: E,
): Result<S, Failure<'fsm.not-allowed'>> {
  const [only, ...others] = targets(table, from, event);
  return only !== undefined && others.length === 0 ? ok(only) : err(notAllowed(table, from, event));
}

/** Whether a move that `step` decided on stands in the table; `fsm.not-allowed` when it doesn't. */
export function checkMove<S extends string, E extends string>(
  table: StateTable<S, E>,
  move: Move<S, E>,
): Result<Move<S, E>, Failure<'fsm.not-allowed'>> {
  return targets(table, move.from, move.event).includes(move.to)
    ? ok(move)
    : err(notAllowed(table, move.from, move.event, move.to));
}

export const isFinal = <S extends string, E extends string>(table: StateTable<S, E>, state: S): boolean =>
  table.final.includes(state);

/** The log line of a move: `ringing -> leg.answered -> talking`. */
export const moveText = (move: Move<string, string>): string => `${move.from} -> ${move.event} -> ${move.to}`;

/** The table for people: one row per state and event. Written into docs/ and compared by a test. */
export function toMarkdown<S extends string, E extends string>(table: StateTable<S, E>): string {
  const rows = statesOf(table).flatMap((state) => {
    const label = isFinal(table, state)
      ? `${state} (final)`
      : state === table.initial
        ? `${state} (start)`
        : state;
    const events = eventsFrom(table, state);
    return events.length === 0
      ? [[label, '', '']]
      : events.map((event, index) => [
          index === 0 ? label : '',
          event,
          targets(table, state, event).join(', '),
        ]);
  });
  return markdownTable(['state', 'event', 'leads to'], rows);
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(width[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(width.map((count) => '-'.repeat(count))), ...rows.map(line), ''].join('\n');
}

// Object.keys loses the key type; the table's own type says what the keys are.
const statesOf = <S extends string, E extends string>(table: StateTable<S, E>): readonly S[] =>
  Object.keys(table.moves) as S[];
const eventsFrom = <S extends string, E extends string>(table: StateTable<S, E>, state: S): readonly E[] =>
  Object.keys(table.moves[state]) as E[];

const movesFrom = <S extends string, E extends string>(
  table: StateTable<S, E>,
  from: S,
): readonly Move<S, E>[] =>
  eventsFrom(table, from).flatMap((event) => targets(table, from, event).map((to) => ({ from, event, to })));

const leavesItself = <S extends string, E extends string>(table: StateTable<S, E>, state: S): boolean =>
  movesFrom(table, state).some((move) => move.to !== state);

function closure<S>(start: readonly S[], neighbours: (state: S) => readonly S[]): ReadonlySet<S> {
  const seen = new Set<S>(start);
  for (const state of seen) for (const next of neighbours(state)) seen.add(next);
  return seen;
}

function notAllowed(table: { readonly name: string }, from: string, event: string, to?: string) {
  const wanted = to === undefined ? `${from} -> ${event}` : moveText({ from, event, to });
  return failure('fsm.not-allowed', `${table.name}: no single move ${wanted} in the table`, {
    hint: 'read its state again',
  });
}
