import type { OnApplicationBootstrap, OnApplicationShutdown, Provider } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { SipObjects } from '../../infra/ari/sip-objects.js';
import { Db } from '../../infra/db/db.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { systemClock } from '../../kernel/clock.js';
import { CardActivations } from '../../membership/index.js';
import { Directory } from '../directory.js';
import { PageLinks } from '../number-pages/page-links.js';
import { CardDesk } from './card-desk.js';
import { CardSlips } from './card-slips.js';
import { TerminalWatch } from './terminal-watch.js';

@Injectable()
class TerminalUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly watch: TerminalWatch;

  constructor(db: Db, objects: SipObjects, activations: CardActivations, @Inject(LOG) log: Log) {
    this.watch = new TerminalWatch(db, objects, activations, systemClock, log);
  }

  onApplicationBootstrap(): void {
    this.watch.start();
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
