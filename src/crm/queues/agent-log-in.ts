import type { AgentAnswer, AgentAsks } from '../../exchange/index.js';
import { passwordFits } from '../../infra/http/sessions/passwords.js';
import type { Log } from '../../infra/log/log.js';
import type { Clock } from '../../kernel/clock.js';
import type { AgentEvent } from '../domain/queue/agent-states.js';
import type { Agent, House } from './house.js';

const MOST_TRIES = 5;
const FORGET_MS = 600_000;

/** Who is speaking at a phone, and what he wants: the agent whose phone it is, the one logged in there, or who knows a secret number. */
export class AgentLogIn {
  /** Wrong secret numbers, by phone and by agent's number. */
  private readonly tries = new Map<string, { readonly count: number; readonly since: number }>();

  constructor(
    private readonly house: House,
    private readonly clock: Clock,
    /** Reads the agents anew. */
    private readonly load: () => Promise<void>,
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
    const agent = await this.fitting(number, pin);
    if (agent !== undefined) return agent;
    this.note(device);
    this.note(number);
    // How many digits came tells one who mistook a digit from a telephone that lost one.
    this.log.info({ device, number, digits: pin.length }, 'an agent was refused');
    return 'refused';
  }

  /** A secret number that was given a moment ago counts, though the news of it is still under way: before he is refused, it is read anew. */
  private async fitting(number: string, pin: string): Promise<Agent | undefined> {
    const known = this.numbered(number);
    const knownHash = known?.pinHash ?? undefined;
    if ((await passwordFits(knownHash, pin)) && known !== undefined) return known;
    await this.load();
    const now = this.numbered(number);
    const hash = now?.pinHash ?? undefined;
    return hash !== knownHash && (await passwordFits(hash, pin)) ? now : undefined;
  }

  private numbered(number: string): Agent | undefined {
    return [...this.house.agents.values()].find((one) => one.number === number);
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
      return { type: 'paused', reason: reason === '' ? 'break' : reason };
    case 'resume':
      return { type: 'resumed' };
  }
}
