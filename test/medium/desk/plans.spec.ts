import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { MEMBERS_WITH_NUMBER } from '../../../src/exchange/carriers/carrier-users.js';
import { LOOK_UP, OWNERS, SOMEBODYS } from '../../../src/exchange/directory.sql.js';
import { ROUTES } from '../../../src/exchange/network/network.rows.js';
import { USERS_OF_TRUNK } from '../../../src/exchange/network/trunk-users.js';
import { SOLD_AFTER } from '../../../src/exchange/plan/conflicts.js';
import type { Sql } from '../../../src/infra/db/sql.js';
import { STEPS_THAT_NAME } from '../../../src/membership/find-me.service.js';
import { CONTACT_NUMBERS, DEVICES, DOMAINS, EMAILS } from '../../../src/membership/index.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';

const MANY = 20_000;
/** The id of member, device, number … n. */
const id = (n: number | string) => `md5(${n}::text)::uuid`;
const SOMEBODY = 'c4ca4238-a0b9-2382-0dcc-509a6f75849b';

/** Twenty thousand of everything that a member can have. */
const ROWS: readonly string[] = [
  `INSERT INTO member (id, kind, name, language, country) SELECT ${id('n')}, 'person', 'n' || n, 'ko', 'KR' FROM many`,
  `INSERT INTO device (id, member_id, username, digest, label, kind, country, location_number, location_national)
   SELECT ${id('n')}, ${id('n')}, 'd-' || n, md5('x'), 'x', 'sip', 'KR', '+82262000001', '0262000001' FROM many`,
  `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
   SELECT ${id('n')}, (1000000 + n) || '#', 'vns', '082', 'KR', (1000000 + n)::text, 'x', ${id('n')} FROM many`,
  `INSERT INTO number_shadow SELECT ${id('n')}, 'KR', '+8226' || (1000000 + n), now() FROM many`,
  `INSERT INTO vns_branch SELECT ${id('n')}, ${id('n')}, 'KR', '082', true, ${id('n')} FROM many`,
  `INSERT INTO call_queue (id, name, country, languages) SELECT ${id('n')}, 'q', 'KR', '{ko}' FROM many`,
  `INSERT INTO queue_number SELECT ${id('n')}, ${id('n')}, NULL FROM many`,
  `INSERT INTO contact_number SELECT ${id('n')}, ${id('n')}, '+8227' || (1000000 + n), '', now() FROM many`,
  `INSERT INTO carrier_number SELECT ${id('n')}, ${id('n')}, 'carrier-' || n % 500, '*393' || n, now() FROM many`,
  `INSERT INTO email_identity SELECT ${id('n')}, ${id('n')}, n || '@x.example', now() FROM many`,
  `INSERT INTO domain_identity SELECT ${id('n')}, ${id('n')}, 'x' || n || '.example', now() FROM many`,
  `INSERT INTO find_me (member_id, position, kind, device_id) SELECT ${id('n')}, 1, 'device', ${id('n')} FROM many`,
  `INSERT INTO card_activation (id, card_id, device_id, member_id, instead, expires_at)
   SELECT ${id('n')}, ${id('n')}, ${id('n')}, ${id('n')}, false, now() + interval '1 hour' FROM many`,
  `INSERT INTO push_subscription (id, account_id, member_id, endpoint, p256dh, auth)
   SELECT ${id('n')}, ${id('n')}, ${id('n')}, 'https://push.example/' || n, repeat('A', 87), repeat('A', 22) FROM many`,
  `INSERT INTO call_setting (member_id) SELECT ${id('n')} FROM many`,
  `INSERT INTO trunk (id, name, kind, country, host, called_format, calling_format)
   SELECT 't-' || n, 'x', 'gateway', 'KR', '127.0.0.1', '{"form":"keep"}', '{"form":"keep"}' FROM many WHERE n < 1000`,
  `INSERT INTO route (id, prefix, trunk_id, currency) SELECT ${id('n')}, n::text, 't-' || n % 999 + 1, 'USD' FROM many`,
];

