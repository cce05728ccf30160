/** Where a span is: W3C Trace Context (https://www.w3.org/TR/trace-context/#traceparent-header). Lower-case hex digits, 32 and 16. */
export interface Place {
  readonly traceId: string;
  readonly spanId: string;
  /** Whether anything of this trace is written down. */
  readonly sampled: boolean;
}

/**
 * The trace of a thing has the thing's own id, a UUID, and its first span the id's latter half: whoever knows the id finds the
 * trace, and processes that never met write into the same one. `share` of them are written down, by the id's last digits.
 */
export function placeOf(id: string, share: number): Place {
  const traceId = id.replaceAll('-', '');
  const dice = Number.parseInt(traceId.slice(-8), 16) / 2 ** 32;
  return { traceId, spanId: traceId.slice(16), sampled: dice < share };
}

export const traceparent = ({ traceId, spanId, sampled }: Place): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

/** Undefined for anything that is no `traceparent`. */
export function placeFrom(text: string | null | undefined): Place | undefined {
  const found = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text ?? '');
  const [, traceId, spanId, flags] = found ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
