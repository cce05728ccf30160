import { type StateTable, targets } from '../../../kernel/fsm.js';
import type { ServiceEffect } from './service-effect.js';
import type { ServiceEvent, ServiceEventType } from './service-event.js';

export interface Step<State> {
  readonly state: State;
  readonly effects: readonly ServiceEffect[];
}

/** One service as a pure machine: no promises, no clock. Events that its state does not expect change nothing. */
export interface Machine<State extends { readonly at: string }> {
  begin(): Step<State>;
  step(state: State, event: ServiceEvent): Step<State>;
}

/** What a state does with an event of this type; undefined: nothing. */
export type Moves<State extends { readonly at: string }> = {
  readonly [At in State['at']]: {
    readonly [Type in ServiceEventType]?: (
      state: State,
      event: Extract<ServiceEvent, { type: Type }>,
    ) => Step<State>;
  };
};

export const step = <State>(state: State, ...effects: readonly ServiceEffect[]): Step<State> => ({
  state,
  effects,
});

/** Where a machine may go, by its table; a move that is not in it is a bug, and thrown. */
export function machineOf<State extends { readonly at: string }>(
  table: StateTable<State['at'], ServiceEventType>,
  begin: () => Step<State>,
  moves: Moves<State>,
): Machine<State> {
  return {
    begin,
    step: (state, event) => {
      const at: State['at'] = state.at;
      // The key says the event's type, which TypeScript can't follow through an index.
      const move = moves[at][event.type] as ((state: State, event: ServiceEvent) => Step<State>) | undefined;
      if (move === undefined) return step(state);
      const next = move(state, event);
      const to: State['at'] = next.state.at;
      if (to !== at && !targets(table, at, event.type).includes(to))
        throw new Error(`${table.name}: ${at} -> ${event.type} -> ${to} is not in its table`);
      return next;
    },
  };
}
