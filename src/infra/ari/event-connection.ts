import type { Clock } from '../../kernel/clock.js';
import type { AriEvent, AriOutcome, AriStreamHandler } from './ari.port.js';
import type { AriStats } from './ari-stats.js';
import { decodeEvent } from './decode.js';
import { EventSocket, type EventSocketOptions } from './event-socket.js';
import type { SocketChannel } from './rest.socket.js';

export interface ConnectionContext {
  readonly socket: EventSocketOptions;
  readonly clock: Clock;
  readonly stats: AriStats;
  readonly handler: AriStreamHandler;
  /** Told of the open socket, and given its messages first: requests may go over it. Absent: HTTP alone. */
  readonly requests?: SocketChannel;
  /** Asked again on every connection: Asterisk forgets the filter when it restarts. */
  filterEvents(): Promise<AriOutcome>;
  /** The resync is done; the events held back come next. */
  onLive(): void;
  /** A handler threw: the stream goes on, the bug must be seen. */
  onHandlerFailure(error: unknown): void;
  /** Called once, and not after `close`; `announced` when the handler had been told of this connection. */
  onEnd(end: { readonly reason: string; readonly announced: boolean } | 'replaced'): void;
}

/** A resync that takes longer is taken as failed, and the connection with it. */
const RESYNC_MS = 30_000;
/** Some 20 s of events at the highest rate Asterisk manages. Beyond it a fresh resync is cheaper than the memory. */
const MAX_HELD = 50_000;

/** One connection of the stream: filter, resync while events are held back, then events in order. */
export class EventConnection {
  private readonly socket: EventSocket;
  private held: AriEvent[] | undefined = [];
  private announced = false;
  private ended = false;

  constructor(private readonly context: ConnectionContext) {
    this.socket = new EventSocket(context.socket, context.clock, {
      onOpen: () => void this.resync(),
      onMessage: (message) => this.take(message),
      onClose: (reason) => this.end({ reason, announced: this.announced }),
    });
  }

  close(): void {
    this.ended = true;
    this.context.stats.live = false;
    this.context.stats.eventsHeld = 0;
    this.context.requests?.closed(this.socket);
    this.socket.close();
  }

  private async resync(): Promise<void> {
    const cancel = this.context.clock.after(RESYNC_MS, () =>
      this.fail(`resync not done within ${RESYNC_MS} ms`),
    );
    try {
      const filtered = await this.context.filterEvents();
      if (this.ended) return;
      if (filtered.kind !== 'done') return this.fail(`event filter: ${filtered.message}`);
      // Not before: an answer over the socket must get past the filter too.
      this.context.requests?.opened(this.socket);
      this.announced = true;
      await this.context.handler.onConnected();
      if (!this.ended) this.goLive();
    } catch (error) {
      this.context.onHandlerFailure(error);
      this.fail('resync failed');
    } finally {
      cancel();
    }
  }

  private goLive(): void {
    const held = this.held ?? [];
    this.held = undefined;
    this.context.stats.eventsHeld = 0;
    this.context.stats.connects += 1;
    this.context.stats.live = true;
    this.context.onLive();
    for (const event of held) if (!this.ended) this.deliver(event);
  }

  private take(message: unknown): void {
    const { stats, requests } = this.context;
    stats.messages += 1;
    if (requests?.take(message)) return;
    const decoded = decodeEvent(message);
    switch (decoded.kind) {
      case 'event':
        if (this.held === undefined) this.deliver(decoded.event);
        else this.hold(this.held, decoded.event);
        return;
      case 'replaced':
        this.end('replaced');
        return;
      case 'unused':
        stats.eventsUnused += 1;
        return;
      case 'malformed':
        stats.eventsMalformed += 1;
    }
  }

  private hold(held: AriEvent[], event: AriEvent): void {
    this.context.stats.eventsHeld = held.push(event);
    if (held.length > MAX_HELD) this.fail(`more than ${MAX_HELD} events during a resync`);
  }

  private deliver(event: AriEvent): void {
    const { stats, clock, handler } = this.context;
    stats.lagMs = Math.max(0, clock.now().getTime() - event.at.getTime());
    stats.maxLagMs = Math.max(stats.maxLagMs, stats.lagMs);
    try {
      handler.onEvent(event);
      stats.eventsHandled += 1;
    } catch (error) {
      stats.handlerFailures += 1;
      this.context.onHandlerFailure(error);
    }
  }

  private fail(reason: string): void {
    this.end({ reason, announced: this.announced });
  }

  private end(end: Parameters<ConnectionContext['onEnd']>[0]): void {
    if (this.ended) return;
    this.close();
    this.context.onEnd(end);
  }
}
