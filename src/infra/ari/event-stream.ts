import type { CancelTimer } from '../../kernel/clock.js';
import type { Failure, Result } from '../../kernel/result.js';
import type { AriStreamHandler } from './ari.port.js';
import type { AriLog } from './ari-log.js';
import { type BackOff, waitBefore } from './backoff.js';
import { type ConnectionContext, EventConnection } from './event-connection.js';
import { LostHangUps } from './lost-hang-ups.js';

export interface StreamOptions
  extends Pick<ConnectionContext, 'socket' | 'clock' | 'stats' | 'requests' | 'filterEvents'> {
  /** Must succeed before the socket is opened: what a resync needs (the operation table) is there then. */
  connectRest(): Promise<Result<unknown, Failure>>;
  /** Asks once more for the end of a channel. */
  hangUp(channelId: string): void;
  readonly backOff: BackOff;
  readonly log: AriLog;
}

/** Asterisk's events for as long as we live: reconnects for ever, until stopped or replaced by another exchange. */
export class EventStream {
  private handler: AriStreamHandler | undefined;
  private connection: EventConnection | undefined;
  private cancelRetry: CancelTimer = () => undefined;
  private failures = 0;
  private stopped = false;
  private readonly liveListeners: (() => void)[] = [];

  constructor(private readonly options: StreamOptions) {}

  /** Begins connecting, in the background. Once in a stream's life. */
  start(handler: AriStreamHandler): void {
    if (this.handler !== undefined) throw new Error('the event stream was started before');
    const minding = new LostHangUps(handler, this.options.clock, (id) => this.options.hangUp(id));
    this.handler = minding;
    void this.connect(minding);
  }

  /** Called whenever events begin to flow: Asterisk may have been started anew before. Once set, for the stream's life. */
  onLive(listener: () => void): void {
    this.liveListeners.push(listener);
  }

  /** Ends it for good; the handler hears nothing any more. */
  stop(): void {
    this.stopped = true;
    this.cancelRetry();
    this.connection?.close();
  }

  private async connect(handler: AriStreamHandler): Promise<void> {
    const ready = await this.options.connectRest();
    if (this.stopped) return;
    if (!ready.ok) return this.retry(handler, ready.failure.message);
    this.connection = new EventConnection({
      ...this.options,
      handler,
      onLive: () => this.settle(),
      onHandlerFailure: (error) => this.options.log.error({ err: error }, 'an ARI event handler threw'),
      onEnd: (end) => (end === 'replaced' ? this.giveWay(handler) : this.lose(handler, end)),
    });
  }

  private settle(): void {
    this.failures = 0;
    this.options.log.info({ app: this.options.socket.app }, 'ARI events are flowing');
    for (const listener of this.liveListeners) this.guard(listener);
  }

  private lose(handler: AriStreamHandler, end: { reason: string; announced: boolean }): void {
    if (end.announced) {
      this.options.stats.disconnects += 1;
      this.guard(() => handler.onDisconnected(end.reason));
    }
    this.retry(handler, end.reason);
  }

  private giveWay(handler: AriStreamHandler): void {
    this.options.log.error(
      { app: this.options.socket.app },
      'another exchange took the ARI application over',
    );
    this.guard(() => handler.onReplaced());
  }

  private retry(handler: AriStreamHandler, reason: string): void {
    if (this.stopped) return;
    const waitMs = Math.round(waitBefore(this.failures, this.options.backOff));
    this.failures += 1;
    this.options.stats.failedConnects += 1;
    this.options.log.warn({ reason, attempt: this.failures, waitMs }, 'no ARI events; connecting again');
    this.cancelRetry = this.options.clock.after(waitMs, () => void this.connect(handler));
  }

  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.options.log.error({ err: error }, 'an ARI stream handler threw');
    }
  }
}
