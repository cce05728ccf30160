import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import type { Queue, Worker } from 'bullmq';
import { z } from 'zod';
import { Db } from '../../../src/infra/db/db.js';
import type { Tx } from '../../../src/infra/db/tx.js';
import { consume } from '../../../src/infra/outbox/consume.js';
import { EVENTS_QUEUE, jobOf } from '../../../src/infra/outbox/event-jobs.js';
import { EventsProcessor } from '../../../src/infra/outbox/events.processor.js';
import { HandlesTopic } from '../../../src/infra/outbox/handles.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { OutboxWorkerModule } from '../../../src/infra/outbox/outbox-worker.module.js';
import { Relay } from '../../../src/infra/outbox/relay.js';
import { OutboxSweep } from '../../../src/infra/outbox/sweep.js';
import { newId } from '../../../src/kernel/ids.js';
import { type PrivateRedis, privateRedis } from '../../support/private-redis.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { testModule } from '../../support/test-module.js';

const topics = {
  'egg.laid': { payload: z.object({ egg: z.string() }), handlers: ['kitchen.boil', 'shop.count'] },
};
const laid = (egg: string) => ({ topic: 'egg.laid', payload: { egg } });
type Egg = { egg: string };

/** How often `kitchen.boil` still fails after it has written. */
let breakdowns = 0;

@Injectable()
class Cooks {
  @HandlesTopic<Egg>('kitchen.boil', 'egg.laid')
  async boil({ egg }: Egg, tx: Tx): Promise<void> {
    await tx.run(`INSERT INTO effect VALUES ('boiled', $1)`, [egg]);
    if (breakdowns-- > 0) throw new Error('no gas');
  }

  @HandlesTopic<Egg>('shop.count', 'egg.laid')
  async count({ egg }: Egg, tx: Tx): Promise<void> {
    await tx.run(`INSERT INTO effect VALUES ('counted', $1)`, [egg]);
  }
}

