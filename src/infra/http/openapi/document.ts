import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { ruleOf } from '../policy.js';
import type { Route } from '../routes.js';
import { inputOf, type JsonSchema } from './route-input.js';

/** The part of OpenAPI 3.1 that we write. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}
export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly description: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly description?: string;
}

const ID: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description: 'the same key and body again give the first answer again instead of doing it twice',
};

/** Describes these routes, in the order of their paths. Pure: the same routes give the same text. */
export function openApiOf(routes: readonly Route[]): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Anydial', version: '1', description: ABOUT },
    paths,
    components: COMPONENTS,
  };
}

const keyOf = ({ path, method }: Route): string => `${path} ${method}`;

function operationOf(route: Route): Operation {
  const input = inputOf(route);
  const rule = ruleOf(route.policy);
  return {
    operationId: `${(route.controller as { name: string }).name.replace(/Controller$/, '')}.${route.name}`,
    tags: [route.path.split('/')[2] ?? 'health'],
    description: rule === undefined ? '' : `${route.policy}: ${rule.why}. Roles: ${rule.roles.join(', ')}.`,
    security: rule?.open === 'anyone' ? [{}] : [{ apiKey: [] }, { session: [] }],
    parameters: [
      ...[...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
        name,
        in: 'path' as const,
        required: true,
        schema: input.params[name] ?? { type: 'string' },
      })),
      ...queryParameters(input.query),
      ...(route.idempotent ? [ID] : []),
    ],
    ...(input.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: input.body } } } }),
    responses: {
      [statusOf(route)]: { description: 'done' },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function queryParameters(query: JsonSchema | undefined): readonly Parameter[] {
  const { properties = {}, required = [] } = query ?? {};
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: schema as JsonSchema,
  }));
}

/** As Nest answers: 201 to a POST, 200 to the rest, unless the method says otherwise. */
function statusOf({ method, handler }: Route): string {
  return String(Reflect.getMetadata(HTTP_CODE_METADATA, handler) ?? (method === 'POST' ? 201 : 200));
}

const ABOUT =
  'Errors are RFC 9457 problems with a code and a hint. Lists are pages: ask for the next one with the cursor of the last. ' +
  'Amounts are whole micro-units as text beside their currency.';

const COMPONENTS = {
  securitySchemes: {
    apiKey: { type: 'http', scheme: 'bearer', description: 'POST /v1/api-keys' },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-anydial_session',
      description: 'POST /v1/sessions; what changes something also needs X-CSRF-Token',
    },
  },
  responses: {
    Problem: {
      description: 'what was wrong and what to do about it',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
  schemas: {
    Problem: {
      type: 'object',
      required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'retry'],
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        instance: { type: 'string', description: "the request's id, to quote to support" },
        code: { type: 'string', description: 'stable: decide by it' },
        hint: { type: 'string', description: 'what to do' },
        retry: { type: 'string', description: 'whether the same request may be sent again' },
        errors: {
          type: 'array',
          items: {
            type: 'object',
            required: ['pointer', 'detail'],
            properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
          },
        },
      },
    },
  },
} as const;
