import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getQueueToken } from '@nestjs/bullmq';
import { type Queue, QueueEvents } from 'bullmq';
import { Registry } from 'prom-client';
import { NIGHTLY_QUEUE } from '../../../src/billing/checks/nightly.jobs.js';
import { Db } from '../../../src/infra/db/db.js';
import { LOG, type Log } from '../../../src/infra/log/log.js';
import { newId } from '../../../src/kernel/ids.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';
import type { Member } from '../billing-invoices/invoice-world.js';
import { type CheckWorld, checkWorld } from './check-world.js';

let world: CheckWorld;
let redis: TestRedis;
let worker: TestApp;
let queue: Queue;
let events: QueueEvents;
let member: Member;
beforeAll(async () => {
  world = await checkWorld();
  member = await world.member();
  const [due] = await world.sql.rows<{ at: string }>(
    `SELECT (date_trunc('month', now() AT TIME ZONE 'Asia/Seoul') - interval '10 days')::text || 'Z' AS at`,
  );
  await world.call(member, due?.at.replace(' ', 'T') ?? '');
  redis = await testRedis();
  worker = await testApp({ databaseUrl: world.url, redisUrl: redis.url, roles: ['worker'] });
  queue = worker.app.get(getQueueToken(NIGHTLY_QUEUE), { strict: false });
  const url = new URL(redis.url.reveal());
  events = new QueueEvents(NIGHTLY_QUEUE, {
    prefix: 'anydial',
    connection: { url: url.href, maxRetriesPerRequest: null },
  });
  await events.waitUntilReady();
});
afterAll(async () => {
  await events.close();
  await worker.close();
  await redis.remove();
  await world.remove();
});

describe('the night work of the worker', () => {
  it('is scheduled once, at half past three', async () => {
    const schedulers = await queue.getJobSchedulers();
    expect(schedulers).toMatchObject([{ key: 'nightly', pattern: '0 30 3 * * *', tz: 'UTC' }]);
  });

  it('invoices the month that ended, forgets old holds, checks the books and says what is wrong', async () => {
    const [old, fresh] = [newId(), newId()];
    for (const id of [old, fresh]) await world.hold(member, id);
    await world.sql.rows('SELECT close_holds($1, $2)', [[old, fresh], 'released']);
    await world.sql.run(`UPDATE hold SET closed_at = now() - interval '3 days' WHERE id = $1`, [old]);
    const untold = await world.call(member, new Date(Date.now() - 86_400_000).toISOString(), false);

    const told = jest.spyOn(worker.app.get<Log>(LOG, { strict: false }), 'error');
    await (await queue.add('nightly', {})).waitUntilFinished(events);
    const invoice = `SELECT number_text FROM invoice WHERE account_id = ${member.account}`;
    while ((await world.sql.rows(invoice)).length === 0) await world.sql.rows('SELECT pg_sleep(0.02)');

    expect(await world.sql.rows('SELECT id FROM hold WHERE id = ANY ($1)', [[old, fresh]])).toEqual([
      { id: fresh },
    ]);
    const found = await worker.app
      .get(Db, { strict: false })
      .rows<{ name: string; key: string }>('SELECT name, key FROM check_finding ORDER BY line');
    expect(found).toEqual([
      { name: 'call-without-charge', key: untold },
      { name: 'leg-without-accrual', key: `${untold}:0` },
    ]);
    expect(told.mock.calls).toEqual([
      [
        expect.objectContaining({
          check: 'call-without-charge',
          findings: 1,
          rows: [expect.objectContaining({ key: untold })],
        }),
        'night check: not so: each answered call that somebody pays for has its charge',
      ],
      [
        expect.objectContaining({ check: 'leg-without-accrual' }),
        expect.stringContaining('night check: not so'),
      ],
    ]);
    const metrics = await worker.app.get(Registry, { strict: false }).metrics();
    expect(metrics).toMatch(/anydial_billing_check_findings\{check="call-without-charge".*\} 1/);
    expect(metrics).toMatch(/anydial_billing_check_findings\{check="posting-sum".*\} 0/);
  });

  it('makes no second run of a month', async () => {
    await (await queue.add('nightly', {})).waitUntilFinished(events);
    expect(await world.sql.rows('SELECT FROM invoice_run')).toHaveLength(1);
    expect(await world.sql.rows('SELECT FROM check_run')).toHaveLength(2);
  });
});
