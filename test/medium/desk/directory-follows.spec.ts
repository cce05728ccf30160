import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { seedLab } from '../../../src/cli/seed.js';
import { DIRECTORY_CHANNEL, Directory } from '../../../src/exchange/directory.js';
import { Listener } from '../../../src/infra/db/listen.js';
import { sqlOn } from '../../../src/infra/db/sql.js';
import { longestPrefix } from '../../../src/kernel/prefix-table.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { memberNamed, world } from './desk.js';

const grace = memberNamed('Grace Hall');
const seoul = memberNamed('Hanbit Seoul');
const sato = memberNamed('Sato Jun');

let database: TestDatabase;
let pool: pg.Pool;
let listener: Listener;
let directory: Directory;
let told: string[] = [];
let taken: Promise<void>[] = [];
let marker = Promise.withResolvers<void>();
beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url.reveal(), max: 2 });
  pool.on('error', () => undefined);
  await seedLab(pool, world);
  directory = new Directory(sqlOn(pool), { warn: () => undefined, error: () => undefined });
  listener = new Listener(database.url, { lost: () => undefined, restored: () => undefined });
  listener.on(DIRECTORY_CHANNEL, (payload) => {
    if (payload === 'marker:') return marker.resolve();
    told.push(payload);
    taken.push(directory.changed(payload));
  });
  const resynced = new Promise<void>((resolve) => listener.onResync(resolve));
  listener.start();
  await resynced;
  await directory.refresh();
});
afterAll(async () => {
  await listener.close();
  await pool.end();
  await database.remove();
});

/** Runs the change, and waits until everything that it told has been taken in; answers what it told. */
async function change(text: string, values: readonly unknown[] = []): Promise<readonly string[]> {
  told = [];
  taken = [];
  marker = Promise.withResolvers<void>();
  await pool.query(text, [...values]);
  await pool.query(`SELECT pg_notify('${DIRECTORY_CHANNEL}', 'marker:')`);
  await marker.promise;
  await Promise.all(taken);
  return told;
}

interface Asked {
  readonly numbers?: readonly string[];
  readonly shadows?: readonly string[];
  readonly domains?: readonly string[];
  readonly emails?: readonly string[];
  readonly members?: readonly string[];
}
const look = async ({ numbers = [], shadows = [], domains = [], emails = [], members = [] }: Asked) =>
  directory.lookUp({
    keys: { assignmentKeys: numbers, e164s: shadows, domains, emails },
    memberIds: members,
    country: 'KR',
  });
const member = async (id: string) => (await look({ members: [id] })).members.get(id);
const QUEUE = '0199f1f0-0000-7000-8000-0000000000aa';
const hanbit = async () => (await look({ numbers: ['62006200#'] })).found.assignments.get('62006200#');

