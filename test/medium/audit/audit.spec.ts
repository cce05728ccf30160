import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditEntryView } from '../../../src/infra/http/audit/audit-log.service.js';
import { ask } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function entries(query: string): Promise<readonly AuditEntryView[]> {
  const { status, body, text } = await desk.ask(`GET /v1/audit-entries?${query}`);
  if (status !== 200) throw new Error(text);
  return (body as { items: AuditEntryView[] }).items;
}

describe('given_a_trunk_when_an_operator_changes_it', () => {
  let requestId = '';
  beforeAll(async () => {
    const { status, headers } = await desk.ask('PATCH /v1/trunks/gw-us', { maxCalls: 7 });
    expect(status).toBe(200);
    requestId = headers.get('x-request-id') ?? '';
  });

  test('then_one_entry_says_who_what_before_after_when_and_from_where', async () => {
    const found = await entries(`requestId=${requestId}`);
    expect(found).toEqual([
      expect.objectContaining({
        email: 'operator-1@example.com',
        by: 'session',
        policy: 'network.manage',
        action: 'PATCH /v1/trunks/:id',
        source: '127.0.0.1',
        targetKind: 'trunk',
        targetId: 'gw-us',
        change: 'changed',
        before: expect.objectContaining({ max_calls: null }),
        after: expect.objectContaining({ max_calls: 7 }),
      }),
    ]);
    expect(found[0]?.credentialId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Date.parse(found[0]?.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
    // Only what changed.
    expect(Object.keys(found[0]?.before ?? {})).not.toContain('host');
  });

  test('then_it_is_found_by_target_by_account_by_time_and_page_by_page_and_in_the_file', async () => {
    const [entry] = await entries('targetKind=trunk&targetId=gw-us');
    expect(entry?.requestId).toBe(requestId);
    await desk.ask('PATCH /v1/trunks/gw-us', { maxCalls: 8 });
    const first = await desk.ask(
      `GET /v1/audit-entries?accountId=${entry?.accountId}&targetKind=trunk&limit=1`,
    );
    const { items, nextCursor } = first.body as { items: AuditEntryView[]; nextCursor: string };
    expect(items.map(({ after }) => after?.['max_calls'])).toEqual([8]);
    const [second] = await entries(
      `accountId=${entry?.accountId}&targetKind=trunk&limit=1&cursor=${nextCursor}`,
    );
    expect(second?.id).toBe(entry?.id);
    expect(await entries(`targetKind=trunk&until=${entry?.at}`)).toEqual([]);
    expect(await entries('targetKind=trunk&targetId=gw-jp')).toEqual([]);
    const file = await desk.ask('GET /v1/audit-entries/export.ndjson?targetKind=trunk');
    const lines = file.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditEntryView);
    expect(lines.map(({ after }) => after?.['max_calls'])).toEqual([8, 7]);
  });

  test('then_nobody_changes_or_removes_the_entry_neither_by_privilege_nor_by_ownership', async () => {
    for (const statement of [
      `UPDATE audit_entry SET source = ''`,
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
    ])
      await expect(desk.db.rows(statement)).rejects.toMatchObject({ code: '42501' });
    await desk.pool.query('GRANT UPDATE, DELETE, TRUNCATE ON audit_entry TO CURRENT_ROLE');
    for (const statement of [
      `UPDATE audit_entry SET source = ''`,
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
    ])
      await expect(desk.db.rows(statement)).rejects.toThrow('append-only');
    await desk.pool.query('REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM CURRENT_ROLE');
  });
});

test('given_a_change_that_is_refused_then_neither_it_nor_an_entry_is_left', async () => {
  const { status, headers } = await desk.ask('PATCH /v1/trunks/gw-us', { defaultCli: 'nonsense' });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(await entries(`requestId=${headers.get('x-request-id')}`)).toEqual([]);
});

test('given_an_api_key_when_it_makes_something_for_a_member_then_key_and_member_are_named_and_no_secret', async () => {
  const key = await desk.ask('POST /v1/api-keys', { name: 'robot', roles: ['operator'] });
  const { id, secret } = key.body as { id: string; secret: string };
  const [made] = await entries(`requestId=${key.headers.get('x-request-id')}`);
  expect(made).toMatchObject({
    targetKind: 'api_key',
    targetId: id,
    change: 'made',
    after: { name: 'robot', key_hash: '(not shown)' },
  });
  const member = memberNamed('Grace Hall');
  const device = await ask(desk.url, `POST /v1/members/${member}/devices`, {
    headers: { authorization: `Bearer ${secret}` },
    body: { label: 'her kitchen', locationNumber: '+12128675300' },
  });
  expect(device.status).toBe(201);
  const [entry] = await entries(`requestId=${device.headers.get('x-request-id')}`);
  expect(entry).toMatchObject({ by: 'api-key', credentialId: id, onBehalfOf: member, targetKind: 'device' });
  expect(entry?.after).toMatchObject({ label: '(not shown)', digest: '(not shown)', member_id: member });
  expect(JSON.stringify(entry)).not.toContain('kitchen');
});

test('given_a_price_list_of_many_rows_when_it_is_imported_then_it_is_one_entry', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => `49${index + 1000},gw-us,0.01,EUR,10`).join('\n');
  const answer = await fetch(`${desk.url}/v1/routes/import`, {
    method: 'POST',
    headers: { ...desk.operator.page, 'content-type': 'text/csv' },
    body: `prefix,trunk,cost,currency,priority\n${rows}\n`,
  });
  expect(answer.status).toBeLessThan(300);
  const found = await entries(`requestId=${answer.headers.get('x-request-id')}`);
  expect(found.map(({ targetKind, targetId, after }) => [targetKind, targetId, after?.['rows']])).toEqual([
    ['route', '*', 120],
  ]);
});

