import type { CancelTimer, Clock } from '../../kernel/clock.js';
import type { AriEvent, AriStreamHandler } from './ari.port.js';

/** A channel that hangs up is gone within a few milliseconds; asking once more does no harm to one that is slow. */
const GONE_WITHIN_MS = 250;
const REMEMBERED_MS = 10_000;

interface Hanging {
  readonly since: Date;
  readonly lost: boolean;
  readonly cancel: CancelTimer;
}

/**
 * Ends channels whose hang-up Asterisk has lost. The answer of a leg answers its caller in the bridge, and waits there up to half a second for
 * his media; should he hang up meanwhile, that wait eats the news of it (`__ast_answer` of main/channel.c, 22.10.1), and both
 * would stand, and be charged, until no RTP came for two minutes. `ChannelHangupRequest` came all the same: a second request ends it.
 * It has ended when it was asked to end, not when that was heard.
 */
export class LostHangUps implements AriStreamHandler {
  private readonly hanging = new Map<string, Hanging>();

  constructor(
    private readonly handler: AriStreamHandler,
    private readonly clock: Clock,
    private readonly hangUp: (channelId: string) => void,
  ) {}

  onConnected(): Promise<void> {
    return this.handler.onConnected();
  }

  onEvent(event: AriEvent): void {
    if (event.type === 'channel.hanging') this.expect(event.channelId, event.at);
    else this.handler.onEvent(this.timed(event));
  }

  onDisconnected(reason: string): void {
    this.forgetAll();
    this.handler.onDisconnected(reason);
  }

  onReplaced(): void {
    this.forgetAll();
    this.handler.onReplaced();
  }

  private expect(channelId: string, since: Date): void {
    if (this.hanging.has(channelId)) return;
    const cancel = this.clock.after(GONE_WITHIN_MS, () => {
      // Its ends are still to come, and of a caller's channel nothing tells which is the last.
      const forget = this.clock.after(REMEMBERED_MS, () => this.hanging.delete(channelId));
      this.hanging.set(channelId, { since, lost: true, cancel: forget });
      this.hangUp(channelId);
    });
    this.hanging.set(channelId, { since, lost: false, cancel });
  }

  private timed(event: AriEvent): AriEvent {
    if (event.type !== 'channel.destroyed' && event.type !== 'stasis.end') return event;
    const hanging = this.hanging.get(event.channelId);
    if (hanging === undefined) return event;
    if (hanging.lost) return { ...event, at: hanging.since };
    hanging.cancel();
    this.hanging.delete(event.channelId);
    return event;
  }

  private forgetAll(): void {
    for (const { cancel } of this.hanging.values()) cancel();
    this.hanging.clear();
  }
}
