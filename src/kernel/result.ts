/**
 * An expected outcome, returned rather than thrown. Surprises (bugs, broken invariants) are thrown.
 * `Failure.hint` tells the user what to do; `retry` says whether the same call may safely be made again.
 */
export type Result<T, F = Failure> = Ok<T> | Err<F>;
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}
export interface Err<F> {
  readonly ok: false;
  readonly failure: F;
}

export interface Failure<Code extends string = string> {
  /** Stable, machine-readable, dotted: `number.taken`. */
  readonly code: Code;
  readonly message: string;
  readonly hint?: string;
  readonly retry: 'never' | 'safe' | 'unknown';
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <F>(failure: F): Err<F> => ({ ok: false, failure });

export function failure<Code extends string>(
  code: Code,
  message: string,
  more: { hint?: string; retry?: Failure['retry'] } = {},
): Failure<Code> {
  return {
    code,
    message,
    retry: more.retry ?? 'never',
    ...(more.hint === undefined ? {} : { hint: more.hint }),
  };
}

/** Ends every `switch` over a closed union: a new member that is not handled does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
