import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bulkText } from '../../../src/infra/http/imports/bulk.text.js';
import type { ImportView } from '../../../src/infra/http/imports/imports.service.js';
import { Imports } from '../../../src/infra/http/imports/imports.service.js';
import { type Answer, ask, type SignedIn } from '../../support/http-client.js';
import { testApp } from '../../support/test-app.js';
import { nowhere } from '../../support/test-redis.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

const CSV = 'text/csv';
const NDJSON = 'application/x-ndjson';
const PAGE = 'docs/bulk.md';

let desk: Desk;
let hanbit: SignedIn;
beforeAll(async () => {
  desk = await openDesk();
  hanbit = await desk.account('company-admin', { companyId: memberNamed('Hanbit') });
});
afterAll(() => desk.close());

const begin = async (kind: string, options: object = {}, who = hanbit): Promise<string> => {
  const made = await desk.ask('POST /v1/imports', { kind, source: 'a file', options }, who);
  expect(made).toMatchObject({ status: 201, body: { kind, state: 'waiting', good: 0, bad: 0 } });
  return (made.body as ImportView).id;
};
const send = (id: string, type: string, body: string, who = hanbit): Promise<Answer> =>
  ask(desk.url, `PUT /v1/imports/${id}/file`, { headers: { ...who.page, 'content-type': type }, body });
const list = async (path: string, who = hanbit): Promise<readonly Record<string, unknown>[]> =>
  ((await desk.ask(`GET ${path}`, undefined, who)).body as { items: Record<string, unknown>[] }).items;
const exported = async (path: string, type: string, who = hanbit): Promise<Answer> =>
  ask(desk.url, `GET ${path}`, { headers: { ...who.cookie, accept: type } });
const lines = (text: string): readonly string[] => text.split('\n').filter(Boolean);

describe('a file that is read in', () => {
  const hostile = [
    'number,reason',
    '+821000000001,"said ""never"", by letter"',
    '+821000000002,=HYPERLINK("http://evil")',
    "'; DROP TABLE do_not_call; --,x",
    '+821000000003',
    `+821000000004,${'x'.repeat(300)}`,
    '+821000000005,a\u0000b',
    '+821000000001,twice keeps the first reason',
    '"+821000000006,never ends',
  ].join('\r\n');

  test('given_hostile_rows_when_imported_then_each_is_either_written_or_told_and_comes_out_as_it_went_in', async () => {
    const id = await begin('do-not-call');
    expect(await send(id, CSV, hostile)).toMatchObject({
      status: 200,
      body: { id, state: 'done', good: 3, bad: 5, bytes: Buffer.byteLength(hostile), failure: null },
    });
    const bad = await list(`/v1/imports/${id}/bad-rows?limit=200`);
    expect(bad.map(({ line, field }) => [line, field])).toEqual([
      [4, 'number'],
      [5, ''],
      [6, 'reason'],
      [7, 'reason'],
      [9, ''],
    ]);
    expect((await exported(`/v1/imports/${id}/bad-rows`, CSV)).text).toMatch(
      /^field,line,ordinal,reason,row\r\nnumber,4,1,must be E\.164/,
    );
    const json = await exported('/v1/do-not-call', NDJSON);
    expect(json.headers.get('content-type')).toBe(`${NDJSON}; charset=utf-8`);
    expect(lines(json.text).map((line) => JSON.parse(line))).toEqual(await list('/v1/do-not-call?limit=200'));
    const table = lines((await exported('/v1/do-not-call', CSV)).text);
    expect(table[0]).toBe('createdAt,number,reason\r');
    expect(table[1]).toMatch(/Z,\+821000000001,"said ""never"", by letter"\r$/);
    expect(table[2]).toMatch(/Z,\+821000000002,"'=HYPERLINK\(""http:\/\/evil""\)"\r$/);
  });

  test('given_the_same_rows_as_json_lines_when_imported_then_the_same_comes_of_them', async () => {
    const id = await begin('customers');
    const rows = [
      { number: '+821000000011', name: '김민아', language: 'ko', email: 'mina@example.com' },
      { number: '+821000000012', name: null, country: 'KR', language: 'ko' },
      { number: '+821000000013', email: 'nobody' },
      { number: '+821000000014', time_zone: 'Mars/Olympus' },
    ];
    const header = { number: '+821000000010', name: '', language: '', country: '', time_zone: '', email: '' };
    const file = [header, ...rows].map((row) => JSON.stringify(row)).join('\n');
    expect((await send(id, NDJSON, file)).body).toMatchObject({ state: 'done', good: 3, bad: 2 });
    expect((await list(`/v1/imports/${id}/bad-rows`)).map(({ line, field }) => [line, field])).toEqual([
      [4, 'email'],
      [5, 'time_zone'],
    ]);
    expect(await list('/v1/customers?q=%2B821000000011')).toMatchObject([{ name: '김민아', language: 'ko' }]);
    const again = await begin('customers');
    expect((await send(again, CSV, 'number,name\n+821000000011,\n+821000000012,Jun\n')).body).toMatchObject({
      good: 2,
    });
    expect(await list('/v1/customers?q=%2B82100000001')).toHaveLength(3);
    expect(await list('/v1/customers?q=%2B821000000011')).toMatchObject([{ name: '김민아' }]);
    expect(await list('/v1/customers?q=%2B821000000012')).toMatchObject([{ name: 'Jun', country: 'KR' }]);
  });

  test.each([
    ['a column that nobody knows', CSV, 'number,colour\n', 'import-file.columns'],
    ['no number', CSV, 'reason\n', 'import-file.columns'],
    ['a column twice', CSV, 'number,number\n', 'import-file.columns'],
    ['nothing in it', CSV, '', 'csv-file.empty'],
    ['no JSON object', NDJSON, '[]\n', 'csv-file.empty'],
    ['more than 10,000 bad rows', CSV, `number\n${'x\n'.repeat(10_001)}`, 'csv-file.too-many-bad-rows'],
  ])(
    'given_a_file_with_%s_when_sent_then_the_import_is_refused_and_says_why',
    async (_, type, file, code) => {
      const id = await begin('do-not-call');
      expect((await send(id, type, file)).body).toMatchObject({ code });
      expect((await desk.ask(`GET /v1/imports/${id}`, undefined, hanbit)).body).toMatchObject({
        state: 'refused',
        failure: { code },
      });
      expect((await send(id, CSV, 'number\n')).body).toMatchObject({ code: 'import.not-allowed' });
    },
  );

  test('given_a_body_that_is_no_file_when_sent_then_nothing_is_begun', async () => {
    const id = await begin('do-not-call');
    expect(await send(id, 'application/json', '{}')).toMatchObject({ status: 415 });
    expect((await desk.ask(`GET /v1/imports/${id}`, undefined, hanbit)).body).toMatchObject({
      state: 'waiting',
    });
  });
});

