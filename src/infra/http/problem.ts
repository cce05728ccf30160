import type { Failure } from '../../kernel/result.js';

/** An error as the API tells it (RFC 9457), with our stable `code`, what to do, and the request's id to quote to support. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly hint: string;
  /** Whether the same request may be sent again: see `Failure.retry`. */
  readonly retry: Failure['retry'];
  /** Where input was wrong: JSON pointers (RFC 6901) into the body, or the parameter's name. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** Throw it (or `orProblem` a Result) in a controller to answer with a failure's status, code and hint. */
export class ProblemError extends Error {
  constructor(
    readonly failure: Failure,
    readonly more: {
      readonly status?: number;
      readonly errors?: Problem['errors'];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(failure.message);
  }

  get status(): number {
    return this.more.status ?? statusOf(this.failure);
  }
}

/** The last word of a code says what kind of "no" it is: `number.taken` is a conflict wherever it comes from. */
const statusByEnding: Readonly<Record<string, number>> = {
  malformed: 400,
  invalid: 400,
  unauthenticated: 401,
  'payment-required': 402,
  forbidden: 403,
  'not-allowed': 409,
  unknown: 404,
  'not-found': 404,
  gone: 410,
  conflict: 409,
  taken: 409,
  exists: 409,
  'in-progress': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  mismatch: 422,
  'too-many': 429,
  unavailable: 503,
};

/** HTTP status of an expected failure: by its code's ending; 422 where that says nothing, 503 where trying again is safe. */
export function statusOf(failure: Failure): number {
  const ending = failure.code.split('.').at(-1) ?? '';
  return statusByEnding[ending] ?? (failure.retry === 'safe' ? 503 : 422);
}
