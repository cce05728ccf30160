import pg from 'pg';
import type { Log } from '../../infra/log/log.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import type { Secret } from '../../kernel/secret.js';

/** PostgreSQL's advisory lock of whoever decides about queues. */
const LOCK = 7_411_220_053;
const AGAIN_MS = 1_000;
const CONNECT_MS = 5_000;
export const WAITS = 'another exchange decides about queues: this one waits for its turn';

export interface LeadershipParts {
  readonly url: Secret;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** From here on this process decides. */
  readonly onGained: () => void;
}

/**
 * Of all exchange processes of a database one decides about queues (ADR 53): it holds an advisory lock on a connection of its own, the
 * others wait for it there. PostgreSQL gives it to the next the moment the holder's process is gone, without anybody's asking.
 * Whoever loses only his connection goes on until he hears that another one has it: an absent database stops no queue.
 */
export class Leadership {
  private client: pg.Client | undefined;
  private held = false;
  private closed = false;
  private cancelTimer: CancelTimer = () => undefined;

  constructor(private readonly parts: LeadershipParts) {}

  get leads(): boolean {
    return this.held;
  }

  start(): void {
    void this.connect();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.held = false;
    this.cancelTimer();
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.parts.url.reveal(),
      application_name: 'anydial-queues',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    this.client = client;
    try {
      await client.connect();
      // Waiting for one's turn is no statement that takes too long.
      await client.query('SET statement_timeout = 0');
      await this.takeTurn(client);
    } catch {
      this.lost(client);
    }
  }

  private async takeTurn(client: pg.Client): Promise<void> {
    if (!(await this.isFree(client))) {
      if (this.held) this.parts.log.warn({}, 'another exchange decides about queues now');
      this.held = false;
      this.parts.log.info({}, WAITS);
      await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    }
    if (this.held || this.client !== client) return;
    this.held = true;
    this.parts.log.info({}, 'this exchange decides about queues');
    this.parts.onGained();
  }

  private async isFree(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [LOCK]);
    return rows[0]?.got === true;
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    if (this.closed) return;
    this.cancelTimer = this.parts.clock.after(AGAIN_MS, () => void this.connect());
  }
}
