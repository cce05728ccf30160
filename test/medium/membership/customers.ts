import { Db } from '../../../src/infra/db/db.js';
import type { UserRole } from '../../../src/infra/http/policies.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import type { ConfigChoices } from '../../support/test-config.js';
import { testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';
import { Post } from './post.js';

export const PASSWORD = 'correct horse battery';

export interface Customer extends SignedIn {
  readonly accountId: string;
  readonly email: string;
}

/** The web role on an empty database, and people to sign in as. */
export class Customers {
  private constructor(
    readonly web: TestApp,
    readonly db: Db,
    readonly post: Post,
    private readonly removeDatabase: () => Promise<void>,
  ) {}

  static async open(choices: Partial<ConfigChoices> = {}): Promise<Customers> {
    const database = await testDatabase();
    const web = await testApp({ databaseUrl: database.url, redisUrl: nowhere, ...choices });
    return new Customers(web, web.app.get(Db), new Post(web), () => database.remove());
  }

  async close(): Promise<void> {
    await this.web.close();
    await this.removeDatabase();
  }

  /** An account as sign-up leaves it, or with other roles. */
  async account(address: string, roles: readonly UserRole[] = ['member']): Promise<Customer> {
    const email = address.toLowerCase();
    const accountId = await addAccount(this.db, email, PASSWORD, roles);
    return { ...(await signIn(this.web.url, email, PASSWORD)), accountId, email };
  }

  /** Registered as well; `id` is the member's. */
  async member(
    email: string,
    more: { kind?: 'person' | 'company'; name?: string; country?: string; area?: string } = {},
  ): Promise<Customer & { readonly id: string }> {
    const account = await this.account(email);
    const wanted = { kind: 'person', name: email, language: 'ko', country: 'KR', area: '02', ...more };
    const made = await this.ask('POST /v1/members', wanted, account);
    if (made.status !== 201) throw new Error(made.text);
    return { ...account, id: idOf(made) };
  }

  ask(route: string, body?: unknown, who?: SignedIn): Promise<Answer> {
    return ask(this.web.url, route, {
      headers: who?.page ?? {},
      ...(body === undefined ? {} : { body }),
    });
  }
}

export const idOf = ({ body }: Answer): string => (body as { id: string }).id;
export const itemsOf = <T>({ body }: Answer): readonly T[] => (body as { items: T[] }).items;
