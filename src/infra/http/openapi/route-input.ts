import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { z } from 'zod';
import type { Route } from '../routes.js';

/** What a route takes, as JSON Schema (2020-12) of what a caller sends. A part without a schema is not parsed by the route. */
export interface RouteInput {
  readonly body?: JsonSchema;
  readonly query?: JsonSchema;
  readonly params: Readonly<Record<string, JsonSchema>>;
}
export type JsonSchema = z.core.JSONSchema.BaseSchema;

// Nest's RouteParamtypes; its enum is internal.
const BODY = 3;
const QUERY = 4;
const PARAM = 5;

interface Argument {
  readonly data?: unknown;
  readonly schema?: unknown;
}

type Method = Pick<Route, 'controller' | 'name'>;

/** Read from the parameter decorators: `@Body({ schema })`, `@Query({ schema })`, `@Param('id', { schema })`. */
export function inputOf(route: Method): RouteInput {
  const of = argumentsOf(route);
  const body = bodySchemaOf(route);
  const query = querySchemaOf(route);
  return {
    ...(body === undefined ? {} : { body: jsonSchemaOf(body) }),
    ...(query === undefined ? {} : { query: jsonSchemaOf(query) }),
    params: Object.fromEntries(
      of(PARAM).flatMap(({ data, schema }) =>
        typeof data === 'string' && schema instanceof z.ZodType ? [[data, jsonSchemaOf(schema)]] : [],
      ),
    ),
  };
}

/** What parses the body. */
export function bodySchemaOf(route: Method): z.ZodType | undefined {
  const body = whole(argumentsOf(route)(BODY));
  return body instanceof z.ZodType ? body : undefined;
}

/** What parses the query. */
export function querySchemaOf(route: Method): z.ZodType | undefined {
  const query = whole(argumentsOf(route)(QUERY));
  return query instanceof z.ZodType ? query : undefined;
}

function argumentsOf({ controller, name }: Method): (type: number) => readonly Argument[] {
  const found: Readonly<Record<string, Argument>> =
    Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {};
  return (type) =>
    Object.entries(found).flatMap(([key, argument]) => (key.startsWith(`${type}:`) ? [argument] : []));
}

const whole = (found: readonly Argument[]): unknown => found.find(({ data }) => data === undefined)?.schema;

/** What zod cannot say in JSON Schema (a transformation's rule) is left open rather than wrong. */
function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, $defs: __, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return withoutRecursion(rest);
}

/** Only `z.json()` refers to itself: any JSON value, which needs no name of its own inside an OpenAPI document. */
function withoutRecursion<T>(part: T): T {
  const text = JSON.stringify(part, (_, value: unknown) =>
    typeof value === 'object' && value !== null && '$ref' in value ? {} : value,
  );
  return JSON.parse(text) as T;
}
