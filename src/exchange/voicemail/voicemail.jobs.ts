import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { CONFIG, type Config } from '../../config.js';
import { type EventOf, Handles } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { LOG, type Log } from '../../infra/log/log.js';
import type { MailPort } from '../../infra/mail/mail.js';
import { MAIL_PORT } from '../../infra/mail/mail.module.js';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { type MailOrder, noteOutcome, openOrders, orderMails, takeOrder } from './mail-orders.js';
import { messageMail } from './message-mail.js';
import { MessageSpool } from './message-spool.js';

export const VOICE_MAIL_QUEUE = 'voice-mail';
const FEED_EVERY_MS = 30_000;

/** Brings mails that wait to the queue: at once when a message was left, and by looking. What is in PostgreSQL counts. */
@Injectable()
export class VoiceMailFeeder implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private cancelTimer: CancelTimer = () => undefined;
  private stopped = false;

  constructor(
    private readonly db: Db,
    @InjectQueue(VOICE_MAIL_QUEUE) private readonly queue: Queue<MailOrder>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Handles('voicemail.queue-mail', 'voice-message.left')
  async queueMail({ messageId }: EventOf<'voice-message.left'>, tx: Tx): Promise<void> {
    await orderMails(tx, messageId);
    tx.afterCommit(() => void this.feed());
  }

  onApplicationBootstrap(): void {
    void this.feedAgain();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  private async feedAgain(): Promise<void> {
    await this.feed();
    if (!this.stopped) this.cancelTimer = this.clock.after(FEED_EVERY_MS, () => void this.feedAgain());
  }

  private async feed(): Promise<void> {
    try {
      const orders = await openOrders(this.db);
      if (orders.length > 0) await this.queue.addBulk(orders.map(jobOf));
    } catch (error) {
      this.log.warn({ err: error }, 'mail about voice messages waits');
    }
  }
}

/** Removed when done: while the order is open, the next feeding adds it again. */
const jobOf = (order: MailOrder) => ({
  name: 'send',
  data: order,
  opts: {
    jobId: `${order.messageId}.${Buffer.from(order.address).toString('base64url')}`,
    removeOnComplete: true,
    removeOnFail: true,
  },
});

@Injectable()
@Processor(VOICE_MAIL_QUEUE, { concurrency: 2 })
export class VoiceMailProcessor extends WorkerHost {
  private readonly spool: MessageSpool;

  constructor(
    private readonly db: Db,
    @Inject(MAIL_PORT) private readonly mail: MailPort,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
    this.spool = new MessageSpool(`${config.asteriskSpoolDir}/recording`);
  }

  override async process({ data: order }: Job<MailOrder>): Promise<void> {
    const details = await takeOrder(this.db, order);
    if (details === undefined) return;
    const { mailbox, ...rest } = details;
    const name = { mailbox, id: order.messageId };
    const recording = this.spool.recordingOf(name);
    const file = (await this.spool.exists(recording)) ? { file: this.spool.fileOf(recording) } : {};
    const link = `${this.config.http.publicUrl}/v1/mailboxes/${mailbox}/messages/${order.messageId}/audio`;
    const sent = await this.mail.send(messageMail({ ...rest, ...order, ...file, link }));
    await noteOutcome(this.db, order, sent);
    if (sent.kind !== 'sent')
      this.log.warn(
        { message: order.messageId, kind: sent.kind, reason: sent.reason },
        'mail about a voice message',
      );
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<MailOrder> | undefined, error: Error): void {
    this.log.warn({ message: job?.data.messageId, err: error }, 'mail about a voice message was not sent');
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ reason: error.message }, 'voice mail worker');
  }
}
