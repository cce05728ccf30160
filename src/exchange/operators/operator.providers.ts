import type { Provider } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { SipObjects } from '../../infra/ari/sip-objects.js';
import { Db } from '../../infra/db/db.js';
import { PageEvents } from '../../infra/http/events/page-events.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { systemClock } from '../../kernel/clock.js';
import { CallRegistry } from '../call-registry.js';
import { RegistrationWatch } from './registration-watch.js';
import { TrunkDiary } from './trunk-diary.js';
import { TrunkRegistrations } from './trunk-registrations.js';
import { WishTaker } from './wish-taker.js';

/** What the operators' console sees of this node's exchange, and does to it; they want the `AriModule`'s exports beside them. */
export const operatorProviders: readonly Provider[] = [
  {
    provide: TrunkDiary,
    inject: [CONFIG, Db, PageEvents, LOG],
    useFactory: (config: Config, db: Db, pages: PageEvents, log: Log) =>
      new TrunkDiary(config.instance, db, pages, log),
  },
  {
    provide: RegistrationWatch,
    inject: [CONFIG, Db, SipObjects, PageEvents, LOG],
    useFactory: (config: Config, db: Db, objects: SipObjects, pages: PageEvents, log: Log) =>
      new RegistrationWatch(config.instance, db, objects, pages, systemClock, log),
  },
  {
    provide: TrunkRegistrations,
    inject: [CONFIG, Db, SipObjects, PageEvents, LOG],
    useFactory: (config: Config, db: Db, objects: SipObjects, pages: PageEvents, log: Log) =>
      new TrunkRegistrations(config.instance, db, objects, pages, systemClock, log),
  },
  {
    provide: WishTaker,
    inject: [CONFIG, Db, CallRegistry, RegistrationWatch, LOG],
    useFactory: (
      config: Config,
      db: Db,
      registry: CallRegistry,
      registrations: RegistrationWatch,
      log: Log,
    ) =>
      new WishTaker(
        config.instance,
        db.hot,
        {
          hangUp: (callId) =>
            registry.get(callId)?.tell({ type: 'operator.ended', at: systemClock.now().getTime() }),
          endRegistration: (contact) => registrations.end(contact),
        },
        log,
      ),
  },
];
