/** An error as our REST tells it (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly code: string;
  /** English, for whoever has no text for the code. */
  readonly detail: string;
  readonly hint?: string;
  readonly retry: 'safe' | 'never' | 'unknown';
  readonly instance?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What a failed request throws. `code` and `status` say which "no" it was. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
}

/** No answer at all: whether something was done is not known, which an Idempotency-Key makes harmless. */
export const unreachable: Problem = {
  status: 0,
  code: 'network.unavailable',
  detail: 'The server cannot be reached.',
  hint: 'check your connection and try again',
  retry: 'safe',
};

/** Of an answer that is not ok; one that a proxy wrote instead of us has its status only. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = /json/.test(response.headers.get('content-type') ?? '')
    ? await response.json().catch(() => undefined)
    : undefined;
  if (isProblem(body)) return body;
  return {
    status: response.status,
    code: 'server.unexpected',
    detail: `The server answered ${response.status}.`,
    retry: response.status >= 502 ? 'safe' : 'unknown',
  };
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'status' in body;
