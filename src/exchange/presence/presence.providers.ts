import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { ARI_PORT } from '../../infra/ari/ari.module.js';
import type { AriPort } from '../../infra/ari/ari.port.js';
import { EventStream } from '../../infra/ari/event-stream.js';
import { Db } from '../../infra/db/db.js';
import { Listener } from '../../infra/db/listen.js';
import { PageEvents } from '../../infra/http/events/page-events.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { systemClock } from '../../kernel/clock.js';
import { CallRegistry } from '../call-registry.js';
import { DIRECTORY_CHANNEL } from '../directory.js';
import { type ExchangeWatch, watchedBy } from '../exchange.watch.js';
import { DeviceWatch } from './device-watch.js';
import { LateRings } from './late-rings.js';
import { PRESENCE_CHANNEL } from './presence.sql.js';
import { PresenceWatch } from './presence-watch.js';

/** Who is there and what he does, and who comes while it rings: what the exchange's own events and the database's make of it. */
@Injectable()
export class Presences implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly watch: ExchangeWatch;
  private readonly devices: DeviceWatch;
  private readonly late: LateRings;
  private readonly presence: PresenceWatch;

  constructor(
    private readonly db: Db,
    @Inject(ARI_PORT) ari: AriPort,
    pages: PageEvents,
    registry: CallRegistry,
    private readonly listener: Listener,
    private readonly stream: EventStream,
    @Inject(CONFIG) config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {
    const sql = db;
    this.devices = new DeviceWatch({ sql, ari, node: config.instance, clock: systemClock, log });
    this.presence = new PresenceWatch({
      sql,
      pages,
      log,
      calls: () => registry.all().map(({ call }) => call),
      watch: (members) => this.devices.watch(members),
    });
    this.late = new LateRings({
      sql,
      devices: this.devices,
      log,
      tell: (callId, event) => registry.get(callId)?.tell(event),
    });
    this.watch = watchedBy(this.presence.watch, this.late.watch, {
      contact: (endpoint, online) => this.devices.contact(endpoint, online),
    });
  }

  onApplicationBootstrap(): void {
    this.listener.on(PRESENCE_CHANNEL, (payload) => this.heard(payload));
    this.listener.on(DIRECTORY_CHANNEL, (payload) => {
      if (payload.startsWith('device:')) void this.ownerChanged(payload.slice('device:'.length));
    });
    this.listener.onResync(() => void this.presence.renewAll());
    this.stream.onLive(() => this.devices.resync());
    this.devices.start();
  }

  onApplicationShutdown(): void {
    this.devices.stop();
  }

  private heard(payload: string): void {
    const [what, memberId = ''] = payload.split(':');
    if (what === 'book') void this.presence.bookChanged(memberId);
    if (what !== 'device') return;
    this.presence.changed(memberId);
    this.late.registered();
  }

  private async ownerChanged(username: string): Promise<void> {
    try {
      const [owner] = await this.db.rows<{ id: string }>(
        'SELECT member_id AS id FROM device WHERE username = $1',
        [username],
      );
      if (owner !== undefined) this.devices.changed(owner.id);
    } catch (error) {
      this.log.warn({ err: error }, 'whose telephone has changed is not known');
    }
  }
}

/** Presence in the exchange role; wants the `AriModule`'s exports and the `CallRegistry` beside it. */
export const presenceProviders: readonly Provider[] = [Presences];
