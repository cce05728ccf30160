import type { CallHands } from '../../../exchange/index.js';
import type { Log } from '../../../infra/log/log.js';
import type { CancelTimer, Clock } from '../../../kernel/clock.js';
import { assertNever } from '../../../kernel/result.js';
import type { Desk } from '../desk.js';
import type { WriteBehind } from '../write-behind.js';
import type { Answer, Question, ToExchange, ToLeader } from './letters.js';
import type { QueuePost } from './queue-post.js';

/** An exchange says that it is there every `ALIVE_MS`; of whom nothing is heard for so long, callers are not there any more. */
export const ALIVE_MS = 20_000;
const GONE_MS = 3 * ALIVE_MS;
/** Nobody is rung by a new leader before all exchanges have said who waits there, or so much time has passed: those who came first are taken first. */
const HERE_MS = 2_000;
/** An agent is not kept for a caller whose exchange does not say that it rings him. */
const RUNG_MS = 5_000;

export interface FarParts {
  /** This exchange. */
  readonly node: string;
  readonly desk: () => Desk;
  readonly post: Pick<QueuePost, 'toExchange'>;
  readonly writes: Pick<WriteBehind, 'push'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

/** The other exchanges, as the one that decides sees them: their callers are served as its own are (ADR 80). */
export class FarExchanges {
  private readonly heard = new Map<string, CancelTimer>();
  /** Wishes to ring, by call, until its exchange has said what became of them: what it says before is older than the wish. */
  private readonly wished = new Map<string, { readonly agentId: string; readonly cancel: CancelTimer }>();

  private awaited = new Set<string>();
  private allHere: () => void = () => undefined;
  private cancelHere: CancelTimer = () => undefined;

  constructor(private readonly parts: FarParts) {}

  handsAt(node: string): CallHands {
    return {
      ring: (callId, agent) => {
        const cancel = this.parts.clock.after(RUNG_MS, () => this.rung(callId, agent.agentId, false));
        this.wished.get(callId)?.cancel();
        this.wished.set(callId, { agentId: agent.agentId, cancel });
        this.tell(node, { is: 'ring', callId, agent });
        return true;
      },
      giveUp: (callId) => this.tell(node, { is: 'give-up', callId }),
      close: (callId, word) => this.tell(node, { is: 'close', callId, word }),
      putThrough: (callId, to) => {
        this.tell(node, { is: 'put-through', callId, to });
        return true;
      },
      record: (callId, recording) => this.tell(node, { is: 'record', callId, recording }),
    };
  }

  /** From now on it has to be heard of. */
  expect(node: string): void {
    if (node === this.parts.node) return;
    this.heard.get(node)?.();
    this.heard.set(
      node,
      this.parts.clock.after(GONE_MS, () => {
        this.heard.delete(node);
        if (this.parts.desk().nodes.has(node))
          this.parts.log.warn(
            { node },
            'nothing is heard of an exchange: its callers in queues are given up',
          );
        this.parts.desk().settleAt(node, { phones: [], agentsOf: () => undefined });
      }),
    );
  }

  /** Calls `go` when all of them have said what their calls are at; at once where there are none. */
  whenHere(nodes: ReadonlySet<string>, go: () => void): void {
    this.awaited = new Set(nodes);
    this.awaited.delete(this.parts.node);
    for (const node of this.awaited) this.expect(node);
    this.cancelHere();
    this.cancelHere = this.parts.clock.after(HERE_MS, () => this.allHere());
    this.allHere = () => {
      this.cancelHere();
      this.allHere = () => undefined;
      go();
    };
    if (this.awaited.size === 0) this.allHere();
  }

  async take(node: string, letter: ToLeader): Promise<void> {
    this.expect(node);
    const desk = this.parts.desk();
    switch (letter.is) {
      case 'question':
        this.tell(node, { is: 'answer', id: letter.id, answer: await this.answer(letter.question, node) });
        break;
      case 'line-up':
        desk.lineUp(letter.callId);
        break;
      case 'news':
        desk.news(letter.news);
        break;
      case 'phones':
        desk.phones(letter.used, node);
        break;
      case 'rung':
        this.rungThere(node, letter);
        break;
      case 'here':
        this.settle(node, letter);
        break;
      case 'alive':
        break;
      default:
        assertNever(letter);
    }
  }

  async answer(question: Question, node: string): Promise<Answer> {
    const desk = this.parts.desk();
    switch (question.is) {
      case 'enter':
        return desk.enter(question.callId, question.service, node);
      case 'choose':
        await desk.choose(question.callId, question.language);
        return null;
      case 'place':
        return (await desk.place(question.callId)) ?? null;
      case 'call-back':
        return desk.callBack(question.callId);
      case 'supervised':
        return (await desk.supervised(question.member, question.agent)) ?? null;
      default:
        return assertNever(question);
    }
  }

  /** This exchange does not decide any more, or ends. */
  stop(): void {
    this.cancelHere();
    for (const cancel of this.heard.values()) cancel();
    for (const { cancel } of this.wished.values()) cancel();
    this.heard.clear();
    this.wished.clear();
  }

  private settle(node: string, { calls, phones }: Extract<ToLeader, { is: 'here' }>): void {
    const known = new Map(calls.map((call) => [call.callId, call]));
    this.parts.desk().settleAt(node, {
      phones,
      agentsOf: (callId) => {
        const wished = this.wished.get(callId);
        return wished === undefined ? (known.get(callId)?.agents ?? undefined) : [wished.agentId];
      },
    });
    for (const { callId, waits } of calls) if (waits) this.parts.desk().lineUp(callId);
    this.awaited.delete(node);
    if (this.awaited.size === 0) this.allHere();
  }

  private rungThere(node: string, { callId, agentId, rings }: Extract<ToLeader, { is: 'rung' }>): void {
    if (this.wished.get(callId)?.agentId === agentId) this.rung(callId, agentId, rings);
    // He was given up meanwhile: his telephone need not ring on.
    else if (rings && !this.parts.desk().isWith(agentId, callId)) this.tell(node, { is: 'give-up', callId });
  }

  private rung(callId: string, agentId: string, rings: boolean): void {
    this.wished.get(callId)?.cancel();
    this.wished.delete(callId);
    if (!rings) this.parts.desk().notRung(callId, agentId);
  }

  private tell(node: string, letter: ToExchange): void {
    this.parts.writes.push(() => this.parts.post.toExchange(node, letter));
  }
}
