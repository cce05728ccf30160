export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed, when it is JSON. */
  readonly body: unknown;
}

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Asks the REST server and keeps the whole answer. */
export async function ask(url: string, route: string, { headers = {}, body }: Ask = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /[/+]json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json ? JSON.parse(text) : undefined,
  };
}

export interface SignedIn {
  /** For reading. */
  readonly cookie: { readonly cookie: string };
  /** For changing something: with the CSRF token. */
  readonly page: { readonly cookie: string; readonly 'x-csrf-token': string };
  readonly csrfToken: string;
}

export async function signIn(url: string, email: string, password: string): Promise<SignedIn> {
  const answer = await ask(url, 'POST /v1/sessions', { body: { email, password } });
  if (answer.status !== 201) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { csrfToken } = answer.body as { csrfToken: string };
  return { cookie: { cookie }, page: { cookie, 'x-csrf-token': csrfToken }, csrfToken };
}
