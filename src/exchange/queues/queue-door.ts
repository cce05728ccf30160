import type { QueueDesk } from './queue-desk.js';

/**
 * Where the module that decides about queues comes in (composed in src/roles.ts: this room may not know it). While nobody is there every queue is
 * closed: its callers hear that they should try later.
 */
export class QueueDoor {
  private inside: QueueDesk | undefined;

  open(desk: QueueDesk): void {
    if (this.inside !== undefined) throw new Error('two modules decide about queues');
    this.inside = desk;
  }

  get desk(): QueueDesk {
    return this.inside ?? CLOSED;
  }
}

const CLOSED: QueueDesk = {
  prepare: async () => undefined,
  settle: () => undefined,
  enter: async () => ({ word: 'unknown' }),
  choose: async () => undefined,
  lineUp: () => undefined,
  place: async () => undefined,
  callBack: async () => false,
  score: async () => undefined,
  agent: async () => 'refused',
  supervised: async () => undefined,
  news: () => undefined,
  direct: () => undefined,
  phones: () => undefined,
};
