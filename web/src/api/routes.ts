import type { components, paths } from './schema.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Served<Path extends keyof paths, Verb extends Method> = paths[Path][Lowercase<Verb>] extends {
  responses: unknown;
}
  ? `${Verb} ${Path}`
  : never;

/** Every route of the API: `GET /v1/members/{memberId}/devices`. */
export type Route = { [Path in keyof paths]: { [Verb in Method]: Served<Path, Verb> }[Method] }[keyof paths];

/** What the API's answers are made of, by the names that the server gives them. */
export type Schemas = components['schemas'];

type OperationOf<R extends Route> = R extends `${infer Verb} ${infer Path extends keyof paths & string}`
  ? Lowercase<Verb> extends keyof paths[Path]
    ? paths[Path][Lowercase<Verb>]
    : never
  : never;
type Json<Responses, Status extends number> = Status extends keyof Responses
  ? Responses[Status] extends { content: { 'application/json': infer Body } }
    ? Body
    : undefined
  : never;

/** What a route answers when it is done; undefined where that is nothing. */
export type Answer<R extends Route> =
  OperationOf<R> extends { responses: infer Responses } ? Json<Responses, 200 | 201 | 202 | 204> : never;
/** An item of a listing route. */
export type Item<R extends Route> =
  Answer<R> extends { readonly items: readonly (infer One)[] } ? One : never;
/** What a route takes as body. */
export type Body<R extends Route> =
  OperationOf<R> extends { requestBody: { content: { 'application/json': infer Wanted } } }
    ? Wanted
    : undefined;

type Part<R extends Route, Name extends 'path' | 'query'> =
  OperationOf<R> extends { parameters: infer Parameters }
    ? Name extends keyof Parameters
      ? Parameters[Name]
      : undefined
    : undefined;

interface Common {
  /** One per thing that somebody wants done: a repetition is then not done twice. See `useAction`. */
  readonly key?: string | undefined;
  /** Ends the request when the page is left. */
  readonly signal?: AbortSignal | undefined;
}
/** Names are checked here, values where they are parsed: by the server, which says what is wrong with each. */
type Named<Value, As> = Value extends object ? { readonly [Name in keyof Value]?: As } : Value;
type Needed<Name extends string, Value, As> = [Value] extends [undefined]
  ? { readonly [name in Name]?: undefined }
  : undefined extends Value
    ? { readonly [name in Name]?: Named<NonNullable<Value>, As> }
    : { readonly [name in Name]: Named<Value, As> };
type Plain = string | number | boolean | undefined;

/** What goes with a request of this route. */
export type Asked<R extends Route> = Common &
  Needed<'path', Part<R, 'path'>, Plain> &
  Needed<'query', Part<R, 'query'>, Plain> &
  Needed<'body', Body<R>, unknown>;
/** May be left out where nothing is needed. */
export type Asking<R extends Route> = object extends Asked<R> ? [asked?: Asked<R>] : [asked: Asked<R>];
