import { checkMove, targets } from '../../../kernel/fsm.js';
import { type AgentEvent, type AgentState, agentStates } from './agent-states.js';
import type { Time } from './facts.js';

/** What an agent does at this moment. */
export interface AgentNow {
  readonly state: AgentState;
  readonly since: Time;
  /** Why he is paused. */
  readonly reason?: string;
  /** When his wrap-up is over. */
  readonly until?: Time;
  /** SIP user name of the phone at which he is rung; absent while offline. */
  readonly device?: string;
  /** `queue_call.id` while ringing or talking. */
  readonly call?: string;
  /** What he wishes while ringing or talking, done when that is over. */
  readonly next?: Wish;
}

export type Wish = { readonly to: 'paused'; readonly reason: string } | { readonly to: 'offline' };

export const OFFLINE: AgentNow = { state: 'offline', since: 0 };

/** What becomes of an agent. Pure; an event that his state does not expect, or that is about another call, changes nothing. */
export function stepAgent(agent: AgentNow, event: AgentEvent, at: Time): AgentNow {
  if (targets(agentStates, agent.state, event.type).length === 0) return agent;
  if (isAboutAnother(agent, event)) return agent;
  const next = handle(agent, event, at);
  const move = checkMove(agentStates, { from: agent.state, event: event.type, to: next.state });
  if (!move.ok) throw new Error(move.failure.message);
  return next;
}

const isAboutAnother = (agent: AgentNow, event: AgentEvent): boolean =>
  'call' in event && event.type !== 'rung' && event.call !== agent.call;

function handle(agent: AgentNow, event: AgentEvent, at: Time): AgentNow {
  const busy = agent.state === 'ringing' || agent.state === 'talking';
  switch (event.type) {
    case 'logged-in':
      return { state: 'ready', since: at, device: event.device };
    case 'logged-out':
      return busy ? { ...agent, next: { to: 'offline' } } : { state: 'offline', since: at };
    case 'paused':
      return busy
        ? { ...agent, next: { to: 'paused', reason: event.reason } }
        : { ...here(agent), state: 'paused', since: at, reason: event.reason };
    case 'resumed': {
      if (agent.state === 'ready') return agent;
      const { next: _, ...unwished } = agent;
      return busy ? unwished : { ...here(agent), state: 'ready', since: at };
    }
    case 'rung':
      return { ...here(agent), state: 'ringing', since: at, call: event.call };
    case 'answered':
      return { ...agent, state: 'talking', since: at };
    case 'missed': {
      if (agent.next !== undefined || event.reason === undefined) return free(agent, at);
      return { ...here(agent), state: 'paused', since: at, reason: event.reason };
    }
    case 'talked':
      if (agent.next !== undefined || event.wrapUpMs === 0) return free(agent, at);
      return { ...here(agent), state: 'wrap-up', since: at, until: at + event.wrapUpMs };
    case 'wrapped-up':
      return { ...here(agent), state: 'ready', since: at };
  }
}

/** Nobody has him any more: his own wish, else ready. */
function free(agent: AgentNow, at: Time): AgentNow {
  const { next } = agent;
  if (next?.to === 'offline') return { state: 'offline', since: at };
  if (next?.to === 'paused') return { ...here(agent), state: 'paused', since: at, reason: next.reason };
  return { ...here(agent), state: 'ready', since: at };
}

const here = ({ device }: AgentNow): Pick<AgentNow, 'device'> => (device === undefined ? {} : { device });
