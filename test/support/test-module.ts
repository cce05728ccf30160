import { Global, Module, type ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { CONFIG, type Config } from '../../src/config.js';
import { DbModule } from '../../src/infra/db/db.module.js';
import { LifeModule } from '../../src/infra/life/life.module.js';
import { createLog } from '../../src/infra/log/log.js';
import { logModule } from '../../src/infra/log/log.module.js';
import { MetricsModule } from '../../src/infra/metrics/metrics.module.js';
import { outboxModule } from '../../src/infra/outbox/outbox.module.js';
import type { Topics } from '../../src/infra/outbox/topics.js';

@Global()
@Module({})
class TestConfigModule {}

/** A Nest module with what every process has (config, logs, PostgreSQL, metrics, outbox) and what the test adds; call `init()` on it. */
export function testModule(config: Config, topics: Topics, added: ModuleMetadata): Promise<TestingModule> {
  const configModule = {
    module: TestConfigModule,
    providers: [{ provide: CONFIG, useValue: config }],
    exports: [CONFIG],
  };
  return Test.createTestingModule({
    ...added,
    imports: [
      configModule,
      logModule(createLog(config)),
      DbModule,
      MetricsModule,
      LifeModule,
      outboxModule(topics),
      ...(added.imports ?? []),
    ],
  }).compile();
}
