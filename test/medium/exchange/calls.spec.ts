import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { PgCallStore } from '../../../src/exchange/call-store.js';
import type { CallTraceView, CallView } from '../../../src/exchange/calls.views.js';
import { Db, HOT_POOL } from '../../../src/infra/db/db.js';
import type { Page } from '../../../src/infra/http/page.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { story } from './story.js';

const password = 'correct horse battery';
const caller = story(0).setUp.memberId;

describe('calls over REST', () => {
  let database: TestDatabase;
  let web: TestApp;
  let ops: SignedIn;
  let company: SignedIn;
  const stories = Array.from({ length: 5 }, (_, n) => story(n));

  beforeAll(async () => {
    database = await testDatabase();
    web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
    const store = new PgCallStore(web.app.get<Pool>(HOT_POOL), () => undefined);
    for (const { ended } of stories.slice(0, 4)) await store.save(ended, 1_000);
    await store.save(stories[4]?.answered ?? story(4).answered, 1_000);
    const db = web.app.get(Db);
    await addAccount(db, 'ops@example.com', password, ['operator']);
    const account = await addAccount(db, 'boss@example.com', password, ['support']);
    await db.rows('UPDATE user_account SET company_id = $2 WHERE id = $1', [account, newId()]);
    ops = await signIn(web.url, 'ops@example.com', password);
    company = await signIn(web.url, 'boss@example.com', password);
  });
  afterAll(async () => {
    await web.close();
    await database.remove();
  });

  const get = async <Body>(path: string, who = ops) => {
    const answer = await ask(web.url, `GET /v1/calls${path}`, { headers: who.cookie });
    return { status: answer.status, body: answer.body as Body };
  };

  test('lists calls newest first, page by page, each once', async () => {
    const seen: string[] = [];
    for (let path = '?limit=2'; path !== ''; ) {
      const { items, nextCursor } = (await get<Page<CallView>>(path)).body;
      seen.push(...items.map(({ id }) => id));
      path = nextCursor === null ? '' : `?limit=2&cursor=${nextCursor}`;
    }
    expect(seen).toEqual(stories.map(({ id }) => id).reverse());
  });

  test('filters by caller and by what is still open', async () => {
    const ids = async (path: string) => (await get<Page<CallView>>(path)).body.items.map(({ id }) => id);
    expect(await ids('?open=true')).toEqual([stories[4]?.id]);
    expect(await ids(`?memberId=${caller}&open=false`)).toHaveLength(4);
    expect(await ids(`?memberId=${newId()}`)).toEqual([]);
  });

  test('tells one call, and its trace with each step, move and leg', async () => {
    const { id } = stories[0] ?? story(0);
    expect((await get<CallView>(`/${id}`)).body).toMatchObject({
      id,
      reason: 'hangup',
      q850: 16,
      called: '+82262001234',
    });
    const { call, trace, legs } = (await get<CallTraceView>(`/${id}/trace`)).body;
    expect(call.id).toBe(id);
    expect(trace.steps).toEqual([{ step: 'pstn', verdict: 'read', detail: 'national form' }]);
    expect(trace.moves.map(({ from, event, to }) => `${from} -> ${event} -> ${to}`)).toEqual([
      'routing -> routed -> preparing',
      'preparing -> saved -> dialling',
      'dialling -> leg.ringing -> ringing',
      'ringing -> leg.answered -> talking',
      'talking -> caller.ended -> clearing',
      'clearing -> leg.ended -> ended',
    ]);
    expect(legs).toMatchObject([{ target: 'gw-kr', q850: 16 }]);
    expect(trace.verdict).toEqual({
      kind: 'connect',
      emergency: false,
      maxSeconds: 3_600,
      attempts: [
        { kind: 'ring', targets: ['trunk gw-kr'], answerWithin: 120, progressWithin: 20, after: {} },
      ],
    });
  });

  test('tells of an open call what is known by now: its verdict, and the legs that live', async () => {
    const { trace, legs } = (await get<CallTraceView>(`/${stories[4]?.id}/trace`)).body;
    expect(trace.verdict).toMatchObject({ kind: 'connect', attempts: [{ targets: ['trunk gw-kr'] }] });
    expect(legs).toMatchObject([{ target: 'gw-kr', endedAt: null, q850: null }]);
    expect(legs[0]?.answeredAt).not.toBeNull();
  });

  test('draws a call as a ladder of SIP messages', async () => {
    const answer = await ask(web.url, `GET /v1/calls/${stories[0]?.id}/trace?as=ladder`, {
      headers: ops.cookie,
    });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.text).toContain('ended by caller: hangup (Q.850 16), talked 60.000 s');
    expect((await get(`/${stories[0]?.id}/trace?as=poem`)).status).toBe(400);
  });

  test("knows nothing of calls that are not there, or not the asking company's", async () => {
    expect(await get(`/${newId()}`)).toMatchObject({ status: 404, body: { code: 'call.not-found' } });
    expect((await get(`/${stories[0]?.id}`, company)).status).toBe(404);
    expect((await get<Page<CallView>>('', company)).body.items).toEqual([]);
    expect((await get('?cursor=nonsense')).status).toBe(400);
  });
});
