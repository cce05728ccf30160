import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EVERY, PageTopics } from '../../infra/http/events/page-topics.js';

export const FRAUD_TOPIC = 'fraud-alerts';

/** Whoever may read alerts hears them at once. */
@Injectable()
export class FraudTopic implements OnModuleInit {
  constructor(private readonly topics: PageTopics) {}

  onModuleInit(): void {
    this.topics.add({
      name: FRAUD_TOPIC,
      policy: 'fraud-alerts.read',
      hear: ({ companyId }, asked) => (companyId === null && asked === undefined ? EVERY : undefined),
    });
  }
}
