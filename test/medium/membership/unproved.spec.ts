import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { seedLab } from '../../../src/cli/seed.js';
import { DirectoryUpkeep } from '../../../src/exchange/directory.upkeep.js';
import { Db } from '../../../src/infra/db/db.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { world } from '../desk/desk.js';

const password = 'correct horse battery';
const KINDS = ['contact_number', 'carrier_number', 'email_identity', 'domain_identity', 'number_shadow'];

/** The demo world as it is, or with nothing proved; asked where calls would go. */
class Exchange {
  private constructor(
    private readonly database: TestDatabase,
    private readonly web: TestApp,
    private readonly ops: SignedIn,
  ) {}

  static async open(proved: boolean): Promise<Exchange> {
    const database = await testDatabase();
    const client = new pg.Client({ connectionString: database.url.reveal() });
    await client.connect();
    await seedLab(client, world);
    if (!proved) for (const table of KINDS) await client.query(`UPDATE ${table} SET verified_at = NULL`);
    await client.end();
    const web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
    await web.app.get(DirectoryUpkeep).ready();
    await addAccount(web.app.get(Db), 'ops@example.com', password, ['operator']);
    return new Exchange(database, web, await signIn(web.url, 'ops@example.com', password));
  }

  /** Everything that is said of where the call would go, and as whom. */
  async explain(dialled: string, from: string): Promise<string> {
    const query = new URLSearchParams({ dialled, from });
    const { body } = await ask(this.web.url, `GET /v1/numbers/explain?${query}`, {
      headers: this.ops.cookie,
    });
    const { account, verdict } = body as { account: { candidates: unknown }; verdict: unknown };
    return JSON.stringify({ candidates: account.candidates, verdict });
  }

  async close(): Promise<void> {
    await this.web.close();
    await this.database.remove();
  }
}

describe('what is not proved is never routed to, nor shown as caller id', () => {
  let proved: Exchange;
  let unproved: Exchange;
  beforeAll(async () => {
    proved = await Exchange.open(true);
    unproved = await Exchange.open(false);
  });
  afterAll(() => Promise.all([proved.close(), unproved.close()]));

  test.each([
    ['a contact number in a find-me order', '212-867-5300-001', 'lab-a', '2128675301'],
    ['another company’s number in a find-me order', '212-867-5300-001', 'lab-a', '*3935550101'],
    ['an e-mail address', 'grace@hall.example', 'lab-a', 'lab-us'],
    ['a domain', 'hanbit.example', 'lab-a', '"kind":"connect"'],
    ['the telephone number of a PIN', '+82262006100', 'US:212', '"target":"lab-a"'],
    ['a PIN’s telephone number as caller id', '02-6200-1234', 'lab-a', '"calling":"0262006100"'],
  ])('%s', async (_, dialled, from, sign) => {
    expect(await proved.explain(dialled, from)).toContain(sign);
    expect(await unproved.explain(dialled, from)).not.toContain(sign);
  });
});
