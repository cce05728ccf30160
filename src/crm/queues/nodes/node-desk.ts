import type {
  AgentAnswer,
  AgentAsks,
  CallPhones,
  DirectCall,
  Entered,
  Placed,
  QueueDesk,
  QueueHands,
  QueueNews,
  QueueService,
  SpokenLanguage,
  Supervised,
} from '../../../exchange/index.js';
import type { Log } from '../../../infra/log/log.js';
import type { CancelTimer, Clock } from '../../../kernel/clock.js';
import type { Desk } from '../desk.js';
import type { QueueStore } from '../queue-store.js';
import type { AskingDesk, Waiting } from './asking-desk.js';
import { ALIVE_MS, type FarExchanges } from './far-exchanges.js';
import type { ToExchange, ToLeader } from './letters.js';
import type { QueuePost, Sent } from './queue-post.js';

const AGAIN_MS = 1_000;

export interface NodeDeskParts {
  readonly node: string;
  /** Whether this process decides, of all exchanges. */
  readonly leads: () => boolean;
  readonly desk: Desk;
  readonly asking: AskingDesk;
  readonly far: FarExchanges;
  readonly post: Pick<QueuePost, 'take' | 'announce'>;
  readonly store: Pick<QueueStore, 'score'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

/** Queues as the calls of this exchange see them: decided here, or by another exchange that is asked (ADR 80). */
export class NodeDesk implements QueueDesk {
  private hands: QueueHands | undefined;
  private callsKnown = false;
  /** What a former leader left has been read. */
  private hasRead = false;
  private readonly waiting = new Map<string, Waiting>();
  private readonly untold: (() => void)[] = [];
  private working: Promise<void> = Promise.resolve();
  private cancelAlive: CancelTimer = () => undefined;

  constructor(private readonly parts: NodeDeskParts) {}

  async prepare(hands: QueueHands): Promise<void> {
    this.hands = {
      ...hands,
      close: (callId, word) => {
        this.waiting.delete(callId);
        hands.close(callId, word);
      },
    };
    await this.parts.desk.prepare(this.hands);
    this.cancelAlive();
    this.sayAlive();
  }

  settle(): void {
    this.callsKnown = true;
    this.parts.desk.settle();
    this.work(async () => {
      await this.take();
      await this.report();
    });
  }

  /** This exchange decides from now on. */
  tookOver(): Promise<void> {
    const { desk, far, asking, post, node } = this.parts;
    this.hasRead = false;
    return this.work(async () => {
      desk.hold();
      await this.readAll();
      this.hasRead = true;
      for (const tell of this.untold.splice(0)) tell();
      far.whenHere(desk.nodes, () => desk.release());
      await asking.answerAll((question) => far.answer(question, node));
      for (const [callId, { inLine }] of this.waiting) if (inLine) desk.lineUp(callId);
      await post.announce();
      await this.take();
    });
  }

  /** Letters are there; or, with its name, another exchange decides from now on. */
  heard(leader: string): void {
    if (leader === '') void this.work(() => this.take());
    else if (leader !== this.parts.node) this.missed();
  }

  /** Letters may have been missed, or whoever had them is gone. */
  missed(): void {
    void this.work(async () => {
      await this.take();
      if (this.decides) return;
      this.parts.far.stop();
      this.parts.asking.askAgain();
      await this.report();
    });
  }

  async enter(callId: string, service: QueueService): Promise<Entered> {
    const { desk, asking } = this.parts;
    const entered = await (this.decides ? desk.enter(callId, service) : asking.enter(callId, service));
    if ('facts' in entered) this.waiting.set(callId, { service, inLine: false });
    return entered;
  }

  choose(callId: string, language: SpokenLanguage): Promise<void> {
    return this.there.choose(callId, language);
  }

  lineUp(callId: string): void {
    const waits = this.waiting.get(callId);
    if (waits !== undefined) this.waiting.set(callId, { ...waits, inLine: true });
    this.tell((there) => there.lineUp(callId));
  }

  place(callId: string): Promise<Placed | undefined> {
    return this.there.place(callId);
  }

  callBack(callId: string): Promise<boolean> {
    return this.there.callBack(callId);
  }

  score(callId: string, value: number): Promise<void> {
    return this.parts.store.score(callId, value);
  }

  agent(asked: AgentAsks): Promise<AgentAnswer> {
    return this.there.agent(asked);
  }

  supervised(member: string, agentNumber: string): Promise<Supervised | undefined> {
    return this.there.supervised(member, agentNumber);
  }

  news(news: QueueNews): void {
    if (news.type === 'call.over' || news.type === 'agent.answered') this.waiting.delete(news.callId);
    this.tell((there) => there.news(news));
  }

  direct(call: DirectCall): void {
    this.parts.desk.direct(call);
  }

  phones(used: CallPhones): void {
    this.tell((there) => there.phones(used));
  }

  stop(): void {
    this.cancelAlive();
    this.parts.asking.stop();
    this.parts.far.stop();
    this.parts.desk.stop();
  }

  /** Nobody is served until it is known whom a former leader has left. */
  private async readAll(): Promise<void> {
    while (this.parts.leads()) {
      try {
        return await this.parts.desk.tookOver();
      } catch (error) {
        this.parts.log.warn({ err: error }, 'queues that were taken over are read later');
        await new Promise<void>((resolve) => this.parts.clock.after(AGAIN_MS, resolve));
      }
    }
  }

  private get decides(): boolean {
    return this.hasRead && this.parts.leads();
  }

  private get there(): Desk | AskingDesk {
    return this.decides ? this.parts.desk : this.parts.asking;
  }

  /** While what a former leader has left is being read, what happens waits: it would be told to nobody. */
  private tell(what: (there: Desk | AskingDesk) => void): void {
    if (this.parts.leads() && !this.hasRead) this.untold.push(() => what(this.there));
    else what(this.there);
  }

  private async take(): Promise<void> {
    if (this.hands === undefined) return;
    for (const sent of await this.parts.post.take(this.decides))
      await this.read(sent, this.hands).catch((error: unknown) =>
        this.parts.log.warn(
          { err: error, letter: sent.letter.is },
          'a letter of another exchange is left out',
        ),
      );
  }

  private async read({ sender, recipient, letter }: Sent, hands: QueueHands): Promise<void> {
    // Meant for a leader who is gone: how its own calls are, an exchange knows by itself, but for what has just happened in them.
    if (recipient === null && sender === this.parts.node && letter.is !== 'news') return;
    if (recipient === null) await this.parts.far.take(sender, letter as ToLeader);
    else this.parts.asking.take(letter as ToExchange, hands);
  }

  /** To whoever decides; callers whom it has given up, having heard nothing of us, come to the queue anew. */
  private async report(): Promise<void> {
    const { hands } = this;
    const { asking } = this.parts;
    if (hands === undefined || !this.callsKnown || this.decides) return;
    const visits = await asking.report(hands, this.waiting);
    const known = new Set(visits.map(({ callId }) => callId));
    for (const [callId, { service, inLine }] of this.waiting)
      if (inLine && !known.has(callId)) void asking.enter(callId, service).then(() => asking.lineUp(callId));
  }

  /** One thing after another; what fails is tried when the next thing is heard. */
  private work(what: () => Promise<void>): Promise<void> {
    this.working = this.working.then(what).catch((error: unknown) => {
      this.parts.log.warn({ err: error }, 'letters between exchanges are read later');
    });
    return this.working;
  }

  private sayAlive(): void {
    this.cancelAlive = this.parts.clock.after(ALIVE_MS, () => {
      if (!this.decides) this.parts.asking.alive();
      this.sayAlive();
    });
  }
}
