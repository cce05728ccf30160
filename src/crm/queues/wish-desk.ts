import type { CallHands } from '../../exchange/index.js';
import type { Log } from '../../infra/log/log.js';
import type { AgentEvent } from '../domain/queue/agent-states.js';
import type { House } from './house.js';
import type { Visit } from './queue.rows.js';
import type { QueueDecider } from './queue-decider.js';
import { type QueueWish, wish as wishSchema } from './wishes.js';

export interface WishDeskParts {
  readonly house: House;
  readonly decider: QueueDecider;
  readonly handsFor: (visit: Visit) => CallHands;
  readonly log: Pick<Log, 'warn'>;
}

/** Does what agents and supervisors want, at the web or at a phone. */
export class WishDesk {
  constructor(private readonly parts: WishDeskParts) {}

  fulfil(id: string, stored: unknown): void {
    const parsed = wishSchema.safeParse(stored);
    if (parsed.success) this.doWish(parsed.data);
    else this.parts.log.warn({ wish: id }, 'a wish that cannot be read is left out');
  }

  /** Whoever logs in at a phone takes it from whoever was there. */
  agent(agentId: string, event: AgentEvent): void {
    const { house, decider } = this.parts;
    if (event.type === 'logged-in') {
      for (const other of [...house.agents.values()])
        if (other.now.device === event.device && other.id !== agentId)
          decider.stepAgent(other.id, { type: 'logged-out' });
    }
    decider.stepAgent(agentId, event);
  }

  private doWish(wanted: QueueWish): void {
    switch (wanted.do) {
      case 'log-in':
        this.agent(wanted.agentId, { type: 'logged-in', device: wanted.device });
        break;
      case 'log-out':
        this.agent(wanted.agentId, { type: 'logged-out' });
        break;
      case 'pause':
        this.agent(wanted.agentId, { type: 'paused', reason: wanted.reason });
        break;
      case 'resume':
        this.agent(wanted.agentId, { type: 'resumed' });
        break;
      case 'put-through':
        this.putThrough(wanted);
        break;
      case 'called-back':
        this.calledBack(wanted);
        break;
    }
  }

  private putThrough({ queueCallId, queueId, agentId }: Extract<QueueWish, { do: 'put-through' }>): void {
    const { house, decider, handsFor } = this.parts;
    const visit = house.visits.get(queueCallId);
    if (visit?.state !== 'talking') return;
    // Ended first: the same call comes to the other queue before whom it talked with is hung up.
    decider.endVisit(visit, 'transferred');
    handsFor(visit).putThrough(visit.callId, {
      queue: queueId,
      ...(agentId === null ? {} : { agent: agentId }),
    });
  }

  private calledBack({ orderId, answered, connected }: Extract<QueueWish, { do: 'called-back' }>): void {
    const { house, decider } = this.parts;
    const visit = [...house.visits.values()].find((one) => one.callbackOrderId === orderId);
    if (visit?.agentId == null) return;
    if (!answered) decider.missed(visit.agentId, decider.now, 'no-answer');
    else decider.talked(visit.agentId, decider.now, connected ? 'called-back' : 'callback-failed');
  }
}
