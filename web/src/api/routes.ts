import type { components, paths } from './schema.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Served<Path extends keyof paths, Verb extends Method> = paths[Path][Lowercase<Verb>] extends {
  responses: unknown;
}
  ? `${Verb} ${Path}`
  : never;

/** Every route of the API: `GET /v1/members/{memberId}/devices`. */
export type Route = { [Path in keyof paths]: { [Verb in Method]: Served<Path, Verb> }[Method] }[keyof paths];

/** A route with its places filled in: `GET /v1/members/${string}/devices`. */
type Filled<R extends string> = R extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : R;
type FilledRoutes = { readonly [R in Route]: Filled<R> };

/** The route that a path put together in a page is one of; never when there is none such. */
export type RouteOf<P extends string> = P extends unknown
  ? { [R in Route]: [P, FilledRoutes[R]] extends [FilledRoutes[R], P] ? R : never }[Route]
  : never;
/** Arguments of a call with this path. Where one of what it may be is no route of the API, an argument is missing that nobody has. */
export type IfKnown<P extends string, Args extends readonly unknown[]> =
  false extends IsKnown<P>
    ? [route: { readonly unknown: P; readonly hint: 'no route of the API has this path' }, never]
    : Args;
type IsKnown<P extends string> = P extends unknown ? ([RouteOf<P>] extends [never] ? false : true) : never;

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
  /** Of what is changed or removed, as it was read (`tagOf`): changed meanwhile, the answer is a 412. */
  readonly ifMatch?: string | undefined;
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
/** What goes into the query of such a path. */
export type QueryOf<P extends string> = Needed<'query', Part<RouteOf<P>, 'query'>, Plain>;
/** The same where the path is filled in already. */
export type AskedFilled<P extends string> = WithoutPath<RouteOf<P>>;
type WithoutPath<R extends Route> = R extends Route
  ? Common & Needed<'query', Part<R, 'query'>, Plain> & Needed<'body', Body<R>, unknown>
  : never;
/** May be left out where nothing is needed. */
export type AskingFilled<P extends string> =
  object extends AskedFilled<P> ? [asked?: AskedFilled<P>] : [asked: AskedFilled<P>];
/** May be left out where nothing is needed. */
export type Asking<R extends Route> = object extends Asked<R> ? [asked?: Asked<R>] : [asked: Asked<R>];
