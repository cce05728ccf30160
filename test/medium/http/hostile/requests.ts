import { inputOf, type JsonSchema } from '../../../../src/infra/http/openapi/route-input.js';
import type { Route } from '../../../../src/infra/http/routes.js';
import { hostile, hostileTexts, sampleOf } from './hostile-values.js';

/** One request that should be refused or harmless. `must`: the statuses that are right; absent: anything but a 5xx. */
export interface HostileRequest {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly must?: readonly number[];
}

const VALUES_EACH = 5;
const BODY_LIMIT_BYTES = 256 * 1_024;

/** All that is tried on a route. Which values a property gets turns with the route, so that all of them come up. */
export function hostileRequests(route: Route, turn: number): readonly HostileRequest[] {
  const input = inputOf(route);
  const path = pathOf(route, (name) => String(sampleOf(input.params[name] ?? {})));
  const request = (title: string, more: Partial<HostileRequest>): HostileRequest => ({
    title: `${route.method} ${route.path} ${title}`,
    method: route.method,
    path,
    ...more,
  });
  return [
    ...inPaths(route, turn).map((one) => request(`at ${one}`, { path: one })),
    ...inQueries(input.query, turn).map((query) =>
      request(`with ?${query.slice(0, 60)}`, { path: `${path}?${query}` }),
    ),
    ...(input.body === undefined
      ? []
      : inBodies(input.body, turn).map(([title, more]) => request(title, more))),
  ];
}

const pathOf = (route: Route, textOf: (name: string) => string): string =>
  route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(textOf(name)));

function inPaths(route: Route, turn: number): readonly string[] {
  return route.path.includes(':') ? some(hostileTexts, turn).map((text) => pathOf(route, () => text)) : [];
}

function inQueries(query: JsonSchema | undefined, turn: number): readonly string[] {
  const names = Object.keys(query?.properties ?? {});
  return [
    'nobody-asked=1',
    ...names.flatMap((name, index) =>
      some(hostileTexts, turn + index).map((text) => `${name}=${encodeURIComponent(text)}`),
    ),
    ...names.map((name) => `${name}=1&${name}=2`),
  ];
}

type Body = readonly [title: string, more: Partial<HostileRequest>];

function inBodies(schema: JsonSchema, turn: number): readonly Body[] {
  const sample = sampleOf(schema);
  const json = (value: unknown) => JSON.stringify(value);
  const properties = Object.keys(schema.properties ?? {});
  return [
    ['with half a body', { body: '{"a": ', must: [400] }],
    ['with a giant', { body: json({ a: 'x'.repeat(BODY_LIMIT_BYTES) }), must: [413] }],
    ['with XML', { body: '<a/>', contentType: 'application/xml', must: [400, 415, 422] }],
    ['with a text', { body: '"text"', must: [400] }],
    ['with a list', { body: '[]', must: [400] }],
    ['with what nobody knows', { body: json({ ...(sample as object), nobodyKnows: 1 }) }],
    ['deeply nested', { body: `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`, must: [400] }],
    ...properties.flatMap((name, index): readonly Body[] =>
      some(hostile, turn * 3 + index * VALUES_EACH).map((value) => [
        `with ${name} = ${json(value)?.slice(0, 40)}`,
        { body: json({ ...(sample as object), [name]: value }) },
      ]),
    ),
  ];
}

const some = <T>(values: readonly T[], from: number): readonly T[] =>
  Array.from({ length: VALUES_EACH }, (_, index) => values[(from + index) % values.length] as T);
