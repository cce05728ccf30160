import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { DIRECTORY_CHANNEL, Directory } from '../../../src/exchange/directory.js';
import { LOOK_UP } from '../../../src/exchange/directory.sql.js';
import { Listener } from '../../../src/infra/db/listen.js';
import { createHotPool } from '../../../src/infra/db/pool.js';
import { type Sql, sqlOn } from '../../../src/infra/db/sql.js';
import { newId } from '../../../src/kernel/ids.js';
import { longestPrefix } from '../../../src/kernel/prefix-table.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';

const keys = (assignmentKeys: readonly string[], e164s: readonly string[] = []) => ({
  assignmentKeys,
  e164s,
  domains: [],
  emails: [],
});

describe('the directory on PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let listener: Listener;
  let directory: Directory;
  let queries = 0;
  /** Resolves after the next change has been taken in. */
  let changed: () => Promise<void>;

  beforeAll(async () => {
    database = await testDatabase();
    pool = createHotPool(database.url, () => undefined);
    const sql = sqlOn(pool);
    const counted: Sql = {
      ...sql,
      rows: (text, values) => {
        queries += text === LOOK_UP ? 1 : 0;
        return sql.rows(text, values);
      },
    };
    directory = new Directory(counted, { warn: () => undefined, error: () => undefined });
    listener = new Listener(database.url, { lost: () => undefined, restored: () => undefined });
    let next = Promise.withResolvers<void>();
    listener.on(DIRECTORY_CHANNEL, (payload) => {
      const told = next;
      next = Promise.withResolvers();
      directory.changed(payload).then(told.resolve, told.reject);
    });
    changed = () => next.promise;
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

  const write = async (text: string, values: readonly unknown[]) => {
    const taken = changed();
    await pool.query(text, [...values]);
    await taken;
  };
  const addMember = async (name: string) => {
    const id = newId();
    await write(
      `INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'person', $2, 'ko', 'KR')`,
      [id, name],
    );
    return id;
  };
  const addNumber = async (holder: string, key: string) => {
    const id = newId();
    await write(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       VALUES ($1, $2, 'pin', '082', 'KR', $3, $2, $4)`,
      [id, key, key.slice(0, -3), holder],
    );
    return id;
  };
  const addDevice = (member: string, username: string) =>
    write(
      `INSERT INTO device (id, member_id, username, digest, label, kind, country, location_number, location_national)
       VALUES ($1, $2, $3, $4, 'phone', 'sip', 'KR', '+82262000001', '0262000001')`,
      [newId(), member, username, 'a'.repeat(32)],
    );

  test('one query brings numbers, shadows, holders and the caller; asked again, none is needed', async () => {
    const kim = await addMember('Kim');
    const lee = await addMember('Lee');
    await addDevice(lee, 'lee-1');
    const number = await addNumber(lee, '0262006200082');
    await write('INSERT INTO number_shadow VALUES ($1, $2, $3, now())', [number, 'KR', '+82262006200']);
    await addNumber(kim, '0262006100082');
    queries = 0;
    const question = {
      keys: keys(['0262006200082', '0299999999082'], ['+82262006200', '+82299999999']),
      memberIds: [kim],
      country: 'KR',
    };
    const answer = await directory.lookUp(question);
    expect(answer.found.assignments.get('0262006200082')).toMatchObject({ holderId: lee, kind: 'pin' });
    expect(answer.found.shadows.get('+82262006200')).toMatchObject({ holderId: lee });
    expect([...answer.found.assignments.keys(), ...answer.found.shadows.keys()]).toHaveLength(2);
    expect(answer.members.get(lee)).toMatchObject({ name: 'Lee', active: true, devices: ['lee-1'] });
    expect(answer.members.get(kim)?.numbers).toMatchObject([{ key: '0262006100082', shadows: [] }]);
    const again = directory.lookUp(question);
    expect(again).not.toBeInstanceOf(Promise);
    expect(await again).toEqual(answer);
    expect(queries).toBe(1);
  });

  test("a number that is nobody's is found out without the great query, and remembered; somebody's brings all of his", async () => {
    const park = await addMember('Park');
    await addDevice(park, 'park-1');
    const number = await addNumber(park, '0262007700082');
    await write('INSERT INTO number_shadow VALUES ($1, $2, $3, now())', [number, 'KR', '+82262007700']);
    const caller = await addMember('Yoon');
    const look = (key: string, e164: string) =>
      directory.lookUp({ keys: keys([key], [e164]), memberIds: [caller], country: 'KR' });
    const first = await look('0277777776082', '+82277777776');
    expect(first.members.get(caller)?.name).toBe('Yoon');
    queries = 0;
    const nobodys = await look('0277777777082', '+82277777777');
    expect(nobodys).toEqual({ found: first.found, members: first.members });
    expect(nobodys.found.assignments.size + nobodys.found.shadows.size).toBe(0);
    expect(queries).toBe(0);
    expect(look('0277777777082', '+82277777777')).not.toBeInstanceOf(Promise);
    const byKey = await look('0262007700082', '+82277777778');
    expect(byKey.members.get(park)?.devices).toEqual(['park-1']);
    const byShadow = await look('0277777779082', '+82262007700');
    expect(byShadow.found.shadows.get('+82262007700')?.holderId).toBe(park);
    expect(queries).toBe(2);
  });

  test('a changed row takes effect on the next call', async () => {
    const member = await addMember('Choi');
    const look = async (key: string) =>
      directory.lookUp({ keys: keys([key], ['+82263330001']), memberIds: [member], country: 'KR' });
    expect((await look('0263330001082')).found.assignments.size).toBe(0);
    const number = await addNumber(member, '0263330001082');
    expect((await look('0263330001082')).found.assignments.size).toBe(1);
    await addDevice(member, 'choi-1');
    expect((await look('0263330001082')).members.get(member)?.devices).toEqual(['choi-1']);
    await write('INSERT INTO number_shadow VALUES ($1, $2, $3, now())', [number, 'KR', '+82263330001']);
    const shadowed = await look('0263330001082');
    expect(shadowed.found.shadows.get('+82263330001')?.holderId).toBe(member);
    expect(shadowed.members.get(member)?.numbers[0]?.shadows[0]).toMatchObject({
      e164: '+82263330001',
      verified: true,
    });
    expect(shadowed.found.assignments.get('0263330001082')?.shadows).toHaveLength(1);
    await write(`UPDATE device SET enabled = false WHERE username = 'choi-1'`, []);
    expect((await look('0263330001082')).members.get(member)?.devices).toEqual([]);
    await write(`UPDATE member SET status = 'suspended' WHERE id = $1`, [member]);
    expect((await look('0263330001082')).members.get(member)?.active).toBe(false);
    await write('DELETE FROM number_shadow WHERE assignment_id = $1', [number]);
    await write('DELETE FROM number_assignment WHERE id = $1', [number]);
    const gone = await look('0263330001082');
    expect([gone.found.assignments.size, gone.found.shadows.size]).toEqual([0, 0]);
    expect(gone.members.get(member)?.numbers).toEqual([]);
  });

  test('trunks and routes follow their tables', async () => {
    const first = () => longestPrefix(directory.network.routes, '8221')?.map(({ trunk }) => trunk.id);
    const trunk = (id: string) =>
      write(
        `INSERT INTO trunk (id, name, kind, country, host, called_format, calling_format)
         VALUES ($1, $1, 'gateway', 'KR', '127.0.0.1', '{"form":"national"}', '{"form":"e164"}')`,
        [id],
      );
    const route = (id: string, priority: number) =>
      write(
        `INSERT INTO route (id, prefix, trunk_id, priority, cost_micro, currency) VALUES ($1, '82', $2, $3, 9007199254740993, 'USD')`,
        [newId(), id, priority],
      );
    await trunk('one');
    await trunk('two');
    await route('one', 10);
    await route('two', 5);
    expect(first()).toEqual(['two', 'one']);
    expect(longestPrefix(directory.network.routes, '82')?.[0]?.costMicro).toBe(9007199254740993n);
    await write(`UPDATE trunk SET enabled = false WHERE id = 'two'`, []);
    expect(first()).toEqual(['one']);
    await write(`UPDATE trunk SET called_format = '{"form":"unheard-of"}' WHERE id = 'one'`, []);
    expect(first()).toBeUndefined();
  });

  test('costs in several currencies are compared at the latest exchange rate, which may change', async () => {
    const first = () => longestPrefix(directory.network.routes, '8190')?.map(({ trunk }) => trunk.id);
    for (const [id, cost, currency] of [
      ['dollar', 10_000, 'USD'],
      ['dollar-2', 20_000, 'USD'],
      ['won', 13_000_000, 'KRW'],
      ['franc', 1, 'CHF'],
    ] as const) {
      await write(
        `INSERT INTO trunk (id, name, kind, country, host, called_format, calling_format)
         VALUES ($1, $1, 'gateway', 'JP', '127.0.0.1', '{"form":"national"}', '{"form":"e164"}')`,
        [id],
      );
      await write(
        `INSERT INTO route (id, prefix, trunk_id, priority, cost_micro, currency) VALUES ($1, '81', $2, 10, $3, $4)`,
        [newId(), id, cost, currency],
      );
    }
    // Nobody knows what francs and won are worth.
    expect(first()).toEqual(['dollar', 'dollar-2', 'franc', 'won']);
    const rate = async (day: string, won: number) => {
      await pool.query(
        `INSERT INTO exchange_rate (from_currency, to_currency, day, rate, source) VALUES ('USD', 'KRW', $1, $2, 'spec')`,
        [day, won],
      );
      await directory.ratesChanged();
    };
    await rate('2026-01-01', 1_500);
    expect(first()).toEqual(['won', 'dollar', 'dollar-2', 'franc']);
    await rate('2026-01-02', 1_000);
    expect(first()).toEqual(['dollar', 'won', 'dollar-2', 'franc']);
  });

  test('reads by index, with a million numbers as with ten', async () => {
    const member = await addMember('Many');
    await pool.query('ALTER TABLE number_assignment DISABLE TRIGGER USER');
    await pool.query(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       SELECT gen_random_uuid(), '05' || lpad(n::text, 8, '0') || '082', 'pin', '082', 'KR', '05' || lpad(n::text, 8, '0'), 'x', $1
         FROM generate_series(1, 30000) AS n`,
      [member],
    );
    await pool.query('ALTER TABLE number_assignment ENABLE TRIGGER USER');
    await pool.query('ANALYZE');
    const { rows } = await pool.query(
      `EXPLAIN ${LOOK_UP}`
        .replace('$1', `'{0262006200082}'`)
        .replace('$2', `'{+82262006200}'`)
        .replace('$3', `'{acme.example}'`)
        .replace('$4', `'{lee@mail.example}'`)
        .replace('$5', `'{${member}}'`)
        .replaceAll('$6', `'KR'`),
    );
    const plan = rows.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).not.toContain('Seq Scan on number_assignment');
    expect(plan).toContain('Index');
  });
});
