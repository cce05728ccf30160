import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Queue, Worker } from 'bullmq';
import type { Pool } from 'pg';
import { searchGroups } from '../../../src/console/search/search.queries.js';
import { searchKeys } from '../../../src/console/search/search-keys.js';
import { PgCallStore } from '../../../src/exchange/call-store.js';
import { LIVE } from '../../../src/exchange/operators/live-calls.query.js';
import { NOW } from '../../../src/exchange/operators/trunk-health.query.js';
import { HOT_POOL } from '../../../src/infra/db/db.js';
import { patient } from '../../../src/infra/queue/redis-options.js';
import type { SignedIn } from '../../support/http-client.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';
import { story } from '../exchange/story.js';

const LEE = '02-6200-6200-082';

describe('what the operators’ console asks', () => {
  let redis: TestRedis;
  let desk: Desk;
  let support: SignedIn;
  let finance: SignedIn;
  let companys: SignedIn;
  const talks = story(0);
  const over = story(1);

  beforeAll(async () => {
    redis = await testRedis();
    desk = await openDesk({ redisUrl: redis.url });
    support = await desk.account('support');
    finance = await desk.account('finance');
    companys = await desk.account('operator', { companyId: memberNamed('Hanbit') });
    const store = new PgCallStore(desk.web.app.get<Pool>(HOT_POOL), () => undefined);
    await store.save(talks.answered, 1_000);
    await store.save(over.ended, 1_000);
  });
  afterAll(async () => {
    await desk.close();
    await redis.remove();
  });

  const items = async (route: string, who?: SignedIn) => {
    const { status, body } = await desk.ask(route, undefined, who);
    return { status, items: (body as { items?: Record<string, unknown>[] }).items ?? [] };
  };

  test('given_calls_in_progress_then_the_house_sees_them_alone_and_a_company_none', async () => {
    const { items: found } = await items('GET /v1/calls/live', support);
    expect(found.map(({ id }) => id)).toEqual([talks.id]);
    expect(found[0]).toMatchObject({ called: '+82 2 6200 1234', toCountry: 'KR', emergency: false });
    expect((await desk.ask('GET /v1/calls/live', undefined, finance)).status).toBe(403);
    expect((await desk.ask('GET /v1/calls/live', undefined, companys)).status).toBe(403);
  });

  test('given_an_operator_hangs_up_then_his_wish_with_its_reason_is_for_that_calls_node_and_the_trace_tells_it', async () => {
    const hangUp = (id: string, body: object, who?: SignedIn) =>
      desk.ask(`POST /v1/calls/${id}/hang-up`, body, who);
    expect((await hangUp(talks.id, { reason: 'toll fraud' })).status).toBe(202);
    const wishes = await desk.db.rows('SELECT node, kind, call_id, reason FROM operator_wish');
    const node = talks.answered.node;
    expect(wishes).toEqual([{ node, kind: 'hang-up', call_id: talks.id, reason: 'toll fraud' }]);
    const { body } = await desk.ask(`GET /v1/calls/${talks.id}/trace`);
    expect(body).toMatchObject({
      interventions: [{ kind: 'hang-up', by: expect.stringContaining('operator'), reason: 'toll fraud' }],
    });
    expect((await hangUp(over.id, { reason: 'too late' })).status).toBe(409);
    expect((await hangUp(talks.id, { reason: '' })).status).toBe(400);
    expect((await hangUp(talks.id, { reason: 'because' }, support)).status).toBe(403);
  });

  test('given_no_rule_that_announces_then_nobody_listens_and_given_one_the_operators_own_telephone_is_rung', async () => {
    const memberId = memberNamed('Kim Ara');
    const listener = await desk.account('operator', { memberId });
    const listen = (who: SignedIn, body: object = { reason: 'bad sound' }) =>
      desk.ask(`POST /v1/calls/${talks.id}/listen`, body, who);
    expect((await listen(listener)).body).toMatchObject({ code: 'listening.not-allowed' });
    await desk.ask('PUT /v1/recording-rules/KR', { mode: 'announced' });
    expect((await listen(desk.operator)).body).toMatchObject({ code: 'listening.mismatch' });
    expect((await listen(listener, { reason: 'bad sound', device: 'lab-b' })).status).toBe(422);
    expect((await listen(support)).status).toBe(403);
    expect((await listen(listener)).status).toBe(201);
    const [order] = await desk.db.rows(
      `SELECT purpose, member_id, wish FROM call_order WHERE purpose = 'operator-listens'`,
    );
    expect(order).toEqual({
      purpose: 'operator-listens',
      member_id: memberId,
      wish: { do: 'service', service: 'listen', call: talks.id },
    });
    const kept = await desk.db.rows(`SELECT reason FROM operator_wish WHERE kind = 'listen'`);
    expect(kept).toEqual([{ reason: 'bad sound' }]);
  });

  test('given_a_trunk_in_trouble_then_its_health_says_since_when_and_its_history_how_often', async () => {
    await desk.db.run(
      `INSERT INTO trunk_state (trunk_id, node, state, sign, since) VALUES ('gw-kr', 'n1', 'closed', 'well', now()), ('gw-kr', 'n2', 'open', 'dead', now())`,
    );
    await desk.db.run(
      `INSERT INTO trunk_event (trunk_id, node, state, sign, at) VALUES ('gw-kr', 'n2', 'half-open', 'reachable', now()), ('gw-kr', 'n2', 'open', 'dead', now())`,
    );
    const { items: all } = await items('GET /v1/trunk-health', support);
    expect(all.find(({ id }) => id === 'gw-kr')).toMatchObject({ state: 'open', sign: 'dead', callsNow: 1 });
    expect(all.find(({ id }) => id === 'gw-us')).toMatchObject({ state: 'closed', callsNow: 0 });
    const { body } = await desk.ask('GET /v1/trunk-health/gw-kr');
    expect((body as { hours: unknown[] }).hours).toHaveLength(24);
    const first = await desk.ask('GET /v1/trunk-health/gw-kr/events?limit=1');
    const { items: events, nextCursor } = first.body as { items: object[]; nextCursor: string };
    expect(events).toMatchObject([{ state: 'open', sign: 'dead' }]);
    const next = await items(`GET /v1/trunk-health/gw-kr/events?limit=1&cursor=${nextCursor}`);
    expect(next.items).toMatchObject([{ state: 'half-open' }]);
    expect((await desk.ask('GET /v1/trunk-health/none')).status).toBe(404);
  });

  test('given_a_trunk_is_tried_then_the_house_rings_through_it_alone', async () => {
    const tried = await desk.ask('POST /v1/trunks/gw-kr/test-calls', { e164: '+82262001234' });
    expect(tried.status).toBe(201);
    const [order] = await desk.db.rows(
      `SELECT house, e164, ring_trunk_id FROM call_order WHERE purpose = 'trunk-test'`,
    );
    expect(order).toEqual({ house: true, e164: '+82262001234', ring_trunk_id: 'gw-kr' });
  });

  test('given_registered_phones_then_they_are_found_by_account_name_and_address_and_one_is_ended', async () => {
    const row = (contact: string, username: string, address: string) =>
      desk.db.run(
        `INSERT INTO registration VALUES ('n1', $1, $2, 'sip:x@y', $3, 'Yealink T31', now(), now() + interval '5 minutes')`,
        [contact, username, address],
      );
    await row('lab-a;@1', 'lab-a', '192.0.2.7:5060');
    await row('lab-b;@1', 'lab-b', '192.0.2.8:5060');
    const found = async (search: string) =>
      (await items(`GET /v1/registrations?search=${search}`, support)).items.map(({ username }) => username);
    expect(await found('lab-a')).toEqual(['lab-a']);
    expect(await found('lee')).toEqual(['lab-b']);
    expect(await found('192.0.2.7')).toEqual(['lab-a']);
    expect(await found('%25')).toEqual([]);
    const page = await desk.ask('GET /v1/registrations?limit=1');
    const { nextCursor } = page.body as { nextCursor: string };
    const second = await items(`GET /v1/registrations?limit=1&cursor=${nextCursor}`);
    expect(second.items).toMatchObject([{ username: 'lab-b', member: { name: 'Lee Bomin' } }]);
    const end = { node: 'n1', contact: 'lab-a;@1', reason: 'stolen phone' };
    expect((await desk.ask('POST /v1/registrations/end', end, support)).status).toBe(403);
    expect((await desk.ask('POST /v1/registrations/end', end)).status).toBe(202);
    expect((await desk.ask('POST /v1/registrations/end', { ...end, contact: 'no' })).status).toBe(404);
  });

  test('given_a_failed_job_then_it_is_seen_tried_again_and_given_up', async () => {
    const connection = patient({ url: redis.url.reveal() });
    const queue = new Queue('console-test', { connection, prefix: 'anydial' });
    const worker = new Worker('console-test', async () => Promise.reject(new Error('no such number')), {
      connection,
      prefix: 'anydial',
    });
    const nextFailure = () => new Promise((resolve) => worker.once('failed', resolve));
    try {
      const failed = nextFailure();
      await queue.add('deliver', { messageIds: ['a'] }, { jobId: 'one' });
      await failed;
      const { items: queues } = await items('GET /v1/job-queues');
      expect(queues.find(({ name }) => name === 'console-test')).toMatchObject({ counts: { failed: 1 } });
      const { items: jobs } = await items('GET /v1/job-queues/console-test/jobs?state=failed');
      expect(jobs).toMatchObject([
        { id: 'one', name: 'deliver', attempts: 1, failedBecause: 'no such number' },
      ]);
      const again = nextFailure();
      expect((await desk.ask('POST /v1/job-queues/console-test/jobs/one/retry', {})).status).toBe(204);
      await again;
      expect((await desk.ask('DELETE /v1/job-queues/console-test/jobs/one')).status).toBe(204);
      expect((await items('GET /v1/job-queues/console-test/jobs')).items).toEqual([]);
      expect((await desk.ask('DELETE /v1/job-queues/console-test/jobs/one')).status).toBe(404);
      expect((await desk.ask('GET /v1/job-queues/none/jobs')).status).toBe(404);
      expect((await desk.ask('GET /v1/job-queues', undefined, support)).status).toBe(403);
    } finally {
      await worker.close();
      await queue.obliterate({ force: true });
      await queue.close();
    }
  });

  test('given_each_role_then_the_overview_has_its_parts_and_no_others', async () => {
    const parts = async (who: SignedIn) =>
      Object.keys((await desk.ask('GET /v1/console/overview', undefined, who)).body as object).toSorted();
    expect(await parts(desk.operator)).toEqual([
      'approvals',
      'calls',
      'check',
      'jobs',
      'settlements',
      'trunks',
    ]);
    expect(await parts(support)).toEqual(['approvals', 'calls', 'trunks']);
    expect(await parts(finance)).toEqual(['check', 'settlements']);
    expect((await desk.ask('GET /v1/console/overview', undefined, companys)).status).toBe(403);
  });

  test('given_anything_is_typed_then_it_is_found_for_whoever_may_see_it', async () => {
    const found = async (q: string, who?: SignedIn) => {
      const { body } = await desk.ask(`GET /v1/search?q=${encodeURIComponent(q)}`, undefined, who);
      const { groups } = body as { groups: { kind: string; items: { title: string }[] }[] };
      return Object.fromEntries(groups.map(({ kind, items }) => [kind, items.map(({ title }) => title)]));
    };
    for (const spelled of [LEE, '0262006200*082', '+82 2 6200 6200', '02 6200 6200', '0082262006200'])
      expect((await found(spelled))['number']).toContain(LEE);
    expect((await found('bomin le'))['member']).toEqual(['Lee Bomin']);
    expect((await found('LAB-B'))['device']).toEqual(['lab-b']);
    expect((await found('02-6200-1234'))['call']?.[0]).toContain('+82 2 6200 1234');
    expect(Object.keys(await found(talks.id))).toEqual(['call']);
    expect((await found('gw-kr'))['trunk']).toHaveLength(1);
    const client = await desk.pool.connect();
    try {
      // Without what a settlement needs around it: nothing of that is looked for.
      await client.query('SET session_replication_role = replica');
      await client.query(
        `INSERT INTO settlement (id, carrier_id, currency, period, opened_by)
         VALUES ($1, 'telco', 'USD', tstzrange('2026-10-01', '2026-11-01'), $2)`,
        [over.id, memberNamed('Kim Ara')],
      );
    } finally {
      client.release(true);
    }
    expect(Object.keys(await found(over.id, finance))).toEqual(['settlement']);
    expect(Object.keys(await found(over.id, support))).toEqual(['call']);
    expect((await desk.ask('GET /v1/search?q=lee', undefined, companys)).status).toBe(403);
    expect((await desk.ask('GET /v1/search?q=x')).status).toBe(400);
  });

  test('given_large_tables_then_no_search_and_no_list_of_the_console_reads_one_from_end_to_end', async () => {
    const keys = { ...searchKeys(LEE), words: ['lee'], email: 'a@example.com', id: talks.id };
    const lookups = searchGroups.flatMap(({ kind, lookup }) => {
      const wanted = lookup(keys);
      return wanted === undefined ? [] : [{ kind, ...wanted }];
    });
    expect(lookups).toHaveLength(searchGroups.length);
    const client = await desk.pool.connect();
    try {
      // What a planner does with large tables: with the lab's few rows reading all of them would be cheaper.
      await client.query('SET enable_seqscan = off');
      const plans = [...lookups, { kind: 'live', sql: LIVE, values: [null, null, 50] }];
      for (const { kind, sql, values } of plans) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [...values]);
        const scans = rows.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Seq Scan'));
        expect({ kind, scans }).toEqual({ kind, scans: [] });
      }
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${NOW}`, [null]);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('call_leg_trunk');
      expect(plan).not.toContain('Seq Scan on call');
    } finally {
      client.release(true);
    }
  });
});