describe('an import of many rows', () => {
  const ROWS = 5_000;
  const number = (n: number) => `+8230${String(n).padStart(7, '0')}`;
  const whole = `number\n${Array.from({ length: ROWS }, (_, n) => `${number(n)}\n`).join('')}`;
  const written = async () =>
    Number(
      (await desk.pool.query(`SELECT count(*) FROM do_not_call WHERE number LIKE '+8230%'`)).rows[0].count,
    );

  test('given_a_connection_that_breaks_when_the_file_is_sent_again_to_a_new_process_then_each_row_is_there_once', async () => {
    const id = await begin('do-not-call');
    const half = whole.slice(0, Math.floor(whole.length * 0.6));
    const leave = new AbortController();
    const body = new ReadableStream({
      // The second half never comes.
      start: (stream) => stream.enqueue(new TextEncoder().encode(half)),
    });
    const sending = fetch(`${desk.url}/v1/imports/${id}/file`, {
      method: 'PUT',
      headers: { ...hanbit.page, 'content-type': CSV },
      body,
      duplex: 'half',
      signal: leave.signal,
    } as RequestInit);
    const seen = await progress(id, ({ good }) => good > 0);
    expect(seen).toMatchObject({ state: 'running', good: 2_000, bad: 0 });
    expect(seen.bytes).toBeGreaterThan(0);
    leave.abort();
    await expect(sending).rejects.toThrow();
    await progress(id, ({ state }) => state === 'interrupted');
    expect(await written()).toBe(2_000);
    // What a process that was killed leaves behind.
    await desk.pool.query(`UPDATE bulk_import SET state = 'running' WHERE id = $1`, [id]);

    const next = await testApp({ databaseUrl: desk.databaseUrl, redisUrl: nowhere });
    try {
      const to = (file: string) =>
        ask(next.url, `PUT /v1/imports/${id}/file`, {
          headers: { ...hanbit.page, 'content-type': CSV },
          body: file,
        });
      const done = await to(whole);
      expect(done.body).toMatchObject({ state: 'done', good: ROWS, bad: 0 });
      expect(await written()).toBe(ROWS);
      expect((await to(whole)).body).toEqual(done.body);
      expect((await to(`${whole}${number(ROWS)}\n`)).body).toMatchObject({ code: 'import-file.mismatch' });
      expect(await written()).toBe(ROWS);
    } finally {
      await next.close();
    }
  });

  test('given_an_import_under_way_when_another_file_or_a_cancellation_comes_then_it_goes_no_further', async () => {
    const id = await begin('do-not-call');
    await desk.pool.query(
      `UPDATE bulk_import SET state = 'interrupted', records = 2, records_hash = 'of another file' WHERE id = $1`,
      [id],
    );
    expect((await send(id, CSV, 'number\n+8231000001\n+8231000002\n+8231000003\n')).body).toMatchObject({
      code: 'import-file.mismatch',
    });
    const other = await begin('do-not-call');
    expect((await desk.ask(`POST /v1/imports/${other}/cancellation`, undefined, hanbit)).body).toMatchObject({
      state: 'cancelled',
    });
    expect((await send(other, CSV, 'number\n+8231000001\n')).body).toMatchObject({
      code: 'import.not-allowed',
    });
    expect((await desk.pool.query(`SELECT FROM do_not_call WHERE number LIKE '+8231%'`)).rowCount).toBe(0);
  });

  test('given_18_megabytes_when_sent_then_memory_stays_flat', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = async () => {
      collect();
      // What the sockets have let go is given back between two rounds.
      await new Promise(setImmediate);
      collect();
      return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    };
    const piece = new TextEncoder().encode(
      Array.from(
        { length: 1_000 },
        (_, n) => `${JSON.stringify({ number: number(n), reason: 'r'.repeat(190) })}\n`,
      ).join(''),
    );
    const PIECES = 80;
    const samples: number[] = [];
    async function* file() {
      for (let n = 0; n < PIECES; n++) {
        yield piece;
        if (n === 15 || n === 45 || n === 75) samples.push(await used());
      }
    }
    const id = await begin('do-not-call');
    // Not by fetch, which keeps what it sends for a while.
    const sent = () =>
      new Promise<{ readonly status: number | undefined; readonly body: unknown }>((done, fail) => {
        const sending = request(`${desk.url}/v1/imports/${id}/file`, {
          method: 'PUT',
          headers: { ...hanbit.page, 'content-type': NDJSON },
        });
        sending.on('error', fail).on('response', (response) => {
          text(response).then((body) => done({ status: response.statusCode, body: JSON.parse(body) }), fail);
        });
        Readable.from(file()).pipe(sending);
      });
    let answer = await sent();
    // On a machine that is busy a statement may take too long: what broke off is sent again, as anybody would.
    for (let again = 0; answer.status === 500 && again < 5; again++) answer = await sent();
    expect(answer.body).toMatchObject({ state: 'done', good: 80_000, bytes: PIECES * piece.length });
    expect(PIECES * piece.length).toBeGreaterThan(18_000_000);
    // From the first sample to the last some 13 MB have come: a reader that keeps them shows it.
    expect(Math.max(...samples) - (samples[0] ?? 0)).toBeLessThan(6_000_000);
  }, 60_000);

  /** Asks until it is so: each answer is a real one of the running import. */
  async function progress(id: string, isSo: (view: ImportView) => boolean): Promise<ImportView> {
    for (;;) {
      const view = (await desk.ask(`GET /v1/imports/${id}`, undefined, hanbit)).body as ImportView;
      if (isSo(view)) return view;
    }
  }
});

