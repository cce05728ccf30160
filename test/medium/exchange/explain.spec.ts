import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { labWorld } from '../../../src/cli/lab-world.js';
import { seedLab } from '../../../src/cli/seed.js';
import { DirectoryUpkeep } from '../../../src/exchange/directory.upkeep.js';
import type { Explanation } from '../../../src/exchange/explain/explainer.js';
import { Db, HOT_POOL } from '../../../src/infra/db/db.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const password = 'correct horse battery';

describe('where a call would go, over REST', () => {
  let database: TestDatabase;
  let web: TestApp;
  let ops: SignedIn;
  let member: SignedIn;

  beforeAll(async () => {
    database = await testDatabase();
    web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
    await seedLab(
      web.app.get<Pool>(HOT_POOL),
      labWorld({ sipPort: 5060, phoneSeed: 'seed', realm: 'anydial' }),
    );
    await web.app.get(DirectoryUpkeep).ready();
    const db = web.app.get(Db);
    await addAccount(db, 'ops@example.com', password, ['operator']);
    await addAccount(db, 'kim@example.com', password, ['member']);
    ops = await signIn(web.url, 'ops@example.com', password);
    member = await signIn(web.url, 'kim@example.com', password);
  });
  afterAll(async () => {
    await web.close();
    await database.remove();
  });

  const explain = async (dialled: string, from: string, who = ops) => {
    const query = new URLSearchParams({ dialled, from });
    const { status, body } = await ask(web.url, `GET /v1/numbers/explain?${query}`, { headers: who.cookie });
    return { status, body: body as Explanation & { readonly code?: string } };
  };

  test.each(['lab-a', '02-6200-6100-082', '0262006100082', '+82262006100', 'KR:02'])(
    'from %s: every step, the ways with cost and both numbers as they would be sent',
    async (from) => {
      const { status, body } = await explain('02-6200-1234', from);
      expect(status).toBe(200);
      expect(body.account.steps.map(({ step }) => step)).toEqual(
        expect.arrayContaining(['input', 'emergency', 'feature', 'explicit', 'bare', 'pstn', 'carrier']),
      );
      expect(body.account).toMatchObject({ reading: 'pstn', called: '+82262001234' });
      expect(body.account.candidates[0]).toEqual({
        kind: 'trunk',
        target: 'gw-kr',
        called: '0262001234',
        // Of somebody in Korea nothing more is known: he is shown by the gateway's own number.
        calling: from === 'KR:02' ? '0262000000' : '0262006100',
        costMicro: '12000',
        currency: 'USD',
        verdict: 'attempt 1',
      });
      expect(body.verdict.kind).toBe('connect');
    },
  );

  test('no call is placed, nobody is called who is not there, and only staff may ask', async () => {
    expect(await explain('0262001234', 'nobody')).toMatchObject({
      status: 422,
      body: { code: 'explain.nobody' },
    });
    expect((await explain('0262001234', 'lab-a', member)).status).toBe(403);
    const { body } = await explain("'; drop", 'lab-a');
    expect(body.verdict).toMatchObject({ kind: 'refuse', reason: 'invalid-number', q850: 28 });
    const rows = await web.app.get(Db).rows('SELECT id FROM call');
    expect(rows).toEqual([]);
  });

  test('says what the caller would pay, or why nothing', async () => {
    expect((await explain('02-6200-6200-082', 'lab-a')).body.price).toMatchObject({ kind: 'none' });
    expect((await explain('119', 'lab-a')).body.price).toEqual({
      kind: 'none',
      because: 'calls for help cost nothing',
    });
  });
});
