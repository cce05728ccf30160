import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BullModule, Processor, WorkerHost } from '@nestjs/bullmq';
import { Injectable, type ModuleMetadata } from '@nestjs/common';
import { z } from 'zod';
import type { Config } from '../../../src/config.js';
import { HandlesTopic } from '../../../src/infra/outbox/handles.js';
import { OutboxWorkerModule } from '../../../src/infra/outbox/outbox-worker.module.js';
import type { Topics } from '../../../src/infra/outbox/topics.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { testModule } from '../../support/test-module.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';

const heard = (...handlers: string[]): Topics => ({ 'egg.laid': { payload: z.object({}), handlers } });

@Injectable()
class Cook {
  @HandlesTopic('kitchen.boil', 'egg.laid')
  async boil(): Promise<void> {}
}

@Injectable()
class OtherCook {
  @HandlesTopic('kitchen.boil', 'egg.laid')
  async boil(): Promise<void> {}
}

@Processor('nobody-asked')
class Idle extends WorkerHost {
  override async process(): Promise<void> {}
}

describe('wiring of events and jobs', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let config: Config;
  beforeAll(async () => {
    [database, redis] = await Promise.all([testDatabase(), testRedis()]);
    config = testConfig({ databaseUrl: database.url, redisUrl: redis.url, roles: ['worker'] });
  });
  afterAll(() => Promise.all([database.remove(), redis.remove()]));

  const boot = async (topics: Topics, added: ModuleMetadata): Promise<string> => {
    const module = await testModule(config, topics, {
      ...added,
      imports: [OutboxWorkerModule, ...(added.imports ?? [])],
    });
    try {
      await module.init();
      return 'boots';
    } catch (error) {
      return (error as Error).message;
    } finally {
      await module.close();
    }
  };

  test('boots when every event finds exactly whom it must find', async () => {
    expect(await boot(heard('kitchen.boil'), { providers: [Cook] })).toBe('boots');
  });

  test.each<[string, Topics, ModuleMetadata, string]>([
    ['nobody handles a topic', heard(), {}, 'topic egg.laid has no handler'],
    [
      'a declared handler is missing',
      heard('kitchen.boil', 'shop.count'),
      { providers: [Cook] },
      'shop.count of egg.laid is provided 0 times',
    ],
    [
      'two claim the same handler name',
      heard('kitchen.boil'),
      { providers: [Cook, OtherCook] },
      'provided 2 times',
    ],
    ['a handler handles what nobody declared', {}, { providers: [Cook] }, 'not declared in the topics'],
    [
      'a queue has no processor',
      {},
      { imports: [BullModule.registerQueue({ name: 'mail' })] },
      'queue mail has no processor',
    ],
    ['a processor has no queue', {}, { providers: [Idle] }, 'processor of nobody-asked has no queue'],
  ])('does not boot when %s', async (_, topics, added, complaint) => {
    expect(await boot(topics, added)).toContain(complaint);
  });
});
