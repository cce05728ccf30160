import { Module, type OnModuleInit } from '@nestjs/common';
import { PageTopics } from '../infra/http/events/page-topics.js';
import { MailModule } from '../infra/mail/mail.module.js';
import { SealingModule } from '../infra/sealing/sealing.module.js';
import { WebhookDispatcher } from './webhooks/webhook-dispatcher.js';
import { WebhookEvents } from './webhooks/webhook-events.js';
import { webhooksTopic } from './webhooks/webhook-topic.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** Saying who is told: for processes of the web role. */
@Module({ imports: [SealingModule], controllers: [WebhooksController] })
export class WebhooksModule implements OnModuleInit {
  constructor(private readonly topics: PageTopics) {}

  onModuleInit(): void {
    this.topics.add(webhooksTopic);
  }
}

/** Telling them: for processes of the worker role. */
@Module({ imports: [MailModule, SealingModule], providers: [WebhookEvents, WebhookDispatcher] })
export class WebhooksWorkerModule {}
