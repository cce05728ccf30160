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
import { AmiClient } from './ami.js';
import { AriClientTransport } from './ari-client.transport.js';
import type { AriLog } from './ari-log.js';
import { type AriStats, newAriStats } from './ari-stats.js';
import { CelFile } from './cel.js';
import { EventStream } from './event-stream.js';
import { OperationRunner } from './operation-runner.js';
import { HttpChannel } from './rest.http.js';
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
  readonly ami: {
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly secret: Secret;
  };
  readonly celFile: string;
  readonly log: AriLog;
}
/** How the options come about: a factory and what Nest is to inject into it. */
export type AriModuleSource = Pick<ModuleMetadata, 'imports'> &
  Pick<FactoryProvider<AriModuleOptions>, 'useFactory' | 'inject'>;

const REQUEST_DEADLINE_MS = 5_000;
const MAX_SOCKETS = 16;
const PING_MS = 5_000;
const AMI_PING_MS = 15_000;
const BACK_OFF = { firstMs: 100, maxMs: 5_000 };

/**
 * One Asterisk. Nothing connects by itself: the exchange starts the `EventStream` with its handler (which connects the
 * port too), and whoever changes devices or watches security events starts the `AmiClient`.
 */
@Module({})
export class AriModule implements OnApplicationShutdown {
  constructor(
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(AmiClient) private readonly ami: AmiClient,
    @Inject(AriClientTransport) private readonly transport: AriClientTransport,
  ) {}

  static register({ imports, useFactory, inject }: AriModuleSource): DynamicModule {
    return {
      module: AriModule,
      ...(imports === undefined ? {} : { imports }),
      providers: [
        { provide: OPTIONS, useFactory, ...(inject === undefined ? {} : { inject }) },
        { provide: ARI_STATS, useFactory: newAriStats },
        { provide: AriClientTransport, useFactory: transport, inject: [OPTIONS, ARI_STATS] },
        { provide: ARI_PORT, useExisting: AriClientTransport },
        { provide: EventStream, useFactory: stream, inject: [OPTIONS, ARI_STATS, AriClientTransport] },
        { provide: AmiClient, useFactory: ami, inject: [OPTIONS] },
        {
          provide: SipObjects,
          useFactory: (client: AmiClient) => new SipObjects(client),
          inject: [AmiClient],
        },
        { provide: CelFile, useFactory: (o: AriModuleOptions) => new CelFile(o.celFile), inject: [OPTIONS] },
      ],
      exports: [ARI_PORT, ARI_STATS, AriClientTransport, EventStream, AmiClient, SipObjects, CelFile],
    };
  }

  onApplicationShutdown(): void {
    this.stream.stop();
    this.ami.stop();
    this.transport.close();
  }
}

function transport({ ari }: AriModuleOptions, stats: AriStats): AriClientTransport {
  const http = new HttpChannel(
    { ...ari, deadlineMs: REQUEST_DEADLINE_MS, maxSockets: MAX_SOCKETS },
    systemClock,
  );
  return new AriClientTransport(new OperationRunner(ari, http, systemClock, stats), ari.app);
}

function stream({ ari, log }: AriModuleOptions, stats: AriStats, port: AriClientTransport): EventStream {
  return new EventStream({
    socket: { ...ari, pingMs: PING_MS },
    clock: systemClock,
    stats,
    backOff: BACK_OFF,
    log,
    connectRest: () => port.connect(),
    filterEvents: () => port.filterEvents(),
  });
}

function ami({ ami: address, log }: AriModuleOptions): AmiClient {
  const options = { ...address, deadlineMs: REQUEST_DEADLINE_MS, pingMs: AMI_PING_MS, backOff: BACK_OFF };
  return new AmiClient(options, systemClock, log);
}
