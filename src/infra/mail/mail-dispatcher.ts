import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { Listener } from '../db/listen.js';
import { LOG, type Log } from '../log/log.js';
import type { MailPort } from './mail.js';
import { MAIL_PORT } from './mail.module.js';
import { MAIL_CHANNEL, OutgoingMail } from './outgoing-mail.js';

const LOOK_EVERY_MS = 15_000;
const SWEEP_EVERY_LOOKS = 240;

/** Sends what waits, one after the other: at once when somebody rings, and by looking. */
@Injectable()
export class MailDispatcher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private cancelTimer: CancelTimer = () => undefined;
  private running: Promise<void> | undefined;
  private rungAgain = false;
  private stopped = false;
  private looks = 0;

  constructor(
    private readonly outgoing: OutgoingMail,
    private readonly listener: Listener,
    @Inject(MAIL_PORT) private readonly mail: MailPort,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.listener.on(MAIL_CHANNEL, () => this.ring());
    this.listener.onResync(() => this.ring());
    this.ring();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.cancelTimer();
    await this.running;
  }

  private ring(): void {
    if (this.stopped) return;
    this.rungAgain = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  private async run(): Promise<void> {
    this.cancelTimer();
    try {
      while (this.rungAgain && !this.stopped) {
        this.rungAgain = false;
        while (!this.stopped && (await this.sendNext())) {}
      }
      if (this.looks++ % SWEEP_EVERY_LOOKS === 0) await this.outgoing.sweep();
    } catch (error) {
      this.log.warn({ err: error }, 'mail waits');
    }
    if (!this.stopped) this.cancelTimer = this.clock.after(LOOK_EVERY_MS, () => this.ring());
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
