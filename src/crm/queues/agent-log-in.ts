import type { AgentAnswer, AgentAsks } from '../../exchange/index.js';
import { passwordFits } from '../../infra/http/sessions/passwords.js';
import type { Log } from '../../infra/log/log.js';
import type { Clock } from '../../kernel/clock.js';
import type { AgentEvent } from '../domain/queue/agent-states.js';
import type { Agent, House } from './house.js';
import type { QueueWish } from './wishes.js';

const MOST_TRIES = 5;
const FORGET_MS = 600_000;
/** Why somebody pauses who says nothing. */
const BREAK = 'break';

/** Who is speaking at a phone, and what he wants: the agent whose phone it is, the one logged in there, or who knows a secret number. */
export class AgentLogIn {
  /** Wrong secret numbers, by phone and by agent's number. */
  private readonly tries = new Map<string, { readonly count: number; readonly since: number }>();

  constructor(
    private readonly house: House,
    private readonly clock: Clock,
    private readonly log: Pick<Log, 'info'>,
  ) {}

  /** The agent, or why it is none. */
  async agentAt(asked: AgentAsks): Promise<Agent | Exclude<AgentAnswer, 'done'>> {
    if (asked.number !== undefined) return this.proved(asked.device, asked.number, asked.pin ?? '');
    const here = this.loggedInAt(asked.device);
    if (asked.wish !== 'log-in') return here ?? this.ownerOf(asked.member) ?? 'nobody';
    return this.ownerOf(asked.member) ?? 'nobody';
  }

  /** Whoever is rung at this phone now. */
  loggedInAt(device: string): Agent | undefined {
    return [...this.house.agents.values()].find(({ now }) => now.device === device);
  }

  /** The only agent whose member has the phone: where several share it each says his number. */
  private ownerOf(member: string): Agent | undefined {
    const [only, ...others] = [...this.house.agents.values()].filter(({ memberId }) => memberId === member);
    return others.length === 0 ? only : undefined;
  }

  private async proved(device: string, number: string, pin: string): Promise<Agent | 'refused'> {
    if (this.isTooOften(device) || this.isTooOften(number)) return 'refused';
    const agent = [...this.house.agents.values()].find((one) => one.number === number);
    if ((await passwordFits(agent?.pinHash ?? undefined, pin)) && agent !== undefined) return agent;
    this.note(device);
    this.note(number);
    // How many digits came tells one who mistook a digit from a telephone that lost one.
    this.log.info({ device, number, digits: pin.length }, 'an agent was refused');
    return 'refused';
  }

  private isTooOften(who: string): boolean {
    const noted = this.tries.get(who);
    if (noted === undefined || this.clock.elapsed() - noted.since > FORGET_MS) return false;
    return noted.count >= MOST_TRIES;
  }

  private note(who: string): void {
    const now = this.clock.elapsed();
    for (const [key, { since }] of this.tries) if (now - since > FORGET_MS) this.tries.delete(key);
    const noted = this.tries.get(who);
    this.tries.set(who, { count: (noted?.count ?? 0) + 1, since: noted?.since ?? now });
  }
}

/** What an agent's wish at a phone is to his state. */
export function eventOf({ wish, device, reason }: AgentAsks): AgentEvent {
  switch (wish) {
    case 'log-in':
      return { type: 'logged-in', device };
    case 'log-out':
      return { type: 'logged-out' };
    case 'pause':
      return { type: 'paused', reason: reason || BREAK };
    case 'resume':
      return { type: 'resumed' };
  }
}

/** The same as a wish, for the exchange that decides. */
export function wishOf({ wish, device, reason }: AgentAsks, agentId: string): QueueWish {
  switch (wish) {
    case 'log-in':
      return { do: wish, agentId, device };
    case 'pause':
      return { do: wish, agentId, reason: reason || BREAK };
    case 'log-out':
    case 'resume':
      return { do: wish, agentId };
  }
}
