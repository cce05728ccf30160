import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api } from '../../../src/api/api.js';
import type { AttemptLimit } from '../../../src/infra/http/access/attempts.js';
import { limitsOf } from '../../../src/infra/http/access/limits.text.js';
import { openApiOf } from '../../../src/infra/http/openapi/document.js';
import { userRoles } from '../../../src/infra/http/policies.js';
import type { Route } from '../../../src/infra/http/routes.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

/** Its rows are of other tables, or counted in memory: proved elsewhere. */
const elsewhere: Readonly<Record<string, string>> = {
  'GET /v1/resolve/:number': 'test/medium/phone/number-pages.spec.ts',
  'GET /v1/resolve/:number/card.vcf': 'test/medium/phone/number-pages.spec.ts',
  'GET /v1/resolve/:number/challenge': 'test/medium/phone/number-pages.spec.ts',
  'POST /v1/resolve/:number/calls': 'test/medium/phone/number-pages.spec.ts',
  'POST /v1/resolve/:number/mails': 'test/medium/phone/number-pages.spec.ts',
  'GET /v1/shop/numbers': 'test/medium/sales/search.spec.ts',
  'GET /v1/shop/numbers/availability': 'test/medium/sales/search.spec.ts',
  'POST /v1/accounts/:id/vouchers': 'test/medium/billing-top-ups/vouchers.spec.ts',
  'POST /v1/terminal/sessions': 'test/medium/cards/public-terminal.spec.ts',
  'PUT /v1/terminal/card': 'test/medium/cards/cards.spec.ts',
  'PUT /v1/terminal/key': 'test/medium/cards/cards.spec.ts',
};
/** Counted with `POST /v1/proofs`, when the proof has been found. */
const COUNTED_WITH_ANOTHER = 'POST /v1/proofs/:id/code';
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

describe('the table of rate limits', () => {
  let desk: Desk;
  let all: SignedIn;
  let limited: readonly (readonly [Route, readonly AttemptLimit[]])[];
  beforeAll(async () => {
    desk = await openDesk();
    await addAccount(desk.db, 'all@example.com', 'correct horse battery', userRoles);
    all = await signIn(desk.url, 'all@example.com', 'correct horse battery');
    limited = desk.routes.flatMap((route) => {
      const rows = limitsOf(route).filter((limit) => typeof limit !== 'string');
      return rows.length > 0 && nameOf(route) !== COUNTED_WITH_ANOTHER ? [[route, rows] as const] : [];
    });
  });
  afterAll(() => desk.close());

  test('given_as_many_attempts_as_the_table_allows_when_each_of_its_routes_is_asked_then_it_says_429_and_when_to_come_again', async () => {
    expect(limited.length).toBeGreaterThan(25);
    const document = openApiOf(desk.routes, api);
    const answers: string[] = [];
    for (const [route, [limit]] of limited) {
      if (limit === undefined) continue;
      const source = `192.0.2.${answers.length + 1}`;
      await desk.pool.query(
        `INSERT INTO attempt (id, purpose, subject_hash, source) SELECT gen_random_uuid(), $1, '\\x00', $2 FROM generate_series(1, $3)`,
        [limit.purpose, source, limit.source],
      );
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
      const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
        name === 'companyId'
          ? memberNamed('Hanbit')
          : String(operation?.parameters.find((one) => one.name === name)?.example ?? newId()),
      );
      const body = operation?.requestBody?.content['application/json']?.example;
      const answer = await ask(desk.url, `${route.method} ${path}`, {
        headers: { ...all.page, 'x-forwarded-for': source },
        ...(body === undefined ? {} : { body }),
      });
      answers.push(
        `${nameOf(route)}: ${answer.status} ${answer.headers.has('retry-after') ? 'later' : answer.text}`,
      );
    }
    expect(answers).toEqual(limited.map(([route]) => `${nameOf(route)}: 429 later`));
  });

  test('given_a_limit_that_is_kept_otherwise_then_the_table_names_where_it_is_proved', () => {
    const others = desk.routes.filter((route) => limitsOf(route).some((limit) => typeof limit === 'string'));
    expect(others.map(nameOf).toSorted()).toEqual(Object.keys(elsewhere).toSorted());
  });
});
