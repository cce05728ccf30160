import type { CancelTimer, Clock } from '../../../kernel/clock.js';
import type { Principal } from '../principal.js';
import type { EventAlong } from './along.js';
import type { Numbered } from './event-history.js';
import { EVERY, type Subscription } from './page-topics.js';

/** Proxies cut what is silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** Then the browser comes back by itself and is asked anew who it is. */
const LONGEST_MS = 3_600_000;
/** What may wait for a reader in our memory; the kernel keeps some more. */
const MOST_WAITING_BYTES = 262_144;

/** To a process that starts in our place: browsers come back by themselves, after so many milliseconds. */
const COME_BACK = 'retry: 1500\nevent: restart\ndata: {}\n\n';

/** The part of an HTTP response that a stream needs. */
export interface Sink {
  readonly writableLength: number;
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
}

export type StreamEnd = 'signed-out' | 'too-slow' | 'too-long' | 'gone' | 'shutting-down';

/** One page that listens (Server-Sent Events, WHATWG HTML section 9.2). */
export class EventStream {
  private cancelHeartbeat: CancelTimer = () => undefined;
  private readonly cancelLongest: CancelTimer;
  private over = false;
  /** Messages that wait for what goes along with one before them: pages hear all in their order. */
  private waiting: Promise<void> | undefined;

  constructor(
    readonly who: Pick<Principal, 'accountId' | 'credentialId' | 'by'>,
    private readonly subscriptions: readonly Subscription[],
    private readonly sink: Sink,
    private readonly clock: Clock,
    private readonly along: Pick<EventAlong, 'of'>,
    private readonly onEnd: (stream: EventStream, why: StreamEnd) => void,
  ) {
    this.cancelLongest = clock.after(LONGEST_MS, () => this.end('too-long'));
    this.beat();
  }

  /** `ready`: nothing was missed up to here, or one starts here. `resync`: something may have been missed, read everything anew. */
  control(name: 'ready' | 'resync', id: string): void {
    this.inTurn(() => this.write(`event: ${name}\nid: ${id}\ndata: {}\n\n`));
  }

  /** Sends an event where this page listens to it: once, with the first place that both know. */
  offer(one: Numbered): void {
    const { id, event } = one;
    const place = event.at.find(({ topic, key }) =>
      this.subscriptions.some((one) => one.topic === topic && (one.keys.has(key) || one.keys.has(EVERY))),
    );
    if (place === undefined) return;
    const told = { topic: place.topic, key: place.key, type: event.type, data: event.data };
    const along = this.along.of(one, place);
    const say = (more: object) => this.write(`id: ${id}\ndata: ${JSON.stringify({ ...told, ...more })}\n\n`);
    if (along === undefined) this.inTurn(() => say({}));
    else this.inTurn(async () => say({ along: await along }));
  }

  private inTurn(say: () => void | Promise<void>): void {
    const before = this.waiting;
    const said = before === undefined ? say() : before.then(say);
    if (said === undefined) return;
    const mine = said.then(() => {
      if (this.waiting === mine) this.waiting = undefined;
    });
    this.waiting = mine;
  }

  end(why: StreamEnd): void {
    if (this.over) return;
    this.over = true;
    this.cancelHeartbeat();
    this.cancelLongest();
    if (why === 'shutting-down') this.sink.write(COME_BACK);
    if (why === 'too-slow') this.sink.destroy();
    else this.sink.end();
    this.onEnd(this, why);
  }

  private beat(): void {
    this.cancelHeartbeat = this.clock.after(HEARTBEAT_MS, () => {
      this.write(':\n\n');
      if (!this.over) this.beat();
    });
  }

  private write(text: string): void {
    if (this.over) return;
    this.sink.write(text);
    if (this.sink.writableLength > MOST_WAITING_BYTES) this.end('too-slow');
  }
}
