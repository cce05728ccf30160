import type { Agent } from 'node:https';
import webPush from 'web-push';
import type { Sql } from '../../infra/db/sql.js';
import type { Secret } from '../../kernel/secret.js';
import { isPushService } from './domain/push-service.js';

export interface PushOptions {
  readonly publicKey: string;
  readonly privateKey: Secret;
  /** Whom a push service may write to (RFC 8292): our address. */
  readonly contact: string;
  /** Origins that are posted to beside the browser vendors'. */
  readonly services?: readonly string[];
  /** How they are connected to; the system's way and authorities unless told. */
  readonly agent?: Agent;
}

interface Subscription {
  readonly id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** A call that nobody hears of in time is no news. */
const TTL_SECONDS = 30;
const TIMEOUT_MS = 5_000;

/** Tells browsers of a call (RFC 8030, 8291, 8292). A subscription that its service no longer knows is forgotten. */
export class PushSender {
  constructor(
    private readonly sql: Sql,
    private readonly options: PushOptions,
  ) {}

  /** How many were told. Never rejects for a service's sake: a call rings whether or not somebody is told of it. */
  async tell(memberId: string, message: object): Promise<number> {
    const subscriptions = await this.sql.rows<Subscription>(
      'SELECT id, endpoint, p256dh, auth FROM push_subscription WHERE member_id = $1',
      [memberId],
    );
    const told = await Promise.all(subscriptions.map((one) => this.send(one, JSON.stringify(message))));
    return told.filter(Boolean).length;
  }

  private async send({ id, endpoint, p256dh, auth }: Subscription, text: string): Promise<boolean> {
    const { publicKey, privateKey, contact, services, agent } = this.options;
    if (!isPushService(endpoint, services)) return false;
    try {
      await webPush.sendNotification({ endpoint, keys: { p256dh, auth } }, text, {
        TTL: TTL_SECONDS,
        urgency: 'high',
        timeout: TIMEOUT_MS,
        ...(agent === undefined ? {} : { agent }),
        vapidDetails: { subject: contact, publicKey, privateKey: privateKey.reveal() },
      });
      return true;
    } catch (error) {
      const status = error instanceof webPush.WebPushError ? error.statusCode : 0;
      if (status === 404 || status === 410)
        await this.sql.run('DELETE FROM push_subscription WHERE id = $1', [id]);
      return false;
    }
  }
}
