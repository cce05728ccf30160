import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { DIRECTORY_CHANNEL, Directory } from '../../../src/exchange/directory.js';
import { Listener } from '../../../src/infra/db/listen.js';
import { createHotPool } from '../../../src/infra/db/pool.js';
import { sqlOn } from '../../../src/infra/db/sql.js';
import { newId } from '../../../src/kernel/ids.js';
import { candidates, decideReading, lookupKeys } from '../../../src/numbering/index.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';

describe('what members want and what the operator plans, as the directory knows it', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let listener: Listener;
  let directory: Directory;
  const errors: object[] = [];
  /** Notifications that came, and whoever waits for the next ones. */
  let taken: Promise<unknown>[] = [];
  let bell = () => {};

  beforeAll(async () => {
    database = await testDatabase();
    pool = createHotPool(database.url, () => undefined);
    const log = { warn: () => undefined, error: (fields: object) => void errors.push(fields) };
    directory = new Directory(sqlOn(pool), log);
    listener = new Listener(database.url, { lost: () => undefined, restored: () => undefined });
    listener.on(DIRECTORY_CHANNEL, (payload) => {
      taken.push(directory.changed(payload));
      bell();
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

  /** Writes, and resolves when the directory has taken in the change. */
  async function write(text: string, ...values: readonly unknown[]): Promise<void> {
    taken = [];
    const told = new Promise<void>((resolve) => {
      bell = resolve;
    });
    await pool.query(text, [...values]);
    await told;
    await Promise.all(taken);
  }
  async function addMember(name: string, kind = 'person'): Promise<string> {
    const id = newId();
    await write(
      `INSERT INTO member (id, kind, name, language, country, area) VALUES ($1, $2, $3, 'ko', 'KR', '02')`,
      id,
      kind,
      name,
    );
    return id;
  }
  const NOTHING = { assignmentKeys: [], e164s: [], domains: [], emails: [] };
  const member = async (id: string) =>
    (await directory.lookUp({ keys: NOTHING, memberIds: [id], country: 'KR' })).members.get(id);
  async function reading(dialled: string, country = 'KR') {
    const asked = candidates(dialled, { country, deviceCountry: country }, directory.plan);
    const looked = await directory.lookUp({ keys: lookupKeys(asked), memberIds: [], country });
    return { reading: decideReading(asked, looked.found).reading, members: looked.members };
  }

  test('settings, find-me and his other numbers take effect on the next call; only proved ones count', async () => {
    const kim = await addMember('Kim');
    expect(await member(kim)).toMatchObject({ findMe: [], contacts: [], settings: { voicemail: true } });
    await write(
      `INSERT INTO call_setting (member_id, do_not_disturb, forward_busy) VALUES ($1, true, '0262001234')`,
      kim,
    );
    expect((await member(kim))?.settings).toMatchObject({
      doNotDisturb: true,
      forwardBusy: '0262001234',
      maxCalls: null,
    });
    await write(`UPDATE call_setting SET max_calls = 3 WHERE member_id = $1`, kim);
    expect((await member(kim))?.settings.maxCalls).toBe(3);

    const home = newId();
    await write(
      `INSERT INTO contact_number (id, member_id, e164) VALUES ($1, $2, '+82262001234')`,
      home,
      kim,
    );
    expect((await member(kim))?.contacts).toEqual([]);
    await write('UPDATE contact_number SET verified_at = now() WHERE id = $1', home);
    expect((await member(kim))?.contacts).toEqual([{ id: home, e164: '+82262001234' }]);
    const other = newId();
    await write(
      `INSERT INTO carrier_number (id, member_id, carrier_id, number, verified_at) VALUES ($1, $2, 'other', '*3931234', now())`,
      other,
      kim,
    );
    expect((await member(kim))?.carrierNumbers).toEqual([
      { id: other, carrierId: 'other', number: '*3931234' },
    ]);

    await write(`INSERT INTO find_me (member_id, position, kind) VALUES ($1, 1, 'devices')`, kim);
    await write(
      `INSERT INTO find_me (member_id, position, kind, contact_number_id, ring_seconds, with_previous) VALUES ($1, 2, 'contact', $2, 15, true)`,
      kim,
      home,
    );
    expect((await member(kim))?.findMe).toEqual([
      { kind: 'devices', target: null, ringSeconds: 20, withPrevious: false },
      { kind: 'contact', target: home, ringSeconds: 15, withPrevious: true },
    ]);
    await write('DELETE FROM find_me WHERE member_id = $1', kim);
    expect((await member(kim))?.findMe).toEqual([]);
  });

  test('a domain leads to its owner’s company number, an e-mail address to the person; proving and losing count at once', async () => {
    const acme = await addMember('Acme', 'company');
    const ask = async () => (await reading('acme.example')).reading;
    expect((await ask()).kind).not.toBe('domain');
    const domain = newId();
    await write(
      `INSERT INTO domain_identity (id, member_id, domain) VALUES ($1, $2, 'acme.example')`,
      domain,
      acme,
    );
    expect((await ask()).kind).not.toBe('domain');
    await write('UPDATE domain_identity SET verified_at = now() WHERE id = $1', domain);
    expect(await ask()).toMatchObject({ kind: 'domain', owner: { holderId: acme } });
    await write(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       VALUES ($1, '77001234#', 'vns', '082', 'KR', '77001234', 'x', $2)`,
      newId(),
      acme,
    );
    expect(await ask()).toMatchObject({ owner: { assignment: { key: '77001234#' } } });
    await write('DELETE FROM domain_identity WHERE id = $1', domain);
    expect((await ask()).kind).not.toBe('domain');

    const address = 'kim@mail.example';
    expect((await reading(address)).reading.kind).not.toBe('email');
    await write(
      'INSERT INTO email_identity (id, member_id, address, verified_at) VALUES ($1, $2, $3, now())',
      newId(),
      acme,
      address,
    );
    const found = await reading(address);
    expect(found.reading).toMatchObject({ kind: 'email', owner: { holderId: acme } });
    expect(found.members.get(acme)?.name).toBe('Acme');
  });

  test('branches and who answers there, with the company’s number as theirs', async () => {
    const hanbit = await addMember('Hanbit', 'company');
    const office = await addMember('Hanbit New York', 'company');
    const number = newId();
    await write(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       VALUES ($1, '88001234#', 'vns', '082', 'KR', '88001234', 'x', $2)`,
      number,
      hanbit,
    );
    expect((await reading('88001234*', 'US')).reading).toMatchObject({ branch: { region: 'KR' } });
    expect((await member(office))?.numbers).toEqual([]);
    const branch = newId();
    await write(
      `INSERT INTO vns_branch (id, assignment_id, region, ccc, is_default, member_id) VALUES ($1, $2, 'US', '001', true, $3)`,
      branch,
      number,
      office,
    );
    const there = await reading('88001234*', 'US');
    expect(there.reading).toMatchObject({ key: '88001234#001', branch: { region: 'US', memberId: office } });
    expect(there.members.get(office)?.name).toBe('Hanbit New York');
    expect((await member(office))?.numbers).toMatchObject([{ key: '88001234#001', region: 'US' }]);
    await write('DELETE FROM vns_branch WHERE id = $1', branch);
    expect((await reading('88001234*', 'US')).reading).toMatchObject({ branch: { region: 'KR' } });
    expect((await member(office))?.numbers).toEqual([]);
  });

  test('the plan follows its tables, and one that cannot be is told loudly while the last good one goes on', async () => {
    expect((await reading('*43')).reading.kind).not.toBe('feature');
    await write(`INSERT INTO feature_code (code, feature) VALUES ('*43', 'echo')`);
    expect((await reading('*43')).reading).toMatchObject({ kind: 'feature', feature: 'echo' });
    await write(
      `INSERT INTO trunk (id, name, kind, country, host, called_format, calling_format)
       VALUES ('other-trunk', 'x', 'carrier', 'KR', '127.0.0.1', '{"form":"national"}', '{"form":"e164"}')`,
    );
    await write(
      `INSERT INTO voip_carrier (id, name, trunk_id, e164_prefixes) VALUES ('other', 'x', 'other-trunk', '{+8270}')`,
    );
    await write(
      `INSERT INTO carrier_pattern (id, carrier_id, prefix, min_length, max_length) VALUES ($1, 'other', '*393', 6, 12)`,
      newId(),
    );
    expect((await reading('*3931234')).reading).toEqual({
      kind: 'carrier',
      carrierId: 'other',
      number: '*3931234',
    });
    expect(directory.network.carriers.get('other')?.id).toBe('other-trunk');
    expect((await reading('07012345678')).reading).toMatchObject({ kind: 'pstn', carrierId: 'other' });

    expect(errors).toEqual([]);
    // Overlaps the carrier's numbers: one of the two could never be dialled.
    await write(`INSERT INTO feature_code (code, feature) VALUES ('*3', 'echo')`);
    expect(errors).toHaveLength(1);
    expect((await reading('*3931234')).reading.kind).toBe('carrier');
    await write(`DELETE FROM feature_code WHERE code IN ('*3', '*43')`);
    expect((await reading('*43')).reading.kind).not.toBe('feature');
    await write(`INSERT INTO routing_setting VALUES ('memberMaxCalls', '7'), ('foreignSip', 'false')`);
    expect(directory.policy.memberLimits).toEqual({ calls: 7, callsPerSecond: null });
    expect(directory.plan.config.foreignSip).toBe(false);
  });

  test('routes have hours, centres have areas', async () => {
    await write(
      `INSERT INTO route (id, prefix, trunk_id, currency, days, from_minute, to_minute, time_zone, max_calls)
       VALUES ($1, '82', 'other-trunk', 'USD', 31, 480, 1080, 'Asia/Seoul', 5)`,
      newId(),
    );
    expect(directory.network.routes.values[0]).toMatchObject([
      { maxCalls: 5, schedule: { days: 31, fromMinute: 480, toMinute: 1_080, timeZone: 'Asia/Seoul' } },
    ]);
    await write(
      `INSERT INTO centre (id, name, country, area, kind, trunk_id) VALUES ('osaka', 'x', 'JP', '06', 'partner', 'other-trunk')`,
    );
    expect(directory.network.centres.get('JP')).toMatchObject([{ area: '06', trunk: { id: 'other-trunk' } }]);
    await write(`UPDATE centre SET enabled = false WHERE id = 'osaka'`);
    expect(directory.network.centres.get('JP')).toBeUndefined();
  });
});
