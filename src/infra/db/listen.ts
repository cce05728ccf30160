import pg from 'pg';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import type { Secret } from '../../kernel/secret.js';

export type NotificationHandler = (payload: string) => void;

export interface ListenerReports {
  readonly lost: (reason: string) => void;
  readonly restored: () => void;
}

const PING_EVERY_MS = 15_000;
const ANSWER_WITHIN_MS = 5_000;
const BACK_OFF_FIRST_MS = 100;
const BACK_OFF_MOST_MS = 5_000;

/**
 * LISTEN on one connection of its own, for as long as the process lives. PostgreSQL keeps no notification for a
 * listener that is away, so after *every* connect (the first too) the `onResync` callbacks run: whoever caches reads anew
 * there, and treats a notification as a hint only. A ping finds a connection that is dead without having said so.
 */
export class Listener {
  private readonly handlers = new Map<string, Set<NotificationHandler>>();
  private readonly resyncs = new Set<() => void>();
  private client: pg.Client | undefined;
  private failures = 0;
  private state: 'idle' | 'running' | 'closed' = 'idle';
  private cancelTimer: CancelTimer = () => undefined;
  /** The statement under way: a connection takes one after the other. */
  private asking: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly url: Secret,
    private readonly reports: ListenerReports,
    private readonly clock: Clock = systemClock,
    private readonly answerWithinMs = ANSWER_WITHIN_MS,
  ) {}

  /** Calls `handler` with the payload of each NOTIFY on `channel`; a handler must not throw. Returns how to stop. */
  on(channel: string, handler: NotificationHandler): () => void {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(channel)) throw new Error(`not a channel name: ${channel}`);
    const known = this.handlers.get(channel);
    const handlers = known ?? new Set();
    this.handlers.set(channel, handlers.add(handler));
    const { client } = this;
    if (known === undefined && client !== undefined)
      this.ask(client, `LISTEN ${channel}`).catch(() => this.client === client && this.drop('LISTEN failed'));
    return () => handlers.delete(handler);
  }

  /**
   * Calls `resync` after every connect, when notifications may have been missed; whoever comes when there is a connection already
   * (another module began to listen) is called for that one at once. Returns how to stop.
   */
  onResync(resync: () => void): () => void {
    this.resyncs.add(resync);
    if (this.client !== undefined) queueMicrotask(() => this.resyncs.has(resync) && resync());
    return () => this.resyncs.delete(resync);
  }

  get connected(): boolean {
    return this.client !== undefined;
  }

  /** Begins to listen; returns at once and goes on trying until `close`. */
  start(): void {
    if (this.state !== 'idle') return;
    this.state = 'running';
    void this.connect();
  }

  async close(): Promise<void> {
    this.state = 'closed';
    this.cancelTimer();
    const client = this.client;
    this.client = undefined;
    await client?.end();
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url.reveal(),
      application_name: 'anydial-listen',
      connectionTimeoutMillis: this.answerWithinMs,
      query_timeout: this.answerWithinMs,
      keepAlive: true,
    });
    client.on('error', (error) => this.lose(client, error.message));
    client.on('end', () => this.lose(client, 'connection ended'));
    client.on('notification', ({ channel, payload = '' }) => {
      for (const handler of this.handlers.get(channel) ?? []) handler(payload);
    });
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await client.query(`LISTEN ${channel}`);
    } catch (error) {
      discard(client);
      this.tryAgain(messageOf(error));
      return;
    }
    this.adopt(client);
  }

  private adopt(client: pg.Client): void {
    if (this.state === 'closed') {
      discard(client);
      return;
    }
    this.client = client;
    this.failures = 0;
    this.reports.restored();
    this.pingLater(client);
    for (const resync of this.resyncs) resync();
  }

  private pingLater(client: pg.Client): void {
    this.cancelTimer = this.clock.after(PING_EVERY_MS, () => {
      this.ask(client, 'SELECT 1').then(
        () => this.client === client && this.pingLater(client),
        () => this.client === client && this.drop('no answer to a ping'),
      );
    });
  }

  private ask(client: pg.Client, statement: string): Promise<unknown> {
    const asked = this.asking.then(() => client.query(statement));
    this.asking = asked.catch(() => undefined);
    return asked;
  }

  private drop(reason: string): void {
    if (this.client !== undefined) this.lose(this.client, reason);
  }

  private lose(client: pg.Client, reason: string): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.cancelTimer();
    discard(client);
    this.tryAgain(reason);
  }

  /** Doubles the wait up to 5 s, with jitter so that a hundred processes don't come back in the same millisecond. */
  private tryAgain(reason: string): void {
    if (this.state === 'closed') return;
    this.reports.lost(reason);
    const most = Math.min(BACK_OFF_MOST_MS, BACK_OFF_FIRST_MS * 2 ** this.failures++);
    this.cancelTimer = this.clock.after(most * (0.5 + Math.random() / 2), () => void this.connect());
  }
}

function discard(client: pg.Client): void {
  client.end().catch(() => undefined);
}

const messageOf = (error: unknown): string => (error as { message?: string }).message ?? String(error);