describe('each kind of import', () => {
  test('given_routes_with_one_bad_row_when_imported_then_nothing_is_changed_and_it_is_named', async () => {
    const rows = 'prefix,trunk,cost,currency\n77,gw-jp,0.01,USD\n';
    const bad = await begin('routes', {}, desk.operator);
    expect((await send(bad, CSV, `${rows}78,nowhere,0.01,USD\n`, desk.operator)).body).toMatchObject({
      code: 'route-file.has-bad-rows',
    });
    expect(await list(`/v1/imports/${bad}/bad-rows`, desk.operator)).toMatchObject([
      { line: 3, field: 'trunk' },
    ]);
    expect(await list('/v1/routes?prefix=77', desk.operator)).toEqual([]);
    const good = await begin('routes', { replaceTrunk: 'gw-jp' }, desk.operator);
    const { body } = await send(good, CSV, rows, desk.operator);
    expect(body).toMatchObject({ state: 'done', good: 1, outcome: { added: 1, changed: 0 } });
    expect((await list('/v1/routes?trunkId=gw-jp', desk.operator)).map(({ prefix }) => prefix)).toEqual([
      '77',
    ]);
  });

  test('given_a_deck_when_imported_then_it_is_a_draft_version_with_its_bad_rows', async () => {
    await desk.ask('POST /v1/rate-decks', { id: 'bulk', name: 'bulk', direction: 'sale', currency: 'USD' });
    const id = await begin('rate-deck', { deckId: 'bulk' }, desk.operator);
    const { body } = await send(
      id,
      NDJSON,
      '{"prefix":"82","per_minute":"0.06"}\n{"prefix":"x"}\n',
      desk.operator,
    );
    expect(body).toMatchObject({ state: 'done', good: 1, bad: 1, outcome: { versionId: id } });
    expect((await desk.ask(`GET /v1/deck-versions/${id}`)).body).toMatchObject({ goodRows: 1, badRows: 1 });
    const broken = await begin('rate-deck', { deckId: 'bulk' }, desk.operator);
    await send(broken, CSV, 'prefix\n', desk.operator);
    expect(await list('/v1/rate-decks/bulk/versions', desk.operator)).toHaveLength(1);
  });

  test('given_somebody_else_or_a_kind_that_is_not_his_when_asked_then_nothing_is_there', async () => {
    const id = await begin('do-not-call');
    expect(await desk.ask(`GET /v1/imports/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'import.unknown' },
    });
    expect(await send(id, CSV, 'number\n', desk.operator)).toMatchObject({ status: 404 });
    expect(await desk.ask('POST /v1/imports', { kind: 'routes' }, hanbit)).toMatchObject({
      status: 404,
      body: { code: 'import-kind.unknown', hint: 'you may import customers, do-not-call' },
    });
    expect(
      await desk.ask('POST /v1/imports', { kind: 'routes', options: { replaceTrunk: 7 } }),
    ).toMatchObject({
      status: 400,
      body: { code: 'import-options.invalid' },
    });
  });

  test(`stands in ${PAGE} (UPDATE_DOCS=1 writes it)`, () => {
    const page = bulkText(desk.web.app.get(Imports, { strict: false }).all());
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });
});

describe('a list that is taken out', () => {
  beforeAll(async () => {
    await desk.pool.query(
      `INSERT INTO do_not_call (owner, number, reason, account_id)
       SELECT 'operator', '+8233' || lpad(n::text, 7, '0'), repeat('r', 200), gen_random_uuid() FROM generate_series(1, 60000) n`,
    );
  });

  test('given_more_than_one_page_when_taken_out_then_all_is_there_in_the_order_of_the_list_with_its_filters', async () => {
    const members = await exported('/v1/members?limit=2', NDJSON, desk.operator);
    const { rows } = await desk.pool.query('SELECT count(*) FROM member');
    const ids = lines(members.text).map((line) => (JSON.parse(line) as { id: string }).id);
    expect([ids.length, new Set(ids).size]).toEqual([Number(rows[0].count), ids.length]);
    const routes = lines((await exported('/v1/routes?trunkId=gw-us', CSV, desk.operator)).text);
    expect(routes.slice(1).every((line) => line.includes('gw-us'))).toBe(true);
    expect((await exported('/v1/routes?trunkId=NO', CSV, desk.operator)).body).toMatchObject({ status: 400 });
    expect((await exported('/v1/routes', CSV, hanbit)).body).toMatchObject({ status: 403 });
  });

  test('given_many_exports_at_once_when_one_more_is_asked_for_then_it_waits_and_a_broken_one_does_not_end_well', async () => {
    const open = await Promise.all(
      Array.from({ length: 3 }, () =>
        fetch(`${desk.url}/v1/do-not-call`, { headers: { ...desk.operator.cookie, accept: NDJSON } }),
      ),
    );
    expect(await exported('/v1/do-not-call', NDJSON, desk.operator)).toMatchObject({
      status: 429,
      body: { code: 'export.too-many' },
    });
    await desk.pool.query('ALTER TABLE do_not_call RENAME TO away');
    try {
      for (const response of open) await expect(response.text()).rejects.toThrow();
    } finally {
      await desk.pool.query('ALTER TABLE away RENAME TO do_not_call');
    }
    const after = await exported(
      `/v1/do-not-call?cursor=${Buffer.from('"+82330059999"').toString('base64url')}`,
      NDJSON,
      desk.operator,
    );
    expect(lines(after.text)).toHaveLength(1);
  });
});
