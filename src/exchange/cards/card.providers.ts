import type { OnApplicationBootstrap, OnApplicationShutdown, Provider } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { ARI_PORT } from '../../infra/ari/ari.module.js';
import type { AriPort } from '../../infra/ari/ari.port.js';
import { SipObjects } from '../../infra/ari/sip-objects.js';
import { Db } from '../../infra/db/db.js';
import { Listener } from '../../infra/db/listen.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { systemClock } from '../../kernel/clock.js';
import { CardActivations } from '../../membership/index.js';
import { CallRegistry } from '../call-registry.js';
import { DIRECTORY_CHANNEL, Directory } from '../directory.js';
import { PageLinks } from '../number-pages/page-links.js';
import { CardDesk } from './card-desk.js';
import { CardEnds } from './card-ends.js';
import { CardSlips } from './card-slips.js';
import { TerminalWatch } from './terminal-watch.js';

@Injectable()
class TerminalUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly watch: TerminalWatch;
  private readonly ends: CardEnds;

  constructor(
    db: Db,
    objects: SipObjects,
    activations: CardActivations,
    registry: CallRegistry,
    private readonly listener: Listener,
    @Inject(ARI_PORT) ari: AriPort,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.watch = new TerminalWatch(db, objects, activations, systemClock, log);
    this.ends = new CardEnds({ sql: db, registry, ari });
  }

  onApplicationBootstrap(): void {
    this.watch.start();
    this.listener.on(DIRECTORY_CHANNEL, (payload) => {
      const [what, deviceId = ''] = payload.split(':');
      if (what !== 'card_terminal') return;
      this.ends
        .terminalChanged(deviceId)
        .catch((error: unknown) => this.log.warn({ err: error }, 'calls of a card that left go on'));
    });
  }

  onApplicationShutdown(): void {
    this.watch.stop();
  }
}

/** Flash cards in the exchange role; they want the `AriModule`'s and the `DirectoryModule`'s exports beside them. */
export const cardProviders: readonly Provider[] = [
  CardActivations,
  CardSlips,
  TerminalUpkeep,
  {
    provide: PageLinks,
    inject: [Db, OutgoingMail, CONFIG],
    useFactory: (db: Db, mail: OutgoingMail, config: Config) =>
      new PageLinks(db, mail, config.http.publicUrl),
  },
  {
    provide: CardDesk,
    inject: [CardActivations, CardSlips, Directory],
    useFactory: (activations: CardActivations, slips: CardSlips, directory: Directory) =>
      new CardDesk(activations, slips, async (deviceId, memberId) => {
        await directory.changed(`card_terminal:${deviceId}`);
        await directory.changed(`card_holder:${memberId}`);
      }),
  },
];
