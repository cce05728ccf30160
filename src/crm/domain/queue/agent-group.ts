import type { IdleAgent } from './facts.js';
import { type Fit, preference, type Span } from './fit.js';

/** Idle agents who are good at the same things and serve the same queues: what one of them may take, all may. */
export class AgentGroup {
  readonly agents = new Map<string, IdleAgent>();
  /** By queue and language. */
  readonly spans = new Map<string, readonly Span[]>();
  /** The longest idle in front; who has gone meanwhile is passed over. Undefined: to be sorted when it is needed. */
  private order: IdleAgent[] | undefined = [];
  private front = 0;

  constructor(
    readonly like: IdleAgent,
    readonly key: string,
  ) {}

  add(agent: IdleAgent): void {
    this.agents.set(agent.id, agent);
    const last = this.order?.at(-1);
    // Whoever gets free now nearly always stands at the end.
    if (this.order !== undefined && (last === undefined || longerIdle(last, agent) < 0))
      this.order.push(agent);
    else this.order = undefined;
  }

  remove(agentId: string): void {
    this.agents.delete(agentId);
  }

  /** Of equals the longest idle, by id where that is the same; undefined when nobody is left. */
  get longest(): IdleAgent | undefined {
    if (this.order === undefined) {
      this.order = [...this.agents.values()].toSorted(longerIdle);
      this.front = 0;
    }
    for (; this.front < this.order.length; this.front++) {
      const agent = this.order[this.front];
      if (agent !== undefined && this.agents.get(agent.id) === agent) return agent;
    }
    this.order = [];
    this.front = 0;
    return undefined;
  }
}

const EQUAL: Fit = { language: 0, skill: 0 };
const longerIdle = (a: IdleAgent, b: IdleAgent): number => preference(a, EQUAL, b, EQUAL);
