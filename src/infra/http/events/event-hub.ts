import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Clock, systemClock } from '../../../kernel/clock.js';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { Listener } from '../../db/listen.js';
import { LOG, type Log } from '../../log/log.js';
import type { Principal } from '../principal.js';
import { EventAlong } from './along.js';
import { EventHistory } from './event-history.js';
import { EventMetrics } from './event-metrics.js';
import { EventStream, type Sink, type StreamEnd } from './event-stream.js';
import { eventFrom, PAGE_EVENTS_CHANNEL } from './page-event.js';
import { PageTopics, type Subscription } from './page-topics.js';

/** A browser has six connections to a host; two browsers, and a little. */
const MOST_OF_ACCOUNT = 16;
const MOST = 5_000;
const KEPT_EVENTS = 1_000;
/** Says whose rights have changed or ended: `session:<id>`, `api-key:<id>`, `account:<id>` (triggers of the access tables). */
const ACCESS_CHANNEL = 'access_changed';

type Listening = Pick<Principal, 'accountId' | 'credentialId' | 'by'>;
export type StreamRefused = Failure<'events.too-many' | 'events.unavailable'>;

/** All open streams of this process, and what they hear: what comes by NOTIFY, from whichever process. */
@Injectable()
export class EventHub implements OnModuleInit, BeforeApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private readonly streams = new Set<EventStream>();
  private readonly history = new EventHistory(KEPT_EVENTS);
  private readonly along: EventAlong;

  constructor(
    private readonly listener: Listener,
    private readonly metrics: EventMetrics,
    topics: PageTopics,
    @Inject(LOG) log: Log,
  ) {
    this.along = new EventAlong(topics, this.clock, log);
  }

  onModuleInit(): void {
    this.listener.on(PAGE_EVENTS_CHANNEL, (payload) => this.hear(payload));
    this.listener.on(ACCESS_CHANNEL, (payload) => this.endWhose(payload));
    this.listener.onResync(() => this.resync());
  }

  beforeApplicationShutdown(): void {
    for (const stream of this.streams) stream.end('shutting-down');
  }

  get size(): number {
    return this.streams.size;
  }

  /** Whether one more stream fits. */
  admits({ accountId }: Listening): Result<void, StreamRefused> {
    if (this.streams.size >= MOST) return err(full);
    const own = [...this.streams].filter((one) => one.who.accountId === accountId);
    return own.length >= MOST_OF_ACCOUNT ? err(tooMany) : ok(undefined);
  }

  /** Opens a stream; `lastId` is the last event that this page has heard, if it comes back. */
  open(
    who: Listening,
    subscriptions: readonly Subscription[],
    sink: Sink,
    lastId: string | undefined,
  ): EventStream {
    const stream = new EventStream(who, subscriptions, sink, this.clock, this.along, (ended, why) =>
      this.ended(ended, why),
    );
    this.streams.add(stream);
    this.metrics.open.set(this.streams.size);
    const missed = lastId === undefined ? [] : this.history.since(lastId);
    for (const one of missed ?? []) stream.offer(one);
    stream.control(missed === undefined ? 'resync' : 'ready', this.history.latest);
    return stream;
  }

  private hear(payload: string): void {
    const event = eventFrom(payload);
    if (event === undefined) return;
    const numbered = this.history.add(event);
    for (const stream of this.streams) stream.offer(numbered);
  }

  /** PostgreSQL keeps no notification for a listener that is away: nobody knows what was missed. */
  private resync(): void {
    this.history.forget();
    for (const stream of this.streams) stream.control('resync', this.history.latest);
  }

  /** Ends the streams of whom it names; a page whose rights have only changed comes back and is asked anew. */
  private endWhose(payload: string): void {
    for (const stream of this.streams) {
      const { accountId, by, credentialId } = stream.who;
      if (payload === `account:${accountId}` || payload === `${by}:${credentialId}`) stream.end('signed-out');
    }
  }

  private ended(stream: EventStream, why: StreamEnd): void {
    this.streams.delete(stream);
    this.metrics.open.set(this.streams.size);
    this.metrics.ended.inc({ why });
  }
}

const full = failure('events.unavailable', 'Too many pages listen here already.', {
  hint: 'try again in a minute',
  retry: 'safe',
});
const tooMany = failure('events.too-many', `You listen with ${MOST_OF_ACCOUNT} pages already.`, {
  hint: 'close some of them',
  retry: 'safe',
});
