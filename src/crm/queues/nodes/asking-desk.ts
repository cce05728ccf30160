import type {
  AgentAnswer,
  AgentAsks,
  CallPhones,
  Entered,
  Placed,
  QueueHands,
  QueueNews,
  QueueService,
  SpokenLanguage,
  Supervised,
} from '../../../exchange/index.js';
import type { CancelTimer, Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import { assertNever } from '../../../kernel/result.js';
import { wishOf } from '../agent-log-in.js';
import type { Agent } from '../house.js';
import type { Visit } from '../queue.rows.js';
import type { QueueStore } from '../queue-store.js';
import type { WriteBehind } from '../write-behind.js';
import type { Answer, PlacedAnswer, Question, SupervisedAnswer, ToExchange } from './letters.js';
import type { QueuePost } from './queue-post.js';

/** A caller whom nobody answers for so long hears that he should try later. */
const ANSWER_MS = 10_000;

export interface AskingParts {
  readonly node: string;
  readonly post: Pick<QueuePost, 'toLeader'>;
  readonly writes: Pick<WriteBehind, 'push'>;
  readonly store: Pick<QueueStore, 'openVisits' | 'makeWish'>;
  readonly clock: Clock;
  /** Who speaks at a phone, by the tables as they are now. */
  readonly agentAt: (asked: AgentAsks) => Promise<Agent | Exclude<AgentAnswer, 'done'>>;
}

/** A caller of this exchange whom no agent has yet. */
export interface Waiting {
  readonly service: QueueService;
  readonly inLine: boolean;
}

interface Asked {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly cancel: CancelTimer;
}

/** Asks the exchange that decides, and does with calls here what that one wants (ADR 80). */
export class AskingDesk {
  private readonly asked = new Map<string, Asked>();

  constructor(private readonly parts: AskingParts) {}

  async enter(callId: string, service: QueueService): Promise<Entered> {
    return ((await this.ask({ is: 'enter', callId, service })) as Entered | undefined) ?? { word: 'unknown' };
  }

  async choose(callId: string, language: SpokenLanguage): Promise<void> {
    await this.ask({ is: 'choose', callId, language });
  }

  async place(callId: string): Promise<Placed | undefined> {
    return ((await this.ask({ is: 'place', callId })) as PlacedAnswer | undefined) ?? undefined;
  }

  async callBack(callId: string): Promise<boolean> {
    return (await this.ask({ is: 'call-back', callId })) === true;
  }

  async supervised(member: string, agent: string): Promise<Supervised | undefined> {
    return (
      ((await this.ask({ is: 'supervised', member, agent })) as SupervisedAnswer | undefined) ?? undefined
    );
  }

  /** Who he is, is known here; what he wants waits in the table of wishes. No secret number leaves this process. */
  async agent(asked: AgentAsks): Promise<AgentAnswer> {
    const agent = await this.parts.agentAt(asked);
    if (typeof agent === 'string') return agent;
    await this.parts.store.makeWish(wishOf(asked, agent.id));
    return 'done';
  }

  lineUp(callId: string): void {
    this.tell({ is: 'line-up', callId });
  }

  news(news: QueueNews): void {
    this.tell({ is: 'news', news });
  }

  phones(used: CallPhones): void {
    this.tell({ is: 'phones', used });
  }

  alive(): void {
    this.tell({ is: 'alive' });
  }

  /** To a leader who does not know us yet, and after a restart of ours: what calls say wins. */
  async report(hands: QueueHands, waiting: ReadonlyMap<string, Waiting>): Promise<readonly Visit[]> {
    const visits = await this.parts.store.openVisits(this.parts.node);
    // Also who came while the table was read: what it does not name is taken for gone.
    const asking = [...this.asked.values()].flatMap(({ question }) =>
      'callId' in question ? [question.callId] : [],
    );
    const callIds = new Set([...visits.map(({ callId }) => callId), ...waiting.keys(), ...asking]);
    const calls = [...callIds].map((callId) => ({
      callId,
      agents: hands.agentsOf(callId) ?? null,
      waits: waiting.get(callId)?.inLine === true,
    }));
    const phones = hands.phonesInUse().filter((used) => used.phones.length > 0);
    this.tell({ is: 'here', calls, phones });
    return visits;
  }

  /** Whoever decided may have died with the question in his hands. */
  askAgain(): void {
    for (const [id, { question }] of this.asked) this.tell({ is: 'question', id, question });
  }

  /** This exchange decides now: it answers itself. */
  async answerAll(answer: (question: Question) => Promise<Answer>): Promise<void> {
    for (const [id, { question }] of [...this.asked]) this.answered(id, await answer(question));
  }

  take(letter: ToExchange, hands: QueueHands): void {
    switch (letter.is) {
      case 'answer':
        this.answered(letter.id, letter.answer);
        break;
      case 'ring': {
        const { callId, agent } = letter;
        this.tell({ is: 'rung', callId, agentId: agent.agentId, rings: hands.ring(callId, agent) });
        break;
      }
      case 'give-up':
        hands.giveUp(letter.callId);
        break;
      case 'close':
        hands.close(letter.callId, letter.word);
        break;
      case 'put-through':
        hands.putThrough(letter.callId, letter.to);
        break;
      case 'record':
        hands.record(letter.callId, letter.recording);
        break;
      default:
        assertNever(letter);
    }
  }

  stop(): void {
    for (const { cancel } of this.asked.values()) cancel();
  }

  private ask(question: Question): Promise<Answer> {
    const id = newId();
    return new Promise((resolve) => {
      const cancel = this.parts.clock.after(ANSWER_MS, () => this.answered(id, undefined));
      this.asked.set(id, { question, resolve, cancel });
      this.tell({ is: 'question', id, question });
    });
  }

  private answered(id: string, answer: Answer): void {
    const asked = this.asked.get(id);
    if (asked === undefined) return;
    this.asked.delete(id);
    asked.cancel();
    asked.resolve(answer);
  }

  private tell(letter: Parameters<QueuePost['toLeader']>[0]): void {
    this.parts.writes.push(() => this.parts.post.toLeader(letter));
  }
}
