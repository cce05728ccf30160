import {
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Db } from '../../infra/db/db.js';
import { PageTopics } from '../../infra/http/events/page-topics.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { type CancelTimer, systemClock } from '../../kernel/clock.js';
import { CardActivations } from './card-activations.service.js';
import { CardKeysController } from './card-keys.controller.js';
import { CardKeys } from './card-keys.service.js';
import { CardsController } from './cards.controller.js';
import { Cards } from './cards.service.js';
import { TerminalController } from './terminal.controller.js';
import { terminalOf } from './terminal.js';

const SWEEP_EVERY_MS = 30_000;

/** Ends what has lasted long enough, and lets a terminal's page hear that its card has left. */
@Injectable()
export class CardUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private cancelTimer: CancelTimer = () => undefined;

  constructor(
    private readonly db: Db,
    private readonly activations: CardActivations,
    private readonly keys: CardKeys,
    topics: PageTopics,
    @Inject(LOG) private readonly log: Log,
  ) {
    topics.add({
      name: 'terminal',
      policy: 'terminal.card',
      hear: (principal, asked) => (asked === undefined ? terminalOf(this.db, principal) : undefined),
    });
  }

  onApplicationBootstrap(): void {
    this.cancelTimer = systemClock.after(SWEEP_EVERY_MS, () => {
      Promise.all([this.activations.sweep(), this.keys.sweep()]).catch((error: unknown) =>
        this.log.warn({ err: error }, 'cards not swept'),
      );
      this.onApplicationBootstrap();
    });
  }

  onApplicationShutdown(): void {
    this.cancelTimer();
  }
}

/** Flash cards over REST. For processes of the web role. */
@Module({
  controllers: [CardsController, CardKeysController, TerminalController],
  providers: [Cards, CardActivations, CardKeys, CardUpkeep],
})
export class CardsModule {}
