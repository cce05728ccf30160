import { type DynamicModule, Global, Module } from '@nestjs/common';
import { api } from './api/api.js';
import { CONFIG, type Config } from './config.js';
import { topics } from './events.js';
import { DbModule } from './infra/db/db.module.js';
import { HealthModule } from './infra/health/health.module.js';
import { PageEventsModule } from './infra/http/events/events.module.js';
import { HttpModule } from './infra/http/http.module.js';
import { API } from './infra/http/openapi/answers.js';
import { LifeModule } from './infra/life/life.module.js';
import type { Log } from './infra/log/log.js';
import { logModule } from './infra/log/log.module.js';
import { MetricsModule } from './infra/metrics/metrics.module.js';
import { outboxModule } from './infra/outbox/outbox.module.js';
import { modulesOf } from './roles.js';

@Global()
@Module({})
class ConfigModule {}

const configModule = (config: Config): DynamicModule => ({
  module: ConfigModule,
  providers: [
    { provide: CONFIG, useValue: config },
    { provide: API, useValue: api },
  ],
  exports: [CONFIG, API],
});

@Module({})
export class AppModule {}

/** What every process has (configuration, logs, PostgreSQL, health, metrics, a closed HTTP door), and the modules of its roles. */
export async function appModule(config: Config, log: Log): Promise<DynamicModule> {
  return {
    module: AppModule,
    imports: [
      configModule(config),
      logModule(log),
      DbModule,
      MetricsModule,
      LifeModule,
      outboxModule(topics),
      PageEventsModule,
      HealthModule,
      HttpModule,
      ...(await modulesOf(config.roles)),
    ],
  };
}
