import { DiscoveryService } from '@nestjs/core';
import pg from 'pg';
import { labWorld } from '../../../src/cli/lab-world.js';
import { seedLab } from '../../../src/cli/seed.js';
import { Db } from '../../../src/infra/db/db.js';
import { PageEvents } from '../../../src/infra/http/events/page-events.js';
import type { UserRole } from '../../../src/infra/http/policies.js';
import { listRoutes, type Route } from '../../../src/infra/http/routes.js';
import { OutgoingMail } from '../../../src/infra/mail/outgoing-mail.js';
import type { Secret } from '../../../src/kernel/secret.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import type { ConfigChoices } from '../../support/test-config.js';
import { testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const PASSWORD = 'correct horse battery';

export const world = labWorld({ sipPort: 5060, phoneSeed: 'seed', realm: 'anydial' });
export const memberNamed = (name: string): string =>
  world.members.find((member) => member.name === name)?.id ?? '';

/** The web role on the demo world's rows, with somebody signed in to ask. */
export interface Desk {
  readonly web: TestApp;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly url: string;
  readonly routes: readonly Route[];
  readonly databaseUrl: Secret;
  readonly outgoing: OutgoingMail;
  readonly pageEvents: PageEvents;
  readonly operator: SignedIn;
  /** Asks as the operator, unless told who. */
  ask(route: string, body?: unknown, who?: SignedIn): Promise<Answer>;
  account(role: UserRole, whose?: { memberId?: string; companyId?: string }): Promise<SignedIn>;
  close(): Promise<void>;
}

export async function openDesk(choices: Partial<ConfigChoices> = {}): Promise<Desk> {
  const database = await testDatabase();
  const pool = new pg.Pool({ connectionString: database.url.reveal(), max: 2 });
  // A connection that is closing may still hear that the database is going away.
  pool.on('error', () => undefined);
  await seedLab(pool, world);
  const web = await testApp({ databaseUrl: database.url, redisUrl: nowhere, ...choices });
  const db = web.app.get(Db);
  let accounts = 0;
  const account: Desk['account'] = async (role, { memberId, companyId } = {}) => {
    const email = `${role}-${++accounts}@example.com`;
    const id = await addAccount(db, email, PASSWORD, [role]);
    await pool.query('UPDATE user_account SET member_id = $2, company_id = $3 WHERE id = $1', [
      id,
      memberId ?? null,
      companyId ?? null,
    ]);
    return signIn(web.url, email, PASSWORD);
  };
  const operator = await account('operator');
  return {
    web,
    db,
    pool,
    url: web.url,
    routes: listRoutes(web.app.get(DiscoveryService, { strict: false })),
    databaseUrl: database.url,
    pageEvents: web.app.get(PageEvents),
    outgoing: web.app.get(OutgoingMail, { strict: false }),
    operator,
    account,
    ask: (route, body, who = operator) =>
      ask(web.url, route, { headers: who.page, ...(body === undefined ? {} : { body }) }),
    close: async () => {
      await web.close();
      await pool.end();
      await database.remove();
    },
  };
}
