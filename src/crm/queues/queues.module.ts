import { Module, type OnModuleInit } from '@nestjs/common';
import { CallOrdersModule } from '../../exchange/index.js';
import { Db } from '../../infra/db/db.js';
import { EVERY, PageTopics } from '../../infra/http/events/page-topics.js';
import { AgentsController } from '../agents/agents.controller.js';
import { agentOfAccount } from '../agents/agents.service.js';
import { PauseReasonsController } from '../agents/pause-reasons.controller.js';
import { SeatsController } from '../agents/seats.controller.js';
import { SupervisionController } from '../agents/supervision.controller.js';
import { callerAlong } from '../customers/caller-along.js';
import { isSeen, seenBy } from '../owner.js';
import { QueueCallsController } from './queue-calls.controller.js';
import { QueuesController } from './queues.controller.js';
import { RecordingsController } from './recordings.controller.js';

/** Queues, agents and recordings over REST, and what their pages hear: for processes of the web role. */
@Module({
  imports: [CallOrdersModule],
  controllers: [
    QueuesController,
    QueueCallsController,
    AgentsController,
    PauseReasonsController,
    SeatsController,
    SupervisionController,
    RecordingsController,
  ],
})
export class QueuesModule implements OnModuleInit {
  constructor(
    private readonly topics: PageTopics,
    private readonly db: Db,
  ) {}

  onModuleInit(): void {
    this.topics.add(
      {
        name: 'queues',
        policy: 'queues.read',
        hear: (principal, asked) => {
          const seen = seenBy(principal);
          if (seen === undefined) return undefined;
          if (asked === undefined) return seen.only ?? EVERY;
          return isSeen(seen, asked) ? asked : undefined;
        },
      },
      {
        name: 'desk',
        policy: 'agents.act',
        hear: async ({ accountId }) => (await agentOfAccount(this.db, accountId))?.id,
        along: (event) => callerAlong(this.db, event),
      },
    );
  }
}
