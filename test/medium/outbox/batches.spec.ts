import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import type { Job, Queue, Worker } from 'bullmq';
import { z } from 'zod';
import { Db } from '../../../src/infra/db/db.js';
import type { Tx } from '../../../src/infra/db/tx.js';
import { EVENTS_QUEUE, jobOf } from '../../../src/infra/outbox/event-jobs.js';
import { EventsProcessor } from '../../../src/infra/outbox/events.processor.js';
import { HandlesTopicInBatches } from '../../../src/infra/outbox/handles.js';
import { OutboxWorkerModule } from '../../../src/infra/outbox/outbox-worker.module.js';
import { Relay } from '../../../src/infra/outbox/relay.js';
import { newId } from '../../../src/kernel/ids.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { testModule } from '../../support/test-module.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';

const topics = {
  'bread.baked': {
    payload: z.object({ bread: z.string() }),
    handlers: ['shop.sell'],
    batched: ['shop.sell'],
  },
};
type Bread = { bread: string };

/** What nobody buys: whoever sells it throws, after the rest of the batch is written. */
let stale: readonly string[] = [];

@Injectable()
class Shop {
  @HandlesTopicInBatches<Bread>('shop.sell', 'bread.baked')
  async sell(breads: readonly Bread[], tx: Tx): Promise<void> {
    const names = breads.map(({ bread }) => bread);
    await tx.run('INSERT INTO sold (bread) SELECT * FROM unnest($1::text[])', [names]);
    const unsold = names.find((name) => stale.includes(name));
    if (unsold !== undefined) throw new Error(`nobody buys ${unsold}`);
  }
}

describe('a handler that takes many events at once', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let module: TestingModule;
  let db: Db;
  let queue: Queue;
  let worker: Worker;
  let relay: Relay;
  beforeAll(async () => {
    [database, redis] = await Promise.all([testDatabase(), testRedis()]);
    const config = testConfig({ databaseUrl: database.url, redisUrl: redis.url, roles: ['worker'] });
    module = await testModule(config, topics, { imports: [OutboxWorkerModule], providers: [Shop] });
    db = module.get(Db);
    await db.rows('CREATE TABLE sold (bread text, tx xid8 NOT NULL DEFAULT pg_current_xact_id())');
    await module.init();
    queue = module.get<Queue>(getQueueToken(EVENTS_QUEUE), { strict: false });
    worker = module.get(EventsProcessor, { strict: false }).worker;
    relay = module.get(Relay);
    await relay.stop();
  });
  beforeEach(() => {
    stale = [];
  });
  afterEach(async () => {
    await db.rows('TRUNCATE sold, outbox, processed_message');
  });
  afterAll(async () => {
    await module.close();
    await Promise.all([database.remove(), redis.remove()]);
  });

  const bake = async (count: number) => {
    const baked = Array.from({ length: count }, (_, n) => ({ id: newId(), bread: `loaf ${n}` }));
    await db.rows(
      `INSERT INTO outbox (id, topic, payload)
       SELECT id, 'bread.baked', jsonb_build_object('bread', bread) FROM unnest($1::uuid[], $2::text[]) AS b (id, bread)`,
      [baked.map(({ id }) => id), baked.map(({ bread }) => bread)],
    );
    return baked;
  };
  /** Resolves with the ids of the next jobs that come to this end. */
  const next = (what: 'completed' | 'failed', count = 1) =>
    new Promise<readonly string[]>((resolve) => {
      const seen: string[] = [];
      const note = (job: Job | undefined) => {
        seen.push(job?.id ?? '');
        if (seen.length < count) return;
        worker.off(what, note);
        resolve(seen.toSorted());
      };
      worker.on(what, note);
    });
  const ownJob = (id: string) => queue.getJob(jobOf(id, 'shop.sell').opts.jobId);
  const sold = async () =>
    (await db.rows<{ bread: string }>('SELECT bread FROM sold ORDER BY bread')).map(({ bread }) => bread);
  const unhandled = async () =>
    (await db.rows<{ id: string }>('SELECT id FROM outbox WHERE handled_at IS NULL')).map(({ id }) => id);

  test('given_30_events_wait_then_one_job_handles_all_in_one_transaction_and_the_outbox_is_done_with_them', async () => {
    await bake(30);
    const done = next('completed');
    expect(await relay.relayBatch()).toBe(30);
    await done;
    expect(await sold()).toHaveLength(30);
    expect(await db.rows('SELECT DISTINCT tx FROM sold')).toHaveLength(1);
    expect(await unhandled()).toEqual([]);
  });

  test('given_a_relay_died_after_adding_the_job_then_the_rows_come_again_in_other_company_and_are_handled_once', async () => {
    await bake(3);
    const before = next('completed');
    expect(await relay.relayBatch()).toBe(3);
    await before;
    await db.rows('UPDATE outbox SET relayed_at = NULL, handled_at = NULL, claimed_until = NULL');
    await bake(2);
    const after = next('completed');
    expect(await relay.relayBatch()).toBe(5);
    await after;
    expect(await sold()).toHaveLength(5);
  });

  test('given_two_of_20_events_cannot_be_handled_then_the_others_are_at_once_and_the_two_by_jobs_of_their_own_when_they_can', async () => {
    const baked = await bake(20);
    const bad = [baked[3], baked[11]].flatMap((one) => one ?? []);
    stale = bad.map(({ bread }) => bread);
    const [batch, alone] = [next('completed'), next('failed', 2)];
    await relay.relayBatch();
    await batch;
    expect(await sold()).toEqual(
      baked
        .map(({ bread }) => bread)
        .filter((bread) => !stale.includes(bread))
        .toSorted(),
    );
    expect((await unhandled()).toSorted()).toEqual(bad.map(({ id }) => id).toSorted());
    expect(await alone).toEqual(bad.map(({ id }) => jobOf(id, 'shop.sell').opts.jobId).toSorted());

    stale = [];
    const healed = next('completed', 2);
    for (const { id } of bad) await (await ownJob(id))?.promote();
    await healed;
    expect(await sold()).toHaveLength(20);
    expect(await unhandled()).toEqual([]);
  });
});
