import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Listener } from '../../infra/db/listen.js';
import { MessageKeeper } from './message-keeper.js';
import { MessageLamp } from './message-lamp.js';

/** PostgreSQL channel on which a mailbox's id says that its messages have changed. */
const MAILBOX_CHANNEL = 'mailbox';

/** Keeps lamps and files true for as long as this exchange runs. */
@Injectable()
export class VoicemailUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly listener: Listener,
    private readonly keeper: MessageKeeper,
    private readonly lamp: MessageLamp,
  ) {}

  onApplicationBootstrap(): void {
    this.listener.on(MAILBOX_CHANNEL, (mailbox) => {
      this.lamp.changed(mailbox);
      this.keeper.lookSoon();
    });
    this.listener.onResync(() => this.lamp.resync());
    this.listener.start();
    // Whoever started the listener first may have been told of its connection already.
    this.lamp.resync();
    this.keeper.start();
  }

  onApplicationShutdown(): void {
    this.keeper.stop();
  }
}
