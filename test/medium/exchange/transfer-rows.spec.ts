import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { deviceOrigin } from '../../../src/exchange/device-origin.js';
import { createHotPool } from '../../../src/infra/db/pool.js';
import { type Sql, sqlOn } from '../../../src/infra/db/sql.js';
import { newId } from '../../../src/kernel/ids.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';

const kim = newId();
const gone = newId();

describe('what a transfer reads', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let sql: Sql;

  beforeAll(async () => {
    database = await testDatabase();
    pool = createHotPool(database.url, () => undefined);
    sql = sqlOn(pool);
    await sql.run(
      `INSERT INTO member (id, kind, name, language, country, status)
       VALUES ($1, 'person', 'Kim', 'ko', 'KR', 'active'), ($2, 'person', 'Gone', 'ko', 'KR', 'suspended')`,
      [kim, gone],
    );
    await sql.run(
      `INSERT INTO device (id, member_id, username, digest, label, kind, country, area, location_number, location_national, enabled)
       VALUES (gen_random_uuid(), $1, 'kim-desk', md5('a'), 'desk', 'sip', 'KR', '02', '+82262006100', '0262006100', true),
              (gen_random_uuid(), $1, 'kim-off', md5('b'), 'off', 'sip', 'KR', NULL, '+82262006100', '0262006100', false),
              (gen_random_uuid(), $2, 'gone-desk', md5('c'), 'desk', 'sip', 'KR', NULL, '+82262006100', '0262006100', true)`,
      [kim, gone],
    );
    await sql.run(
      `INSERT INTO trunk (id, name, kind, country, host, called_format, calling_format)
       VALUES ('gw-kr', 'gateway', 'gateway', 'KR', '127.0.0.21', '{"form":"national"}', '{"form":"national"}')`,
    );
  });
  afterAll(async () => {
    await pool.end();
    await database.remove();
  });

  test('whose device a user name is, as if it had just called', async () => {
    expect(await deviceOrigin(pool, 'kim-desk')).toMatchObject({
      kind: 'member',
      memberId: kim,
      country: 'KR',
      area: '02',
      location: '+82262006100',
      username: 'kim-desk',
    });
  });

  test.each(['kim-off', 'gone-desk', 'gw-kr', 'nobody', "' OR true --"])(
    'nobody’s, where %s may not call',
    async (username) => expect(await deviceOrigin(pool, username)).toBeUndefined(),
  );

  test('Asterisk lets devices ask for transfers, and trunks not', async () => {
    const rows = await sql.rows(`SELECT id, allow_transfer FROM ps_endpoints ORDER BY id`);
    expect(rows).toEqual([
      { id: 'gw-kr', allow_transfer: 'no' },
      { id: 'kim-desk', allow_transfer: 'yes' },
    ]);
  });

  test('a member who has set nothing lets callers out again', async () => {
    await sql.run('INSERT INTO call_setting (member_id) VALUES ($1)', [kim]);
    expect(await sql.rows('SELECT transfer_out FROM call_setting')).toEqual([{ transfer_out: true }]);
  });
});
