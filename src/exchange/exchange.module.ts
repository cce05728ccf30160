import { Module } from '@nestjs/common';
import type { Pool } from 'pg';
import { Registry } from 'prom-client';
import { TariffDesk, TariffModule } from '../billing/index.js';
import { CONFIG, type Config } from '../config.js';
import { ARI_PORT, ARI_STATS, AriModule } from '../infra/ari/ari.module.js';
import type { AriPort } from '../infra/ari/ari.port.js';
import type { AriStats } from '../infra/ari/ari-stats.js';
import { CelFile } from '../infra/ari/cel.js';
import { AsteriskConsole } from '../infra/ari/console.js';
import { SipObjects } from '../infra/ari/sip-objects.js';
import { Db, HOT_POOL } from '../infra/db/db.js';
import { PageEvents } from '../infra/http/events/page-events.js';
import { LOG, type Log } from '../infra/log/log.js';
import { MailModule } from '../infra/mail/mail.module.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { inSpanOf, tracing } from '../infra/trace/tracing.js';
import { systemClock } from '../kernel/clock.js';
import { Admission } from './admission.js';
import { AsteriskHealth } from './asterisk.health.js';
import { BanMetrics } from './bans/ban.metrics.js';
import { BanWatch } from './bans/ban-watch.js';
import { CallRegistry } from './call-registry.js';
import { type CallStore, PgCallStore } from './call-store.js';
import { callerAt, withoutPin } from './cards/arriving.js';
import { cardProviders } from './cards/card.providers.js';
import { CardSlips } from './cards/card-slips.js';
import { deviceOrigin } from './device-origin.js';
import { Directory } from './directory.js';
import { DirectoryModule } from './directory.module.js';
import { lookUpsTraced } from './directory.traced.js';
import { MOST_SECONDS } from './domain/route-verdicts.js';
import { EmergencyUpkeep } from './emergency/emergency-upkeep.js';
import { EndpointWatch } from './endpoint-watch.js';
import { Exchange } from './exchange.js';
import { ExchangeMetrics } from './exchange.metrics.js';
import { ExchangeService } from './exchange.service.js';
import { watchedBy } from './exchange.watch.js';
import { CallJournal } from './journal.js';
import { EndpointCopy } from './local-copy/endpoint-copy.js';
import { LogWatch } from './log-watch.js';
import { BillingMoney } from './money/billing-money.js';
import { OpenUses } from './open-uses.js';
import { callNews } from './operators/call-news.js';
import { operatorProviders } from './operators/operator.providers.js';
import { OrderDesk } from './orders/order-desk.js';
import { Presences, presenceProviders } from './presence/presence.providers.js';
import { pushWatch, tellOn } from './push/push-watch.js';
import { QueueDoor } from './queues/queue-door.js';
import { Recorder } from './recorder.js';
import { Recovery } from './recovery.js';
import { countRegistrations } from './registrations.js';
import { Router } from './router.js';
import { ServiceHost } from './services/service-host.js';
import type { ServiceWorld } from './services/service-world.js';
import { SetUps } from './set-ups.js';
import { TraceWatch } from './trace-watch.js';
import { TrunkHealth } from './trunk-health/trunk-health.js';
import { trunkProviders } from './trunk-health/trunk-health.providers.js';
import { dnsOn, UriResolver } from './uri-resolver.js';
import { isOver, taking, usesWatch } from './uses.watch.js';
import { SERVICE_WORLD, voicemailProviders } from './voicemail/voicemail.providers.js';

const CALL_STORE = Symbol('CALL_STORE');

/** sysexits.h EX_NOPERM: another exchange steers this Asterisk. A supervisor must not restart us: the two would take it from each other in turns. */
export const EXIT_REPLACED = 77;

/** Four RTP ports (two of RTP, two of RTCP) carry a call's two legs. */
const PORTS_PER_CALL = 4;

