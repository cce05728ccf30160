import { Module, type OnModuleInit } from '@nestjs/common';
import { CallOrdersModule } from '../exchange/index.js';
import { EVERY, PageTopics } from '../infra/http/events/page-topics.js';
import { JOBS_TOPIC } from '../infra/queue/job-news.js';
import { JobQueues } from './jobs/job-queues.js';
import { JobsController } from './jobs/jobs.controller.js';
import { ListeningController } from './listening/listening.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { SearchController } from './search/search.controller.js';

/** The operators' console: what looks at several modules at once. For processes of the web role. */
@Module({
  imports: [CallOrdersModule],
  controllers: [OverviewController, SearchController, JobsController, ListeningController],
  providers: [JobQueues],
})
export class ConsoleModule implements OnModuleInit {
  constructor(private readonly topics: PageTopics) {}

  onModuleInit(): void {
    this.topics.add({
      name: JOBS_TOPIC,
      policy: 'jobs.read',
      hear: ({ companyId }) => (companyId === null ? EVERY : undefined),
    });
  }
}
