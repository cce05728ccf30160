import createClient from 'openapi-fetch';
import { ProblemError, problemOf, unreachable } from './problem.js';
import type { Answer, Asking, AskingFilled, IfKnown, QueryOf, Route, RouteOf } from './routes.js';
import type { paths } from './schema.js';

export type { Answer, Asked, Body, IfKnown, Item, QueryOf, Route, RouteOf, Schemas } from './routes.js';

/** A page of a list, as every listing route of ours answers. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

let csrfToken: string | null = null;
let onSignedOut: () => void = () => undefined;
/** Told whether a code was shown. */
type Settle = (shown: boolean) => void;
/** Requests that needed a code before there was who asks for one: a page is pressed sooner than all of it is there. */
const early: Settle[] = [];
let askForCode: (settle: Settle) => void = (settle) => early.push(settle);

/** What the session's answers carry; sent back with every request that changes something. */
export const rememberCsrfToken = (token: string | null): void => {
  csrfToken = token;
};
/** Called when a request finds that the session has ended. */
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};

/** Called when something dangerous needs a fresh code of the authenticator app; to be told whether one was shown. */
export const whenCodeNeeded = (asking: (settle: Settle) => void): void => {
  askForCode = asking;
  for (const settle of early.splice(0)) asking(settle);
};

/** The generated client, wrapped once: cookies, the CSRF token, and a `ProblemError` for everything else than 2xx. */
const client = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  headers: { accept: 'application/json, application/problem+json, */*;q=0.5' },
  // Read when asked, not when this file is: tests put another one in its place.
  fetch: (request) => fetch(request),
});
client.use({
  onRequest({ request }) {
    if (request.method !== 'GET' && csrfToken !== null) request.headers.set('x-csrf-token', csrfToken);
  },
  async onResponse({ request, response }) {
    if (response.ok) return;
    if (response.status === 401 && new URL(request.url).pathname !== '/v1/sessions') onSignedOut();
    throw new ProblemError(await problemOf(response));
  },
  onError({ request, error }) {
    return request.signal.aborted && error instanceof Error ? error : new ProblemError(unreachable);
  },
});

type AnyRoute = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

/**
 * `ask('GET /v1/members/{memberId}', { path: { memberId } })`: the parsed answer, of the type that the API's description promises
 * (undefined for 204). Throws a `ProblemError` for everything else than 2xx.
 */
export function ask<R extends Route>(route: R, ...[asked]: Asking<R>): Promise<Answer<R>>;
/** Where the path is put together elsewhere (`GET ${path}`): it must be one of the API's, which tells the answer's type. */
export function ask<P extends AnyRoute>(
  route: P,
  ...asked: IfKnown<P, AskingFilled<P>>
): Promise<Answer<RouteOf<P>>>;
export async function ask(route: string, asked: Sent = {}): Promise<unknown> {
  return send(route, asked, 'text');
}

/** A file (an invoice, a voice message). */
export function askBlob<P extends `GET /${string}`>(
  route: P,
  ...[asked]: IfKnown<P, [asked?: QueryOf<P>]>
): Promise<Blob> {
  return send(route, (asked ?? {}) as Sent, 'blob') as Promise<Blob>;
}

/** A body that is text and not JSON: a CSV file. */
export async function askWithText<P extends `${'POST' | 'PUT'} /${string}`>(
  route: P,
  ...[sent]: IfKnown<P, [TextFile & QueryOf<P>]>
): Promise<Answer<RouteOf<P>>> {
  const { text, type, key, query } = sent as TextFile & { readonly query?: unknown };
  const raw = {
    key,
    query,
    body: text,
    headers: { 'content-type': type },
    bodySerializer: (body: unknown) => body,
  };
  return (await send(route, raw, 'text')) as Answer<RouteOf<P>>;
}

/** The entity tag of an answer that was read: what `ifMatch` sends back. */
export const tagOf = (read: unknown): string | undefined =>
  typeof read === 'object' && read !== null ? tags.get(read) : undefined;
const tags = new WeakMap<object, string>();

interface TextFile {
  readonly text: string;
  readonly type: string;
  readonly key?: string;
}

interface Sent {
  readonly path?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly key?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodySerializer?: (body: unknown) => unknown;
}

async function send(route: string, sent: Sent, parseAs: 'text' | 'blob'): Promise<unknown> {
  try {
    return await sendOnce(route, sent, parseAs);
  } catch (error) {
    const fresh = error instanceof ProblemError && error.code === 'step-up.forbidden';
    if (!fresh || !(await new Promise<boolean>(askForCode))) throw error;
    return sendOnce(route, sent, parseAs);
  }
}

async function sendOnce(route: string, sent: Sent, parseAs: 'text' | 'blob'): Promise<unknown> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const { path: inPath, query, body, key, ifMatch, signal, headers, bodySerializer } = sent;
  // The route's own type has checked what goes with it; the client's, made for literal paths, cannot follow a variable one.
  const request = client.request as (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ data?: unknown; response: Response }>;
  const { data, response } = await request(method.toLowerCase(), path, {
    params: { path: inPath, query },
    parseAs,
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
    ...(bodySerializer === undefined ? {} : { bodySerializer }),
    headers: {
      ...headers,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
  });
  return typeof data === 'string' ? tagged(parsed(data), response) : data;
}

const parsed = (text: string): unknown => (text === '' ? undefined : (JSON.parse(text) as unknown));

function tagged(read: unknown, { headers }: Response): unknown {
  const tag = headers.get('etag');
  if (typeof read === 'object' && read !== null && tag !== null) tags.set(read, tag);
  return read;
}
