import type { WebSocket } from 'ws';
import type { AriOutcome, AriStreamHandler } from '../../../src/infra/ari/ari.port.js';
import { newAriStats } from '../../../src/infra/ari/ari-stats.js';
import { EventStream } from '../../../src/infra/ari/event-stream.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { err, failure, ok } from '../../../src/kernel/result.js';
import { Secret } from '../../../src/kernel/secret.js';
import { FakeAsterisk } from './fake-asterisk.js';
import { Recorder } from './recorder.js';

export const PING_MS = 5_000;
export const MAX_WAIT_MS = 5_000;
export const PASSWORD = 'very-secret-password';

/** What the world around the stream does differently from a healthy one. */
export interface Behaviour extends Partial<AriStreamHandler> {
  filterEvents?: () => Promise<AriOutcome>;
  restIsUp?: () => boolean;
}

/** First words of what the stream logs. */
export const live = 'info ARI events are flowing';
export const retrying = 'warn no ARI events; connecting again';

/** One stream at one fake Asterisk, on a clock that stands still; everything it does is noted in `record`. */
export class StreamFixture {
  readonly clock = new ManualClock();
  readonly record = new Recorder();
  readonly stats = newAriStats();
  stream: EventStream | undefined;

  private constructor(public fake: FakeAsterisk) {}

  static async make(): Promise<StreamFixture> {
    return new StreamFixture(await FakeAsterisk.start());
  }

  async end(): Promise<void> {
    this.stream?.stop();
    await this.fake.stop();
  }

  start(behaviour: Behaviour = {}): void {
    const { record } = this;
    const log = (level: string) => (fields: object, message: string) =>
      record.note(`${level} ${message} ${JSON.stringify(fields)}`);
    this.stream = new EventStream({
      socket: {
        url: this.fake.url,
        username: 'lab',
        password: new Secret(PASSWORD),
        app: 'exchange',
        pingMs: PING_MS,
      },
      clock: this.clock,
      stats: this.stats,
      backOff: { firstMs: 100, maxMs: MAX_WAIT_MS },
      log: { info: log('info'), warn: log('warn'), error: log('error') },
      connectRest: async () =>
        (behaviour.restIsUp?.() ?? true) ? ok(undefined) : err(failure('ari.unreachable', 'REST is down')),
      hangUp: () => undefined,
      filterEvents: async () => {
        record.note('filter');
        return (await behaviour.filterEvents?.()) ?? { kind: 'done', value: undefined };
      },
    });
    this.stream.start({
      onConnected: async () => {
        record.note('connected');
        await behaviour.onConnected?.();
      },
      onEvent: (event) => {
        record.note(`event ${event.type} ${'channelId' in event ? event.channelId : ''}`);
        behaviour.onEvent?.(event);
      },
      onDisconnected: (reason) => record.note(`disconnected ${reason}`),
      onReplaced: () => record.note('replaced'),
    });
  }

  /** Starts it and waits until events flow. */
  async startLive(behaviour: Behaviour = {}): Promise<WebSocket> {
    const coming = this.fake.nextEventSocket();
    this.start(behaviour);
    const socket = await coming;
    await this.record.seen(live);
    return socket;
  }

  /** A StasisEnd as Asterisk sends it. */
  ended(channelId: string, at: Date = this.clock.now()): string {
    return JSON.stringify({
      type: 'StasisEnd',
      timestamp: at.toISOString().replace('Z', '+0000'),
      application: 'exchange',
      channel: { id: channelId },
    });
  }
}