/** Each: the change, what it tells, and what a call sees before and after. */
const changes: readonly (readonly [
  table: string,
  change: string,
  tells: string,
  see: () => Promise<unknown>,
  before: unknown,
  after: unknown,
])[] = [
  [
    'member',
    `UPDATE member SET language = 'fr' WHERE id = '${grace}'`,
    `member:${grace}`,
    async () => (await member(grace))?.language,
    'en',
    'fr',
  ],
  [
    'device',
    `UPDATE device SET enabled = false WHERE username = 'lab-us'`,
    'device:lab-us',
    async () => (await member(grace))?.devices,
    ['lab-us'],
    [],
  ],
  [
    'find_me',
    `DELETE FROM find_me WHERE member_id = '${grace}' AND position = 4`,
    `find_me:${grace}`,
    async () => (await member(grace))?.findMe.length,
    4,
    3,
  ],
  [
    'call_setting',
    `INSERT INTO call_setting (member_id, do_not_disturb) VALUES ('${grace}', true)`,
    `call_setting:${grace}`,
    async () => (await member(grace))?.settings.doNotDisturb,
    false,
    true,
  ],
  [
    'contact_number',
    `UPDATE contact_number SET verified_at = now() WHERE e164 = '+12128675302'`,
    `contact_number:${grace}`,
    async () => (await member(grace))?.contacts.length,
    1,
    2,
  ],
  [
    'carrier_number',
    `UPDATE carrier_number SET verified_at = NULL WHERE member_id = '${grace}'`,
    `carrier_number:${grace}`,
    async () => (await member(grace))?.carrierNumbers.length,
    1,
    0,
  ],
  [
    'email_identity (nobody knew it)',
    `UPDATE email_identity SET verified_at = now() WHERE address = 'not-proved@hall.example'`,
    'email_identity:not-proved@hall.example',
    async () =>
      (await look({ emails: ['not-proved@hall.example'] })).found.emails.get('not-proved@hall.example')
        ?.holderId,
    undefined,
    sato,
  ],
  [
    'email_identity (renamed: the old one too)',
    `UPDATE email_identity SET address = 'new@hall.example' WHERE address = 'grace@hall.example'`,
    'email_identity:grace@hall.example',
    async () =>
      (await look({ emails: ['grace@hall.example'] })).found.emails.get('grace@hall.example')?.holderId,
    grace,
    undefined,
  ],
  [
    'domain_identity',
    `DELETE FROM domain_identity WHERE domain = 'hanbit.example'`,
    'domain_identity:hanbit.example',
    async () => (await look({ domains: ['hanbit.example'] })).found.domains.has('hanbit.example'),
    true,
    false,
  ],
  [
    'vns_branch',
    `UPDATE vns_branch SET member_id = '${sato}' WHERE member_id = '${seoul}'`,
    'vns_branch:62006200#',
    async () => {
      const number = await hanbit();
      return number?.kind === 'vns'
        ? number.branches.find(({ region }) => region === 'KR')?.memberId
        : undefined;
    },
    seoul,
    sato,
  ],
  [
    'vns_branch (the number leaves who had it)',
    `UPDATE vns_branch SET member_id = '${grace}' WHERE member_id = '${sato}'`,
    'vns_branch:62006200#',
    async () => (await member(sato))?.numbers.length,
    2,
    1,
  ],
  [
    'number_assignment',
    `UPDATE number_assignment SET holder_id = '${sato}' WHERE key = '2128675300001'`,
    'number_assignment:2128675300001',
    async () => (await look({ numbers: ['2128675300001'] })).found.assignments.get('2128675300001')?.holderId,
    grace,
    sato,
  ],
  [
    'number_shadow',
    `UPDATE number_shadow SET e164 = '+12128675399' WHERE e164 = '+12128675300'`,
    'number_shadow:+12128675399',
    async () => (await look({ shadows: ['+12128675300'] })).found.shadows.has('+12128675300'),
    true,
    false,
  ],
  [
    'trunk',
    `UPDATE trunk SET max_calls = 9 WHERE id = 'gw-kr'`,
    'trunk:gw-kr',
    async () => directory.network.trunks.get('gw-kr')?.maxCalls,
    null,
    9,
  ],
  [
    'route',
    `UPDATE route SET enabled = false WHERE prefix = '82'`,
    'route:',
    async () => longestPrefix(directory.network.routes, '822')?.[0]?.prefix,
    '82',
    '',
  ],
  [
    'centre',
    `UPDATE centre SET enabled = false WHERE id = 'centre-jp-osaka'`,
    'centre:centre-jp-osaka',
    async () => directory.network.centres.get('JP')?.some(({ area }) => area === '06'),
    true,
    false,
  ],
  [
    'voip_carrier',
    `UPDATE voip_carrier SET domains = '{}'`,
    'voip_carrier:',
    async () => directory.plan.carriers.byDomain.size,
    1,
    0,
  ],
  [
    'carrier_pattern',
    `DELETE FROM carrier_pattern WHERE prefix = '*393'`,
    'carrier_pattern:',
    async () => directory.plan.config.carriers[0]?.patterns.length,
    2,
    1,
  ],
  [
    'feature_code',
    `UPDATE feature_code SET enabled = false WHERE code = '*97'`,
    'feature_code:',
    async () => directory.plan.features.byCode.has('*97'),
    true,
    false,
  ],
  [
    'identifier_code',
    `UPDATE identifier_code SET max_length = 10`,
    'identifier_code:',
    async () => directory.plan.config.identifierCodes[0]?.maxLength,
    11,
    10,
  ],
  [
    'short_code',
    `INSERT INTO short_code VALUES ('KR', '1399', '1399', 'helpline')`,
    'short_code:',
    async () => directory.plan.shortCodes.get('KR')?.length ?? 0,
    0,
    1,
  ],
  [
    'routing_setting',
    `INSERT INTO routing_setting VALUES ('foreignSip', 'false')`,
    'routing_setting:',
    async () => directory.plan.config.foreignSip,
    true,
    false,
  ],
  [
    'queue_number',
    `INSERT INTO call_queue (id, name, country, languages) VALUES ('${QUEUE}', 'Sales', 'KR', '{ko}');
     INSERT INTO queue_number (queue_id, assignment_id)
     SELECT '${QUEUE}', id FROM number_assignment WHERE key = '62006200#'`,
    'vns_branch:62006200#',
    async () => (await hanbit())?.queue,
    null,
    { id: QUEUE, late: false },
  ],
  [
    'call_queue',
    `UPDATE call_queue SET answer = 'late' WHERE id = '${QUEUE}'`,
    'vns_branch:62006200#',
    async () => (await hanbit())?.queue?.late,
    false,
    true,
  ],
  [
    'push_subscription',
    `WITH account AS (INSERT INTO user_account (id, email, password_hash, roles)
       VALUES (gen_random_uuid(), 'pushed@example.com', '', '{member}') RETURNING id)
     INSERT INTO push_subscription (id, account_id, member_id, endpoint, p256dh, auth)
     SELECT gen_random_uuid(), id, '${grace}', 'https://push.example/1', repeat('A', 87), repeat('A', 22) FROM account`,
    `push_subscription:${grace}`,
    async () => directory.pushed.has(grace),
    false,
    true,
  ],
];

describe('a change of each table takes effect on the next call', () => {
  test.each(changes)('%s', async (_, sql, tells, see, before, after) => {
    expect(await see()).toEqual(before);
    expect(await change(sql)).toContain(tells);
    expect(await see()).toEqual(after);
  });

  test('every table that calls read is among them', async () => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT DISTINCT event_object_table AS name FROM information_schema.triggers
        WHERE action_statement LIKE '%_directory%' ORDER BY 1`,
    );
    const tested = new Set(changes.map(([table]) => table.split(' ')[0]));
    expect(rows.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
    expect(rows.length).toBeGreaterThan(15);
  });

  test('a thousand routes at once tell it once', async () => {
    const heard = await change(
      `INSERT INTO route (id, prefix, trunk_id, currency)
       SELECT gen_random_uuid(), '7' || n, 'gw-us', 'USD' FROM generate_series(1, 1000) AS n`,
    );
    expect(heard).toEqual(['route:']);
  });
});
