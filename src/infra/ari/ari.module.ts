import {
  type DynamicModule,
  type FactoryProvider,
  Inject,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { systemClock } from '../../kernel/clock.js';
import type { Secret } from '../../kernel/secret.js';
import { AriClientTransport } from './ari-client.transport.js';
import type { AriLog } from './ari-log.js';
import { type AriStats, newAriStats } from './ari-stats.js';
import { CelFile } from './cel.js';
import { AsteriskConsole } from './console.js';
import { EventStream } from './event-stream.js';
import { OperationRunner } from './operation-runner.js';
import { HttpChannel } from './rest.http.js';
import { SocketChannel } from './rest.socket.js';
import { SecurityLog } from './security-log.js';
import { SipObjects } from './sip-objects.js';

/** Injection tokens of what has no class to be asked for by: the `AriPort` and the `AriStats`. */
export const ARI_PORT = Symbol('ARI_PORT');
export const ARI_STATS = Symbol('ARI_STATS');
const OPTIONS = Symbol('AriModuleOptions');

export interface AriModuleOptions {
  readonly ari: {
    readonly url: string;
    readonly username: string;
    readonly password: Secret;
    readonly app: string;
  };
  readonly controlSocket: string;
  readonly celFile: string;
  readonly securityLog: string;
  readonly log: AriLog;
}
/** How the options come about: a factory and what Nest is to inject into it. */
export type AriModuleSource = Pick<ModuleMetadata, 'imports'> &
  Pick<FactoryProvider<AriModuleOptions>, 'useFactory' | 'inject'>;

const REQUEST_DEADLINE_MS = 5_000;
const SLOW_REQUEST_MS = 50;
const MAX_SOCKETS = 16;
const PING_MS = 5_000;
/** Q.850. */
const NORMAL_CLEARING = 16;
const SECURITY_LOOK_MS = 1_000;
const BACK_OFF = { firstMs: 100, maxMs: 5_000 };

/**
 * One Asterisk. Nothing connects by itself: the exchange starts the `EventStream` with its handler (which connects the
 * port too), and whoever watches security events starts the `SecurityLog`.
 */
@Module({})
export class AriModule implements OnApplicationShutdown {
  constructor(
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(SecurityLog) private readonly security: SecurityLog,
    @Inject(AriClientTransport) private readonly transport: AriClientTransport,
  ) {}

  static register({ imports, useFactory, inject }: AriModuleSource): DynamicModule {
    return {
      module: AriModule,
      ...(imports === undefined ? {} : { imports }),
      providers: [
        { provide: OPTIONS, useFactory, ...(inject === undefined ? {} : { inject }) },
        { provide: ARI_STATS, useFactory: newAriStats },
        { provide: SocketChannel, useFactory: requestChannel, inject: [OPTIONS] },
        { provide: AriClientTransport, useFactory: transport, inject: [OPTIONS, SocketChannel, ARI_STATS] },
        { provide: ARI_PORT, useExisting: AriClientTransport },
        {
          provide: EventStream,
          useFactory: stream,
          inject: [OPTIONS, ARI_STATS, SocketChannel, AriClientTransport],
        },
        { provide: AsteriskConsole, useFactory: controlConsole, inject: [OPTIONS] },
        {
          provide: SipObjects,
          useFactory: (c: AsteriskConsole) => new SipObjects(c),
          inject: [AsteriskConsole],
        },
        { provide: SecurityLog, useFactory: securityLog, inject: [OPTIONS] },
        { provide: CelFile, useFactory: (o: AriModuleOptions) => new CelFile(o.celFile), inject: [OPTIONS] },
      ],
      exports: [
        ARI_PORT,
        ARI_STATS,
        AriClientTransport,
        AsteriskConsole,
        EventStream,
        SipObjects,
        SecurityLog,
        CelFile,
      ],
    };
  }

  onApplicationShutdown(): void {
    this.stream.stop();
    this.security.stop();
    this.transport.close();
  }
}

function requestChannel({ ari }: AriModuleOptions): SocketChannel {
  const deadline = { deadlineMs: REQUEST_DEADLINE_MS };
  const http = new HttpChannel({ ...ari, ...deadline, maxSockets: MAX_SOCKETS }, systemClock);
  return new SocketChannel(http, systemClock, { ...deadline, slowMs: SLOW_REQUEST_MS });
}

function transport({ ari }: AriModuleOptions, channel: SocketChannel, stats: AriStats): AriClientTransport {
  return new AriClientTransport(new OperationRunner(ari, channel, systemClock, stats), ari.app);
}

function stream(
  { ari, log }: AriModuleOptions,
  stats: AriStats,
  requests: SocketChannel,
  port: AriClientTransport,
): EventStream {
  return new EventStream({
    socket: { ...ari, pingMs: PING_MS },
    clock: systemClock,
    stats,
    requests,
    backOff: BACK_OFF,
    log,
    connectRest: () => port.connect(),
    filterEvents: () => port.filterEvents(),
    hangUp: (channelId) => void port.hangup(channelId, NORMAL_CLEARING),
  });
}

function controlConsole({ controlSocket: path }: AriModuleOptions): AsteriskConsole {
  return new AsteriskConsole({ path, deadlineMs: REQUEST_DEADLINE_MS }, systemClock);
}

function securityLog({ securityLog: path, log }: AriModuleOptions): SecurityLog {
  return new SecurityLog({ path, everyMs: SECURITY_LOOK_MS, log }, systemClock);
}
