import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Listener } from '../db/listen.js';
import { WaitingWork } from '../db/waiting-work.js';
import { LOG, type Log } from '../log/log.js';
import type { MailPort } from './mail.js';
import { MAIL_PORT } from './mail.module.js';
import { MAIL_CHANNEL, OutgoingMail } from './outgoing-mail.js';

const LOOK_EVERY_MS = 15_000;
const SWEEP_EVERY_LOOKS = 240;

/** Sends what waits, one after the other: at once when somebody rings, and by looking. */
@Injectable()
export class MailDispatcher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: WaitingWork;
  private looks = 0;

  constructor(
    private readonly outgoing: OutgoingMail,
    listener: Listener,
    @Inject(MAIL_PORT) private readonly mail: MailPort,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.work = new WaitingWork({
      listener,
      channel: MAIL_CHANNEL,
      everyMs: LOOK_EVERY_MS,
      some: () => this.sendNext(),
      afterwards: async () => {
        if (this.looks++ % SWEEP_EVERY_LOOKS === 0) await this.outgoing.sweep();
      },
      failed: (error) => this.log.warn({ err: error }, 'mail waits'),
    });
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.work.stop();
  }

  private async sendNext(): Promise<boolean> {
    const mail = await this.outgoing.take();
    if (mail === undefined) return false;
    const sent = await this.mail.send(mail);
    await this.outgoing.note(mail.id, sent);
    if (sent.kind !== 'sent')
      this.log.warn({ mail: mail.id, kind: sent.kind, reason: sent.reason }, 'mail was not sent');
    return true;
  }
}
