import { type Place, placeOf } from './place.js';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanBegun {
  readonly name: string;
  readonly kind?: 'server' | 'consumer' | 'internal';
  /** Absent: a trace begins. */
  readonly parent?: Place;
  /** Whose id is known beforehand; absent: a random one. */
  readonly place?: Place;
  /** Milliseconds since 1970; absent: now. */
  readonly at?: number;
  readonly attributes?: Attributes;
}

export interface LiveSpan {
  readonly place: Place;
  event(name: string, at: number): void;
  end(ending?: { readonly at?: number; readonly attributes?: Attributes; readonly failed?: unknown }): void;
}

/** Whoever writes spans down. */
export interface Tracer {
  readonly share: number;
  begin(span: SpanBegun): LiveSpan;
  /** Everything in `work`, after awaits too, belongs to these spans; several where several messages are handled together. */
  within<T>(places: readonly Place[], work: () => T): T;
  places(): readonly Place[];
  /** Resolves when all that ended has been sent, or could not be. */
  stop(): Promise<void>;
}

/**
 * Off unless main.ts turns it on: then nothing of OpenTelemetry was even loaded, and each of the functions below is one comparison.
 * One for the process, like its log: statements far below any module (the ledger's) tell of themselves.
 */
let tracer: Tracer | undefined;

export const tracing = (): Tracer | undefined => tracer;

export function traceBy(one: Tracer | undefined): void {
  tracer = one;
}

/** The place of the thing with this UUID; undefined while nothing is traced. */
export const placeOfId = (id: string): Place | undefined => tracer && placeOf(id, tracer.share);

/** A span around `work` in the trace of the thing with this UUID. */
export function inSpanOf<T>(id: string, name: string, work: () => T): T {
  return tracer === undefined ? work() : spanned(tracer, name, [placeOf(id, tracer.share)], () => ({}), work);
}

/** A span around `work` below each of these places: a message that brought its trace along. */
export function inSpansBelow<T>(
  places: readonly (Place | undefined)[],
  name: string,
  attributes: Attributes,
  work: () => T,
): T {
  const known = places.filter((place) => place !== undefined);
  return tracer === undefined || known.length === 0
    ? work()
    : spanned(tracer, name, known, () => attributes, work, 'consumer');
}

/**
 * A span around `work` below each span that is under way, with what `about` says of its trace; undefined: it has nothing to do
 * with that one. Nothing where none is under way.
 */
export function inSpan<T>(name: string, about: (place: Place) => Attributes | undefined, work: () => T): T {
  const places = tracer?.places() ?? [];
  if (tracer === undefined || places.length === 0) return work();
  return spanned(tracer, name, places, about, work);
}

function spanned<T>(
  by: Tracer,
  name: string,
  parents: readonly Place[],
  about: (place: Place) => Attributes | undefined,
  work: () => T,
  kind: 'internal' | 'consumer' = 'internal',
): T {
  const spans = parents.flatMap((parent) => {
    const attributes = about(parent);
    return attributes === undefined ? [] : [by.begin({ name, parent, kind, attributes })];
  });
  const end = (ending: { failed?: unknown } = {}) => {
    for (const span of spans) span.end(ending);
  };
  try {
    const done = by.within(
      spans.map(({ place }) => place),
      work,
    );
    if (!(done instanceof Promise)) {
      end();
      return done;
    }
    return done.then(
      (value) => {
        end();
        return value;
      },
      (error: unknown) => {
        end({ failed: error });
        throw error;
      },
    ) as T;
  } catch (error) {
    end({ failed: error });
    throw error;
  }
}
