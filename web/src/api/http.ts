import { ProblemError, problemOf, unreachable } from './problem.js';

export interface Ask {
  readonly body?: unknown;
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** One per thing that somebody wants done: a repetition is then not done twice. See `useAction`. */
  readonly key?: string;
  /** Ends the request when the page is left. */
  readonly signal?: AbortSignal;
}

/** A page of a list, as every listing route of ours answers. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

let csrfToken: string | null = null;
let onSignedOut: () => void = () => undefined;

/** What the session's answers carry; sent back with every request that changes something. */
export const rememberCsrfToken = (token: string | null): void => {
  csrfToken = token;
};
/** Called when a request finds that the session has ended. */
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};

/**
 * `ask<Call>('GET /v1/calls/…')`: the parsed JSON answer (undefined for 204). Throws a `ProblemError` for everything else than 2xx.
 * The type is the caller's claim about our own contract.
 */
export async function ask<T = void>(route: `${Method} /${string}`, asked: Ask = {}): Promise<T> {
  const response = await send(route, asked);
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A file (an invoice, a voice message). */
export async function askBlob(route: `GET /${string}`, asked: Ask = {}): Promise<Blob> {
  return (await send(route, asked)).blob();
}

/** A body that is text and not JSON: a CSV file. */
export async function askWithText<T>(
  route: `POST /${string}`,
  { text, type, key }: { readonly text: string; readonly type: string; readonly key?: string },
): Promise<T> {
  const response = await send(route, { raw: { text, type }, ...(key === undefined ? {} : { key }) });
  return (await response.json()) as T;
}

interface Sent extends Ask {
  readonly raw?: { readonly text: string; readonly type: string };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function send(route: string, { body, raw, query, key, signal }: Sent): Promise<Response> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const response = await fetch(path + searchOf(query), {
    method,
    headers: {
      accept: 'application/json, application/problem+json, */*;q=0.5',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(raw === undefined ? {} : { 'content-type': raw.type }),
      ...(method === 'GET' || csrfToken === null ? {} : { 'x-csrf-token': csrfToken }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(raw === undefined ? {} : { body: raw.text }),
    ...(signal === undefined ? {} : { signal }),
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new ProblemError(unreachable);
  });
  if (response.ok) return response;
  if (response.status === 401 && path !== '/v1/sessions') onSignedOut();
  throw new ProblemError(await problemOf(response));
}

function searchOf(query: Ask['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
