import { Module, type OnModuleInit } from '@nestjs/common';
import { BillingModule } from '../../billing/index.js';
import { EVERY, type PageTopic, PageTopics } from '../../infra/http/events/page-topics.js';
import { CallOrdersModule } from '../orders/call-orders.module.js';
import { CALLS_TOPIC } from './call-news.js';
import { LiveCallsController } from './live-calls.controller.js';
import { REGISTRATIONS_TOPIC } from './registration-watch.js';
import { RegistrationsController } from './registrations.controller.js';
import { TRUNKS_TOPIC } from './trunk-diary.js';
import { TrunkHealthController } from './trunk-health.controller.js';

/** The house's own people hear everything of a topic; accounts of companies nothing. */
const ofTheHouse = (name: string, policy: PageTopic['policy']): PageTopic => ({
  name,
  policy,
  hear: ({ companyId }) => (companyId === null ? EVERY : undefined),
});

/** What operators see of the exchanges and do to them, over REST: for processes of the web role. Before the calls' own routes, which have `:id`. */
@Module({
  imports: [BillingModule, CallOrdersModule],
  controllers: [LiveCallsController, TrunkHealthController, RegistrationsController],
})
export class OperatorsModule implements OnModuleInit {
  constructor(private readonly topics: PageTopics) {}

  onModuleInit(): void {
    this.topics.add(
      ofTheHouse(CALLS_TOPIC, 'calls.live'),
      ofTheHouse(TRUNKS_TOPIC, 'network.read'),
      ofTheHouse(REGISTRATIONS_TOPIC, 'registrations.read'),
    );
  }
}
