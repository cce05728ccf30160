import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { Listener } from '../../infra/db/listen.js';
import { WaitingWork } from '../../infra/db/waiting-work.js';
import { PageEvents } from '../../infra/http/events/page-events.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { KeyRing } from '../../infra/sealing/key-ring.js';
import { DISABLE_AFTER_DAYS } from '../domain/webhook-schedule.js';
import { type Due, noteAttempt, sweepDeliveries, takeDue, WEBHOOK_CHANNEL } from './deliveries.service.js';
import { secretOf } from './endpoints.service.js';
import { post } from './webhook-sender.js';
import { deliveriesMoved } from './webhook-topic.js';

const LOOK_EVERY_MS = 1_000;
const SWEEP_EVERY_LOOKS = 3_600;
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;

/** Posts what waits, some at the same time, at least once each: signed as Standard Webhooks wants it, by the new secret and the one before. */
@Injectable()
export class WebhookDispatcher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: WaitingWork;
  private looks = 0;

  constructor(
    private readonly db: Db,
    listener: Listener,
    private readonly keys: KeyRing,
    private readonly mail: OutgoingMail,
    private readonly pages: PageEvents,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.work = new WaitingWork({
      listener,
      channel: WEBHOOK_CHANNEL,
      everyMs: LOOK_EVERY_MS,
      some: () => this.round(),
      afterwards: async () => {
        if (this.looks++ % SWEEP_EVERY_LOOKS === 0) await sweepDeliveries(this.db);
      },
      failed: (error) => this.log.warn({ err: error }, 'webhooks wait'),
    });
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.work.stop();
  }

  private async round(): Promise<boolean> {
    const due = await takeDue(this.db, AT_ONCE);
    await Promise.all(due.map((one) => this.attempt(one)));
    for (const owner of new Set(due.map((one) => one.owner))) this.pages.tell(deliveriesMoved(owner));
    return due.length > 0;
  }

  private async attempt(due: Due): Promise<void> {
    const posted = await post({
      url: due.url,
      body: due.body,
      headers: this.signed(due),
      allowLoopback: this.config.environment !== 'production',
      timeoutMs: TIMEOUT_MS,
    });
    await this.db.inTx(async (tx) => {
      if (!(await noteAttempt(tx, due, posted, Math.random()))) return;
      const [owner] = await tx.rows<{ email: string; disabledAt: Date }>(
        `SELECT a.email, e.disabled_at AS "disabledAt" FROM webhook_endpoint e JOIN user_account a ON a.id = e.created_by WHERE e.id = $1`,
        [due.endpointId],
      );
      if (owner !== undefined)
        await this.mail.order(tx, {
          id: `webhook.${due.endpointId}.${owner.disabledAt.getTime()}`,
          to: owner.email,
          subject: 'Your webhook was switched off',
          text: `${due.url} has taken nothing for ${DISABLE_AFTER_DAYS} days (${posted.kind === 'refused' ? posted.reason : ''}).\nMend it, then switch it on again: PATCH /v1/webhooks/${due.endpointId} {"enabled": true}\n`,
        });
    });
  }

  private signed({
    messageId,
    body,
    endpointId,
    sealedSecret,
    sealedSecretBefore,
  }: Due): Readonly<Record<string, string>> {
    const at = new Date();
    const signatures = [sealedSecret, sealedSecretBefore].flatMap((sealed) =>
      sealed === null ? [] : [new Webhook(secretOf(this.keys, endpointId, sealed)).sign(messageId, at, body)],
    );
    return {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Anydial-Webhooks/1',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': signatures.join(' '),
    };
  }
}
