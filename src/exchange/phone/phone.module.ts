import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CONFIG, type Config } from '../../config.js';
import { Authenticator } from '../../infra/http/access/authenticator.js';
import { AccessModule } from '../../infra/http/access.module.js';
import { PageTopics } from '../../infra/http/events/page-topics.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { type CancelTimer, systemClock } from '../../kernel/clock.js';
import { CardActivations, CardKeys } from '../../membership/index.js';
import { PushController } from '../push/push.controller.js';
import { BrowserPhones } from './browser-phones.service.js';
import { DoorGuests } from './door-guests.js';
import { PhoneController } from './phone.controller.js';
import { PhoneBookController } from './phone-book.controller.js';
import { PhoneBook } from './phone-book.service.js';
import { PublicTerminalController } from './public-terminal.controller.js';
import { PublicTerminals } from './public-terminals.service.js';
import { SipDoor } from './sip-door.js';

const SWEEP_EVERY_MS = 60_000;

/** Opens the SIP door on the process's own HTTP server, and forgets devices of pages that are gone. */
@Injectable()
export class PhoneService implements BeforeApplicationShutdown, OnApplicationBootstrap {
  readonly door: SipDoor;
  private cancelSweep: CancelTimer = () => undefined;

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly phones: BrowserPhones,
    private readonly terminals: PublicTerminals,
    guests: DoorGuests,
    topics: PageTopics,
    @Inject(CONFIG) config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {
    // What one's contacts do with their telephones.
    topics.add({
      name: 'presence',
      policy: 'phone.use',
      hear: (principal, asked) =>
        asked === undefined ? (principal.memberId ?? principal.companyId ?? undefined) : undefined,
    });
    const upstream = new URL('/ws', config.ari.url);
    upstream.protocol = 'ws:';
    upstream.port = `${config.sip.wsPort}`;
    this.door = new SipDoor({
      upstream: upstream.href,
      origin: new URL(config.http.publicUrl).origin,
      clock: systemClock,
      log,
      admit: (request) => guests.admit(request),
      seen: (sessions) => guests.seen(sessions),
    });
  }

  onApplicationBootstrap(): void {
    this.http.httpAdapter
      .getHttpServer()
      .on('upgrade', (...upgrade: Parameters<SipDoor['upgrade']>) => void this.door.upgrade(...upgrade));
    this.door.open();
    this.sweepLater();
  }

  /** Before the HTTP server closes, whose connections these are: browsers are told to come back. */
  beforeApplicationShutdown(): void {
    this.cancelSweep();
    this.door.close();
  }

  private sweepLater(): void {
    this.cancelSweep = systemClock.after(SWEEP_EVERY_MS, () => {
      this.terminals
        .sweep()
        .catch((error: unknown) => this.log.warn({ err: error }, 'terminals were not swept'));
      this.phones
        .sweep()
        .catch((error: unknown) => this.log.warn({ err: error }, 'devices of closed pages were not swept'));
      this.sweepLater();
    });
  }
}

/** The browser as a telephone. For processes of the web role. */
@Module({
  imports: [AccessModule],
  controllers: [PhoneController, PhoneBookController, PublicTerminalController, PushController],
  providers: [
    Authenticator,
    BrowserPhones,
    CardActivations,
    CardKeys,
    DoorGuests,
    PhoneBook,
    PhoneService,
    PublicTerminals,
  ],
})
export class PhoneModule {}