test('given_nobody_signed_in_when_somebody_signs_in_then_the_entry_names_the_session_and_not_its_token', async () => {
  const answer = await ask(desk.url, 'POST /v1/sessions', {
    body: { email: 'operator-1@example.com', password: 'correct horse battery' },
  });
  const [entry] = await entries(`requestId=${answer.headers.get('x-request-id')}`);
  expect(entry).toMatchObject({
    accountId: null,
    by: 'nobody',
    targetKind: 'user_session',
    change: 'made',
    after: { token_hash: '(not shown)' },
  });
});

test('without_a_mark_nothing_is_written_what_jobs_and_calls_change_has_records_of_its_own', async () => {
  const before = await desk.db.rows('SELECT max(id) FROM audit_entry');
  await desk.db.inTx((tx) => tx.run(`UPDATE trunk SET name = name || '.' WHERE id = 'gw-us'`));
  expect(await desk.db.rows('SELECT max(id) FROM audit_entry')).toEqual(before);
});

describe('the tables that are watched', () => {
  test('are all but those that a rule excepts for a reason', async () => {
    const unwatched = await desk.db.rows<{ name: string; why: string | null }>(
      `SELECT c.relname AS name, (SELECT why FROM audit_rule WHERE name = c.relname AND mode = 'none') AS why
         FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname ~ '^audit_(row|bulk)')
        ORDER BY 1`,
    );
    expect(unwatched.filter(({ why }) => why === null).map(({ name }) => name)).toEqual([
      'audit_entry',
      'audit_rule',
      'schema_migration',
    ]);
  });

  test('a rule names a table that there is', async () => {
    const lost = await desk.db.rows(`SELECT name FROM audit_rule WHERE to_regclass(name) IS NULL`);
    expect(lost).toEqual([]);
  });

  test('show no column by which a person is named or reached', async () => {
    const shown = await desk.db.rows<{ column: string }>(
      `SELECT c.table_name || '.' || c.column_name AS column FROM information_schema.columns c
         JOIN audit_rule r ON r.name = c.table_name
        WHERE c.table_schema = 'public' AND (r.mode = 'open' OR c.column_name = ANY (r.shown))
          AND c.column_name ~ '(email|phone|e164|birth|address|holder_name|full_name|caller|contact)' ORDER BY 1`,
    );
    expect(shown.map(({ column }) => column)).toEqual(reachesNobody);
  });
});

/** A column that sounds like a person's and is not. */
const reachesNobody: readonly string[] = ['voip_carrier.e164_prefixes'];
