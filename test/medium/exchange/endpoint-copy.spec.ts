import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { EndpointCopy } from '../../../src/exchange/local-copy/endpoint-copy.js';
import { createHotPool } from '../../../src/infra/db/pool.js';
import { type Sql, sqlOn } from '../../../src/infra/db/sql.js';
import { newId } from '../../../src/kernel/ids.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';

/** A literal `;` and `^` of a realtime value, which only res_config_pgsql reads so. */
const unescaped = (value: unknown) => String(value).replaceAll('^3B', ';').replaceAll('^5E', '^');
/** More than two pages. */
const DEVICES = 450;
const member = newId();

describe('the copy that Asterisk falls back on', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let sql: Sql;
  let copy: EndpointCopy;
  const directory = mkdtempSync(join(tmpdir(), 'copy-'));
  const path = join(directory, 'endpoints.sqlite3');
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (_: object, message: string) => warnings.push(message) };

  const copied = (text: string): readonly Record<string, unknown>[] => {
    const file = new DatabaseSync(path, { readOnly: true });
    try {
      return file.prepare(text).all();
    } finally {
      file.close();
    }
  };
  const ids = () => copied('SELECT id FROM ps_endpoints ORDER BY id').map(({ id }) => id);

  beforeAll(async () => {
    database = await testDatabase();
    pool = createHotPool(database.url, () => undefined);
    sql = sqlOn(pool);
    copy = new EndpointCopy(sql, path, log);
    await sql.run(
      `INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'person', 'Kim', 'ko', 'KR')`,
      [member],
    );
    await sql.run(
      `INSERT INTO device (id, member_id, username, digest, label, kind, country, location_number, location_national)
       SELECT gen_random_uuid(), $1, 'phone-' || lpad(n::text, 4, '0'), md5(n::text), 'desk', 'sip', 'KR', '+82262006100', '0262006100'
         FROM generate_series(1, $2::int) n`,
      [member, DEVICES],
    );
    await sql.run(
      `INSERT INTO trunk (id, name, kind, country, host, called_format, calling_format, username, secret, registers)
       VALUES ('gw-kr', 'gateway', 'gateway', 'KR', '127.0.0.21', '{"form":"national"}', '{"form":"national"}', 'we', 's;^', true)`,
    );
  });
  afterAll(async () => {
    await copy.close();
    await pool.end();
    await database.remove();
    rmSync(directory, { recursive: true });
  });

  test('holds what the views hold, each option as text', async () => {
    await copy.resync();
    expect(warnings).toEqual([]);
    for (const view of ['ps_endpoints', 'ps_auths', 'ps_aors', 'ps_endpoint_id_ips', 'ps_registrations']) {
      const there = await sql.rows<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(v) AS row FROM ${view} v ORDER BY id COLLATE "C"`,
      );
      const here = copied(`SELECT * FROM ${view} ORDER BY id`);
      expect(here).toHaveLength(there.length);
      for (const [at, { row }] of there.entries()) {
        for (const [name, value] of Object.entries(row)) {
          if (value !== null) expect(`${name} ${here[at]?.[name]}`).toBe(`${name} ${unescaped(value)}`);
        }
      }
    }
    expect(ids()).toHaveLength(DEVICES + 1);
  });

  test('leaves no option empty that Asterisk would refuse empty', async () => {
    expect(copied("SELECT media_encryption FROM ps_endpoints WHERE id = 'gw-kr'")).toEqual([
      { media_encryption: 'no' },
    ]);
  });

  test('says the secret of a trunk and where it registers as they are, for SQLite rows are not unescaped', async () => {
    expect(copied("SELECT password FROM ps_auths WHERE id = 'gw-kr'")).toEqual([{ password: 's;^' }]);
    expect(copied('SELECT id, server_uri, outbound_auth FROM ps_registrations')).toEqual([
      { id: 'gw-kr', server_uri: 'sip:127.0.0.21:5060;transport=udp', outbound_auth: 'gw-kr' },
    ]);
  });

  test('follows a changed, a new and a removed row', async () => {
    await sql.run(`UPDATE device SET digest = md5('new') WHERE username = 'phone-0001'`);
    await sql.run(`DELETE FROM device WHERE username = 'phone-0002'`);
    await copy.changed('device:phone-0001');
    await copy.changed('device:phone-0002');
    const [auth] = await sql.rows<{ password_digest: string }>(
      `SELECT password_digest FROM ps_auths WHERE id = 'phone-0001'`,
    );
    expect(copied("SELECT password_digest FROM ps_auths WHERE id = 'phone-0001'")).toEqual([auth]);
    expect(ids()).not.toContain('phone-0002');
  });

  test("a suspended member's devices leave it, and come back with him", async () => {
    await sql.run(`UPDATE member SET status = 'suspended' WHERE id = $1`, [member]);
    await copy.changed(`member:${member}`);
    expect(ids()).toEqual(['gw-kr']);
    await sql.run(`UPDATE member SET status = 'active' WHERE id = $1`, [member]);
    await copy.changed(`member:${member}`);
    expect(ids()).toHaveLength(DEVICES);
  });

  test('finds by itself what was removed while nobody told it', async () => {
    await sql.run(`DELETE FROM device WHERE username > 'phone-0010'`);
    await copy.resync();
    expect(ids()).toHaveLength(10);
  });

  test('keeps what it has while the database does not answer, and says so', async () => {
    const away: Sql = {
      rows: () => Promise.reject(new Error('away')),
      run: () => Promise.reject(new Error('away')),
    };
    const orphan = new EndpointCopy(away, path, log);
    await orphan.resync();
    await orphan.changed('device:phone-0001');
    await orphan.close();
    expect(warnings).toContain('the copy beside Asterisk could not be brought up to date');
    expect(ids()).toHaveLength(10);
  });
});
