import { inputOf } from '../../../../src/infra/http/openapi/route-input.js';
import type { UserRole } from '../../../../src/infra/http/policies.js';
import { decideAccess, ruleOf } from '../../../../src/infra/http/policy.js';
import type { Route } from '../../../../src/infra/http/routes.js';
import { type Answer, ask, type SignedIn } from '../../../support/http-client.js';
import { sampleOf } from '../hostile/hostile-values.js';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Ids in paths are tried from those found so far; more than these of one tenant prove nothing new. */
const MOST_IDS = 40;

/** Somebody who is one tenant: what he may call, and the ids that are his from the start. */
export interface Tenant {
  readonly session: SignedIn;
  readonly role: UserRole;
  readonly ids: readonly string[];
}

/** The routes that this role may call at all, without those that end the session or never end themselves. */
export function routesFor(routes: readonly Route[], role: UserRole): readonly Route[] {
  return routes.filter(
    ({ policy, path, method }) =>
      decideAccess(ruleOf(policy), { fromThisHost: false, signedIn: { roles: [role], by: 'session' } }) ===
        'allowed' &&
      ruleOf(policy)?.open === undefined &&
      policy !== 'session.end' &&
      !(method === 'GET' && path === '/v1/events'),
  );
}

/** Every id that a tenant sees when he reads all that he may read, with every id that he has seen so far in every place. */
export async function idsSeenBy(
  url: string,
  tenant: Tenant,
  routes: readonly Route[],
): Promise<ReadonlySet<string>> {
  const seen = new Set(tenant.ids);
  const asked = new Set<string>();
  const reading = routesFor(routes, tenant.role).filter(({ method }) => method === 'GET');
  for (let before = -1; before !== seen.size; ) {
    before = seen.size;
    const paths = reading.flatMap((route) => pathsWith(route, [...seen].slice(0, MOST_IDS)));
    await sixAtOnce(
      [...new Set(paths)].filter((path) => !asked.has(path)),
      async (path) => {
        asked.add(path);
        const { status, text } = await ask(url, `GET ${path}`, { headers: tenant.session.page });
        if (status === 200) for (const [id] of text.matchAll(UUID)) seen.add(id);
      },
    );
  }
  return seen;
}

/**
 * Makes what a tenant can make: every creating route that he may call, once with each of his ids in its path, with the simplest body that
 * its schema names. What is refused is refused; what comes of it is then his, and what others must not see.
 */
export async function makeWhatCanBeMade(
  url: string,
  tenant: Tenant,
  routes: readonly Route[],
): Promise<readonly string[]> {
  const made: string[] = [];
  const creating = routesFor(routes, tenant.role).filter(
    ({ method }) => method === 'POST' || method === 'PUT',
  );
  for (const route of creating) {
    const { body } = inputOf(route);
    for (const path of pathsWith(route, tenant.ids)) {
      const { status } = await ask(url, `${route.method} ${path}`, {
        headers: tenant.session.page,
        ...(body === undefined ? {} : { body: sampleOf(body) }),
      });
      if (status < 300) made.push(`${route.method} ${route.path}`);
    }
  }
  return made;
}

export interface Attempt {
  readonly route: string;
  readonly answer: Answer;
}

/** What comes of it when a tenant calls every route that he may call with ids that are another's, in paths and in bodies. */
export async function tryWith(
  url: string,
  { session, role }: Tenant,
  ids: readonly string[],
  routes: readonly Route[],
): Promise<readonly Attempt[]> {
  const wishes: { readonly method: string; readonly path: string; readonly body: unknown }[] = [];
  for (const route of routesFor(routes, role)) {
    const { body } = inputOf(route);
    const named = Object.keys(body?.properties ?? {}).filter((name) => /Id$|^target$|^holder$/.test(name));
    if (!route.path.includes(':') && named.length === 0) continue;
    for (const [at, path] of pathsWith(route, ids).entries()) {
      const bodies =
        body === undefined
          ? [undefined]
          : named.length === 0
            ? [sampleOf(body)]
            : // Every id in the path with one in the body, and some in the path with every one in the body.
              bodiesWith(sampleOf(body), named, at < 2 ? ids : ids.slice(0, 1));
      for (const one of bodies) wishes.push({ method: route.method, path, body: one });
    }
  }
  const attempts: Attempt[] = [];
  await sixAtOnce(wishes, async ({ method, path, body }) => {
    const answer = await ask(url, `${method} ${path}`, {
      headers: session.page,
      ...(body === undefined ? {} : { body }),
    });
    attempts.push({ route: `${method} ${path} ${body === undefined ? '' : JSON.stringify(body)}`, answer });
  });
  return attempts;
}

/** Thousands of requests: none waits for another's answer, and the server is not flooded. */
async function sixAtOnce<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = list.values();
  const worker = async () => {
    for (const one of rest) await work(one);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
}

/** Each id in each place of the path, the others being samples; a route without places once. */
function pathsWith(route: Route, ids: readonly string[]): readonly string[] {
  const places = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  if (places.length === 0) return [route.path];
  const { params } = inputOf(route);
  const fill = (values: Readonly<Record<string, string>>) =>
    route.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(values[name] ?? String(sampleOf(params[name] ?? {}))),
    );
  const [first = '', second] = places;
  if (second === undefined) return ids.map((id) => fill({ [first]: id }));
  // The first place is whose it is: the tenants' own ids come first in the list.
  return ids.slice(0, 2).flatMap((owner) => ids.map((id) => fill({ [first]: owner, [second]: id })));
}

const bodiesWith = (sample: unknown, names: readonly string[], ids: readonly string[]): readonly object[] =>
  ids.slice(0, 6).map((id) => ({
    ...(sample as object),
    ...Object.fromEntries(names.map((name) => [name, id])),
  }));
