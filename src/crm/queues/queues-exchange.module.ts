import { Inject, Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Registry } from 'prom-client';
import { CONFIG, type Config } from '../../config.js';
import { ExchangeModule, QueueDoor } from '../../exchange/index.js';
import { Db } from '../../infra/db/db.js';
import { Listener } from '../../infra/db/listen.js';
import { PageEvents } from '../../infra/http/events/page-events.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { systemClock } from '../../kernel/clock.js';
import { Leadership } from './leadership.js';
import { LETTERS_CHANNEL } from './nodes/queue-post.js';
import { type OpenedDesk, openDesk } from './open-desk.js';
import { watchQueues } from './queue.metrics.js';

/** PostgreSQL channel on which the tables' triggers say that queues, agents or wishes have changed. */
const QUEUES_CHANNEL = 'queues';

/** Brings the decision about queues into the exchange of this process. */
@Injectable()
class QueuesAtExchange implements OnModuleInit, OnApplicationShutdown {
  private readonly opened: OpenedDesk;
  private readonly leadership: Leadership;

  constructor(
    private readonly door: QueueDoor,
    private readonly listener: Listener,
    db: Db,
    outbox: Outbox,
    pages: PageEvents,
    @Inject(CONFIG) config: Config,
    @Inject(LOG) private readonly log: Log,
    registry: Registry,
  ) {
    this.leadership = new Leadership({
      url: config.databaseUrl,
      clock: systemClock,
      log,
      onGained: () => void this.opened.tookOver(),
    });
    const leads = () => this.leadership.leads;
    this.opened = openDesk({ db, outbox, pages, log, node: config.instance, clock: systemClock, leads });
    watchQueues(registry, this.opened.house, systemClock);
  }

  onModuleInit(): void {
    this.leadership.start();
    this.door.open(this.opened.desk);
    this.listener.on(QUEUES_CHANNEL, () => this.changed());
    this.listener.on(LETTERS_CHANNEL, (leader) => this.opened.desk.heard(leader));
    this.listener.onResync(() => {
      this.changed();
      this.opened.desk.missed();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.opened.desk.stop();
    await this.opened.flushed();
    // Given up last: what was decided here is written.
    await this.leadership.close();
  }

  private changed(): void {
    this.opened.changed().catch((error: unknown) => {
      this.log.warn({ err: error }, 'what changed in the queues is read later');
    });
  }
}

/** For processes of the exchange role. */
@Module({ imports: [ExchangeModule], providers: [QueuesAtExchange] })
export class QueuesExchangeModule {}
