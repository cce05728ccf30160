import { ruleOf } from '../policy.js';
import type { Route } from '../routes.js';
import { type Api, operationOf as keyOfAnswer } from './answers.js';
import { COMPONENTS } from './components.js';
import { exampleOf } from './example.js';
import { open, responsesOf } from './responses.js';
import { inputOf, type JsonSchema, type RouteInput } from './route-input.js';
import { summaryOf } from './summary.js';
import { takenBy } from './takes.js';

/** The part of OpenAPI 3.1 that we write. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> } & object;
}
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly description: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema; readonly example: unknown }>>;
  };
  readonly responses: Readonly<Record<string, Described>>;
}
/** An answer, as far as readers of the document need to know its form. */
export interface Described {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;
  readonly $ref?: string;
}
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly description?: string;
  readonly example?: unknown;
}

const ID: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 8, maxLength: 200 },
  description: 'the same key and body again give the first answer again instead of doing it twice',
};

const IF_MATCH: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 500 },
  description: 'the ETag that GET answered at this path: changed meanwhile, it is a 412 and nothing is done',
};

/** Describes these routes, in the order of their paths. Pure: the same routes give the same text. */
export function openApiOf(routes: readonly Route[], api: Api): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {};
  const read = new Set(routes.flatMap(({ method, path }) => (method === 'GET' ? [path] : [])));
  for (const route of routes.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operationOf(route, api, read.has(route.path)),
    };
  }
  return published({
    openapi: '3.1.0',
    info: { title: 'Anydial', version: '1', description: ABOUT },
    paths,
    components: { ...COMPONENTS, schemas: { ...COMPONENTS.schemas, ...open(api.answers.schemas) } },
  });
}

const keyOf = ({ path, method }: Route): string => `${path} ${method}`;

/** Names are under `components` here. */
const published = (document: OpenApi): OpenApi =>
  JSON.parse(JSON.stringify(document).replaceAll('"#/$defs/', '"#/components/schemas/')) as OpenApi;

function operationOf(route: Route, api: Api, read: boolean): Operation {
  const guarded = read && ['PUT', 'PATCH', 'DELETE'].includes(route.method);
  const input = inputOf(route);
  const rule = ruleOf(route.policy);
  const answer = api.answers.operations[keyOfAnswer(route)];
  const who = rule === undefined ? '' : `${route.policy}: ${rule.why}. Roles: ${rule.roles.join(', ')}.`;
  return {
    operationId: keyOfAnswer(route).replace(/Controller(?=\.)/, ''),
    summary: answer?.summary ?? summaryOf(route, input),
    tags: [route.path.split('/')[2] ?? 'health'],
    description: answer?.description === undefined ? who : `${answer.description}\n\n${who}`,
    security: rule?.open === 'anyone' ? [{}] : [{ apiKey: [] }, { session: [] }],
    parameters: [...parametersOf(route, input, api), ...(guarded ? [IF_MATCH] : [])],
    ...requestOf(route, input, api),
    responses: {
      ...responsesOf(route, input, answer, api),
      ...(guarded ? { 412: { $ref: '#/components/responses/Problem' } } : {}),
    },
  };
}

function requestOf(route: Route, { body }: RouteInput, { examples }: Api): Pick<Operation, 'requestBody'> {
  const files = takenBy(route.handler) ?? [];
  const example = examples.bodies[keyOfAnswer(route)] ?? (body && exampleOf(body, examples));
  const content = {
    ...(body === undefined ? {} : { 'application/json': { schema: body, example } }),
    ...Object.fromEntries(
      files.map((type) => [type, { schema: { type: 'string' as const }, example: examples.files[type] }]),
    ),
  };
  return Object.keys(content).length === 0 ? {} : { requestBody: { required: true, content } };
}

function parametersOf(route: Route, input: RouteInput, { examples }: Api): readonly Parameter[] {
  const { properties = {}, required = [] } = input.query ?? {};
  return [
    ...[...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
      const schema = input.params[name] ?? { type: 'string' as const };
      return {
        name,
        in: 'path' as const,
        required: true,
        schema,
        example: exampleOf(schema, examples, {}, name),
      };
    }),
    ...Object.entries(properties).map(([name, schema]) => ({
      name,
      in: 'query' as const,
      required: required.includes(name),
      schema: schema as JsonSchema,
      example: examples.queries[name] ?? exampleOf(schema as JsonSchema, examples, {}, name),
    })),
    ...(route.idempotent ? [ID] : []),
  ];
}

const ABOUT =
  'Errors are RFC 9457 problems with a code and a hint. Lists are pages: ask for the next one with the cursor of the last. ' +
  'Amounts are whole micro-units as text beside their currency.';