describe('outbox', () => {
  let database: TestDatabase;
  let redis: PrivateRedis;
  let module: TestingModule;
  let db: Db;
  let queue: Queue;
  let worker: Worker;
  beforeAll(async () => {
    [database, redis] = await Promise.all([testDatabase(), privateRedis()]);
    const config = testConfig({ databaseUrl: database.url, redisUrl: redis.url, roles: ['worker'] });
    module = await testModule(config, topics, { imports: [OutboxWorkerModule], providers: [Cooks] });
    db = module.get(Db);
    await db.rows('CREATE TABLE effect (what text, egg text)');
    await module.init();
    queue = module.get<Queue>(getQueueToken(EVENTS_QUEUE), { strict: false });
    worker = module.get(EventsProcessor, { strict: false }).worker;
  });
  beforeEach(() => {
    breakdowns = 0;
  });
  afterEach(async () => {
    await db.rows('TRUNCATE effect, outbox, processed_message');
  });
  afterAll(async () => {
    await module.close();
    await Promise.all([database.remove(), redis.remove()]);
  });

  const lay = (egg: string) => db.inTx((tx) => module.get(Outbox).add(tx, laid(egg)));
  const effects = async () =>
    (await db.rows<{ line: string }>(`SELECT what || ' ' || egg AS line FROM effect ORDER BY 1`)).map(
      (row) => row.line,
    );
  const waiting = () => db.rows<{ id: string }>('SELECT id FROM outbox WHERE relayed_at IS NULL');
  /** Resolves when that many jobs have been completed from now on. */
  const completed = (count: number) =>
    new Promise<void>((resolve) => {
      let seen = 0;
      const onCompleted = () => {
        if (++seen < count) return;
        worker.off('completed', onCompleted);
        resolve();
      };
      worker.on('completed', onCompleted);
    });
  const insertRow = async (egg: string, columns: string) => {
    const id = newId();
    await db.rows(
      `INSERT INTO outbox (id, topic, payload, claimed_until, relayed_at) SELECT $1, 'egg.laid', $2, ${columns}`,
      [id, JSON.stringify({ egg })],
    );
    return id;
  };

  test('given_an_event_is_committed_then_each_of_its_handlers_has_its_effect_once', async () => {
    const both = completed(2);
    await lay('a');
    await both;
    expect(await effects()).toEqual(['boiled a', 'counted a']);
  });

  test('given_the_transaction_is_rolled_back_then_nobody_hears_of_it', async () => {
    const undone = db.inTx(async (tx) => {
      await module.get(Outbox).add(tx, laid('never'));
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    const both = completed(2);
    await lay('b');
    await both;
    expect(await effects()).toEqual(['boiled b', 'counted b']);
  });

  test('given_a_handler_fails_after_writing_then_its_writes_are_undone_and_it_is_tried_again', async () => {
    breakdowns = 1;
    const both = completed(2);
    await lay('c');
    await both;
    expect(breakdowns).toBe(-1);
    expect(await effects()).toEqual(['boiled c', 'counted c']);
  });

  test('given_the_same_message_is_delivered_ten_times_at_once_then_it_has_one_effect', async () => {
    const id = await insertRow('d', `now() + interval '1 hour', NULL`);
    const boil = {
      handler: 'kitchen.boil',
      topic: 'egg.laid',
      run: async ([egg]: readonly unknown[], tx: Tx) => new Cooks().boil(egg as Egg, tx),
    };
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => consume(db, topics, boil, [id])));
    expect(outcomes.filter((handled) => handled === 1)).toHaveLength(1);
    expect(await effects()).toEqual(['boiled d']);
  });

  test('given_redis_is_gone_then_events_wait_in_postgres_and_arrive_when_it_is_back', async () => {
    await redis.server.kill();
    await lay('h');
    const both = completed(2);
    expect(await waiting()).toHaveLength(1);
    await redis.restart();
    await both;
    expect(await effects()).toEqual(['boiled h', 'counted h']);
  }, 20_000);

  describe('step by step, nothing relayed but by the test', () => {
    let relay: Relay;
    beforeAll(async () => {
      relay = module.get(Relay);
      await relay.stop();
    });

    test('given_a_relay_died_after_claiming_then_another_takes_over_when_the_claim_ends_and_not_before', async () => {
      await insertRow('early', `now() + interval '1 hour', NULL`);
      await insertRow('late', `now() - interval '1 second', NULL`);
      const both = completed(2);
      expect(await relay.relayBatch()).toBe(1);
      await both;
      expect(await effects()).toEqual(['boiled late', 'counted late']);
      expect(await waiting()).toHaveLength(1);
    });

    test('given_a_relay_died_after_adding_the_jobs_then_relaying_again_has_no_second_effect', async () => {
      const first = completed(2);
      const id = await insertRow('e', `now() + interval '1 hour', NULL`);
      await queue.addBulk([jobOf(id, 'kitchen.boil'), jobOf(id, 'shop.count')]);
      await first;
      await db.rows('UPDATE outbox SET claimed_until = NULL');
      expect(await relay.relayBatch()).toBe(1);
      const after = completed(2);
      await lay('f');
      expect(await relay.relayBatch()).toBe(1);
      await after;
      expect(await effects()).toEqual(['boiled e', 'boiled f', 'counted e', 'counted f']);
    });

    test('given_two_relays_at_once_then_no_row_is_claimed_twice', async () => {
      for (let egg = 0; egg < 150; egg++) await insertRow(`g${egg}`, 'NULL, NULL');
      const all = completed(300);
      const relayed = await Promise.all([1, 2, 3].map(() => relay.relayBatch()));
      expect(relayed.reduce((a, b) => a + b)).toBe(150);
      await all;
      expect(await effects()).toHaveLength(300);
    });

    test('given_redis_is_frozen_then_relaying_fails_in_seconds_and_the_claim_is_given_back', async () => {
      await insertRow('k', 'NULL, NULL');
      redis.server.freeze();
      await expect(relay.relayBatch()).rejects.toThrow();
      const both = completed(2);
      redis.server.thaw();
      // Redis may still find the first request in its socket: then the handlers may be done before this relay looks.
      await relay.relayBatch();
      await both;
      expect(await effects()).toEqual(['boiled k', 'counted k']);
    }, 20_000);

    test('given_redis_forgot_a_relayed_job_then_the_sweep_hands_it_out_again', async () => {
      await insertRow('i', `NULL, now() - interval '6 minutes'`);
      await insertRow('fresh', `NULL, now() - interval '1 minute'`);
      const both = completed(2);
      await module.get(OutboxSweep).sweep();
      expect(await relay.relayBatch()).toBe(1);
      await both;
      expect(await effects()).toEqual(['boiled i', 'counted i']);
    });

    test('given_every_handler_is_done_then_the_sweep_notes_it_and_forgets_it_after_a_week', async () => {
      const both = completed(2);
      await lay('j');
      await relay.relayBatch();
      await both;
      await module.get(OutboxSweep).sweep();
      expect(await db.rows('SELECT 1 FROM outbox WHERE handled_at IS NOT NULL')).toHaveLength(1);
      await db.rows(`UPDATE outbox SET handled_at = now() - interval '8 days'`);
      await module.get(OutboxSweep).sweep();
      expect(await db.rows('SELECT 1 FROM outbox')).toEqual([]);
      expect(await db.rows('SELECT 1 FROM processed_message')).toEqual([]);
    });
  });
});