/** The call exchange of one Asterisk node: for processes of the exchange role. */
@Module({
  imports: [
    DirectoryModule,
    MailModule,
    TariffModule,
    AriModule.register({
      inject: [CONFIG, LOG],
      useFactory: (config: Config, log: Log) => ({
        ari: config.ari,
        controlSocket: config.controlSocket,
        celFile: config.celFile,
        securityLog: config.securityLog,
        log,
      }),
    }),
  ],
  providers: [
    ...voicemailProviders,
    ...cardProviders,
    ...operatorProviders,
    ...presenceProviders,
    AsteriskHealth,
    BanMetrics,
    BanWatch,
    ExchangeService,
    {
      provide: EmergencyUpkeep,
      inject: [Db, AsteriskConsole, CONFIG, LOG],
      useFactory: (db: Db, console: AsteriskConsole, config: Config, log: Log) => {
        const place = { directory: config.emergencyPlanDir, mediaAddress: config.sip.host };
        return new EmergencyUpkeep(db, console, place, log);
      },
    },
    ...trunkProviders,
    QueueDoor,
    { provide: CallRegistry, useFactory: () => new CallRegistry(systemClock) },
    {
      provide: ExchangeMetrics,
      inject: [Registry],
      useFactory: (registry: Registry) => new ExchangeMetrics(registry),
    },
    {
      provide: EndpointWatch,
      inject: [Db, SipObjects, EndpointCopy, LOG],
      useFactory: (db: Db, objects: SipObjects, copy: EndpointCopy, log: Log) =>
        new EndpointWatch(db.hot, objects, copy, log),
    },
    {
      provide: EndpointCopy,
      inject: [Db, CONFIG, LOG],
      useFactory: (db: Db, config: Config, log: Log) => new EndpointCopy(db, config.endpointCopy, log),
    },
    {
      provide: CALL_STORE,
      inject: [HOT_POOL, Outbox, SetUps],
      useFactory: (pool: Pool, outbox: Outbox, setUps: SetUps) =>
        new PgCallStore(pool, () => outbox.ring(), setUps),
    },
    { provide: SetUps, inject: [HOT_POOL], useFactory: (pool: Pool) => new SetUps(pool) },
    {
      provide: CallJournal,
      inject: [CONFIG, LOG],
      useFactory: (config: Config, log: Log) =>
        CallJournal.open(config.journalDir, (what, detail) => log.warn(detail, what)),
    },
    {
      provide: Recorder,
      inject: [CALL_STORE, CallJournal, LOG],
      useFactory: (store: CallStore, journal: CallJournal, log: Log) =>
        new Recorder(store, journal, systemClock, log),
    },
    {
      provide: OrderDesk,
      inject: [CONFIG, LOG, Db, Exchange, CallRegistry, CallJournal, Outbox],
      useFactory: (
        config: Config,
        log: Log,
        db: Db,
        calls: Exchange,
        registry: CallRegistry,
        journal: CallJournal,
        outbox: Outbox,
      ) =>
        new OrderDesk({
          node: config.instance,
          sql: db.hot,
          clock: systemClock,
          log,
          begin: (order) => calls.begin(order),
          ready: () => calls.ready,
          known: () => [
            ...registry.all().flatMap(({ call: { id, order } }) => (order === undefined ? [] : id)),
            ...journal.latest().map(({ id }) => id),
          ],
          told: () => outbox.ring(),
        }),
    },
    {
      provide: Exchange,
      inject: [
        CONFIG,
        LOG,
        ARI_PORT,
        ARI_STATS,
        CelFile,
        CALL_STORE,
        CallJournal,
        Recorder,
        Directory,
        CallRegistry,
        ExchangeMetrics,
        TrunkHealth,
        HOT_POOL,
        SERVICE_WORLD,
        Db,
        TariffDesk,
        QueueDoor,
        CardSlips,
        SetUps,
        AsteriskConsole,
        PageEvents,
        Presences,
      ],
      useFactory: exchange,
    },
  ],
  exports: [Exchange, QueueDoor],
})
export class ExchangeModule {}

function exchange(
  config: Config,
  log: Log,
  ari: AriPort,
  stats: AriStats,
  cel: CelFile,
  store: CallStore,
  journal: CallJournal,
  recorder: Recorder,
  directory: Directory,
  registry: CallRegistry,
  metrics: ExchangeMetrics,
  health: TrunkHealth,
  pool: Pool,
  services: ServiceWorld,
  db: Db,
  tariffs: TariffDesk,
  queues: QueueDoor,
  slips: CardSlips,
  setUps: SetUps,
  console: AsteriskConsole,
  pages: PageEvents,
  presences: Presences,
): Exchange {
  const holderAt = (deviceId: string) => directory.terminals.holderAt(deviceId);
  const uses = new OpenUses(systemClock);
  const resolver = new UriResolver(dnsOn(config.sip.dnsServers), () => directory.policy.privateSip);
  const router = new Router({
    directory: lookUpsTraced(directory),
    load: uses,
    trunkHealth: health.look,
    log,
    databaseAway: () => recorder.databaseAway,
    resolve: (reading) => resolver.resolve(reading),
    sipDomain: config.sip.realm,
    now: Date.now,
  });
  const watch = watchedBy(
    usesWatch(uses),
    health,
    new LogWatch(log, metrics),
    ...(tracing() === undefined ? [] : [new TraceWatch()]),
    callNews((...events) => pages.tell(...events), systemClock),
    presences.watch,
    pushWatch((memberId) => directory.pushed.has(memberId), tellOn(db, log)),
  );
  const limits = {
    calls: Math.floor((config.rtp.portMax - config.rtp.portMin + 1) / PORTS_PER_CALL),
    perSecond: config.mostCallsPerSecond,
  };
  metrics.watch({
    calls: registry,
    recorder,
    directory,
    ari: stats,
    trunks: health,
    registrations: () => countRegistrations(console),
  });
  const parts = { node: config.instance, ari, clock: systemClock, registry, recorder, watch };
  return new Exchange({
    ...parts,
    admission: new Admission(limits, () => registry.size, systemClock),
    money: new BillingMoney(db.hot, tariffs, log, Date.now, (wish) => setUps.hold(wish)),
    services: (tell) => new ServiceHost(services, tell),
    queues,
    recordBridge: (bridgeId, recording) => {
      const room = services.spool.makeRoom(recording);
      room
        .then(() => services.ari.recordBridge(bridgeId, recording, MOST_SECONDS))
        .catch((error: unknown) => log.warn({ err: error, recording }, 'a call is not recorded'));
    },
    decide: (call) =>
      taking(
        uses,
        call,
        inSpanOf(call.id, 'route', () => router.decide(call)),
      ),
    deviceOrigin: async (username) => {
      const origin = await deviceOrigin(pool, username);
      return origin && callerAt(origin, holderAt);
    },
    recognise: (arrival) => {
      const told = withoutPin(arrival, directory.plan, slips);
      return { ...told, origin: callerAt(told.origin, holderAt) };
    },
    isOver: (leg) => isOver(directory.network, uses, leg),
    recovery: (hands) => new Recovery({ ...parts, cel, store, journal, hands }),
    onReplaced: () => {
      log.fatal(
        { exitCode: EXIT_REPLACED },
        'another exchange steers this Asterisk now: leaving it the calls',
      );
      log.flush(() => process.exit(EXIT_REPLACED));
    },
  });
}