describe('what is read for a call, and often, goes by index, with twenty thousand rows as with ten', () => {
  let database: TestDatabase;
  let db: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    db = new pg.Client({ connectionString: database.url.reveal() });
    db.on('error', () => undefined);
    await db.connect();
    // Without triggers: nobody listens, and half a million notifications are none of this test's business.
    await db.query('SET session_replication_role = replica');
    for (const rows of ROWS) {
      const [head = '', tail = ''] = rows.split(/(?=SELECT)/);
      await db.query(`WITH many AS (SELECT n FROM generate_series(1, ${MANY}) AS n) ${head} ${tail}`);
    }
    await db.query('ANALYZE');
  });
  afterAll(async () => {
    await db.end();
    await database.remove();
  });

  /** The plan for any values, as a prepared statement comes to have. */
  const planOf = async (text: string, values: readonly unknown[]): Promise<string> => {
    await db.query('SET plan_cache_mode = force_generic_plan');
    const literals = values.map((value) =>
      Array.isArray(value) ? `'{${value.join(',')}}'` : `'${String(value)}'`,
    );
    await db.query(`PREPARE asked AS ${text}`);
    const { rows } = await db.query(`EXPLAIN EXECUTE asked (${literals.join(', ')})`);
    await db.query('DEALLOCATE asked');
    return rows.map((line) => line['QUERY PLAN']).join('\n');
  };

  test.each<[string, string, readonly unknown[]]>([
    [
      'all that a call asks',
      LOOK_UP,
      [['1000001#'], ['+82261000001'], ['x1.example'], ['1@x.example'], [SOMEBODY], 'KR'],
    ],
    ["whether a number is somebody's", SOMEBODYS, [['1000001#'], ['+82261000001']]],
    ['whose a device is', OWNERS.device, ['d-1']],
    ['whose a number is', OWNERS.number_assignment, ['1000001#']],
    ['whose a shadow is', OWNERS.number_shadow, ['+82261000001']],
    ['whose branches are', OWNERS.vns_branch, ['1000001#']],
    ['the next sold numbers', SOLD_AFTER, ['1000001#', 2_000]],
    ['what needs a trunk', USERS_OF_TRUNK, ['t-1', 5]],
    ['who has a number at a carrier', MEMBERS_WITH_NUMBER, ['carrier-1']],
    ['which steps name a device', STEPS_THAT_NAME, [SOMEBODY, SOMEBODY]],
  ])('%s', async (_, text, values) => {
    const plan = await planOf(text, values);
    expect(plan).toMatch(/Index/);
    expect(scanned(plan)).toEqual([]);
  });

  test.each<[string, (sql: Sql) => Promise<unknown>]>([
    ['a page of routes', (sql) => ROUTES.page(sql, {}, ['5', SOMEBODY], 51)],
    ["a trunk's routes", (sql) => ROUTES.page(sql, { trunkId: 't-1' }, undefined, 51)],
    ["a member's devices", (sql) => DEVICES.page(sql, { memberId: SOMEBODY }, undefined, 51)],
    ["a member's telephones", (sql) => CONTACT_NUMBERS.page(sql, { memberId: SOMEBODY }, undefined, 51)],
    ["a member's addresses", (sql) => EMAILS.page(sql, { memberId: SOMEBODY }, undefined, 51)],
    ["a company's domains", (sql) => DOMAINS.page(sql, { memberId: SOMEBODY }, undefined, 51)],
  ])('%s', async (_, list) => {
    let asked: [string, readonly unknown[]] = ['', []];
    await list({
      rows: async (text, values = []) => {
        asked = [text, values];
        return [];
      },
      run: async () => 0,
    });
    expect(scanned(await planOf(...asked))).toEqual([]);
  });
});

/** Tables of which the plan reads every row; those that are small by nature may be. */
const scanned = (plan: string): readonly string[] =>
  [...plan.matchAll(/Seq Scan on (\w+)/g)]
    .map(([, table = '']) => table)
    .filter((table) => !['centre', 'voip_carrier'].includes(table));
