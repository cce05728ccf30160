/** One call as one side has it. Both sides are given in the order of `at`. */
export interface Usage {
  /** What the row is on its side: our `<call>:<leg>`, their line. */
  readonly id: string;
  /** E.164 digits without `+`. */
  readonly number: string;
  /** Answer time, ms since epoch. */
  readonly at: number;
  readonly durationMs: number;
  readonly micros: bigint;
}

/** What two records of one call may differ in and still be the same. */
export interface Tolerance {
  /** Clocks of two networks: how far answer times may be apart. */
  readonly clockMs: number;
  readonly durationMs: number;
  readonly micros: bigint;
}

/** `rate-differs`: the same talk, another amount. `duration-differs`: another length (and so, mostly, another amount). */
export type Match =
  | {
      readonly kind: 'matched' | 'duration-differs' | 'rate-differs';
      readonly ours: Usage;
      readonly theirs: Usage;
    }
  | { readonly kind: 'only-ours'; readonly ours: Usage }
  | { readonly kind: 'only-theirs'; readonly theirs: Usage };
export type MatchKind = Match['kind'];

/**
 * Compares two statements of the same traffic record by record. Each of our records, in the order of time, takes of their
 * records to the same number, answered within `clockMs`, the one nearest in time, then in length; a record is taken once.
 * Memory holds what is within twice `clockMs`, however long the statements are. Throws when a side is not in order.
 */
export function* match(
  ours: Iterable<Usage>,
  theirs: Iterable<Usage>,
  tolerance: Tolerance,
): Generator<Match> {
  const window = new MatchWindow(tolerance);
  const left = ours[Symbol.iterator]();
  const right = theirs[Symbol.iterator]();
  let our = left.next();
  let their = right.next();
  while (!our.done || !their.done) {
    if (their.done || (!our.done && our.value.at <= their.value.at)) {
      if (our.done) break;
      yield* window.addOurs(our.value);
      our = left.next();
    } else {
      yield* window.addTheirs(their.value);
      their = right.next();
    }
  }
  yield* window.end();
}

interface Theirs {
  readonly usage: Usage;
  taken: boolean;
}

/**
 * The part of both statements that can still meet. A record of ours is decided when all of theirs that may belong to it
 * have come; one of theirs is given up when all of ours that may take it have been decided.
 */
export class MatchWindow {
  private readonly ours: Queue<Usage> = new Queue();
  private readonly theirs: Queue<Theirs> = new Queue();
  private readonly byNumber = new Map<string, Theirs[]>();
  private now = Number.NEGATIVE_INFINITY;

  constructor(private readonly tolerance: Tolerance) {}

  /** Takes the next record in the order of time over both sides; yields what is decided by it. */
  *addOurs(usage: Usage): Generator<Match> {
    yield* this.moveTo(usage.at);
    this.ours.push(usage);
  }

  *addTheirs(usage: Usage): Generator<Match> {
    yield* this.moveTo(usage.at);
    const entry = { usage, taken: false };
    this.theirs.push(entry);
    const same = this.byNumber.get(usage.number);
    if (same === undefined) this.byNumber.set(usage.number, [entry]);
    else same.push(entry);
  }

  *end(): Generator<Match> {
    yield* this.moveTo(Number.POSITIVE_INFINITY);
  }

  private *moveTo(at: number): Generator<Match> {
    if (at < this.now) throw new Error('statements must be in the order of time');
    this.now = at;
    const { clockMs } = this.tolerance;
    for (let our = this.ours.first; our !== undefined && our.at + clockMs < at; our = this.ours.first) {
      this.ours.shift();
      yield* this.forgetTheirs(our.at - clockMs);
      yield this.decide(our);
    }
    // What can still take one of theirs: ours that wait, and ours to come.
    yield* this.forgetTheirs(Math.min(at, this.ours.first?.at ?? at) - clockMs);
  }

  private decide(our: Usage): Match {
    const best = (this.byNumber.get(our.number) ?? [])
      .filter(({ usage, taken }) => !taken && Math.abs(usage.at - our.at) <= this.tolerance.clockMs)
      .reduce<Theirs | undefined>((one, other) => (one && !nearer(our, other, one) ? one : other), undefined);
    if (best === undefined) return { kind: 'only-ours', ours: our };
    best.taken = true;
    return { kind: compare(our, best.usage, this.tolerance), ours: our, theirs: best.usage };
  }

  private *forgetTheirs(before: number): Generator<Match> {
    for (
      let entry = this.theirs.first;
      entry !== undefined && entry.usage.at < before;
      entry = this.theirs.first
    ) {
      this.theirs.shift();
      const same = this.byNumber.get(entry.usage.number) ?? [];
      if (same.length <= 1) this.byNumber.delete(entry.usage.number);
      else same.splice(same.indexOf(entry), 1);
      if (!entry.taken) yield { kind: 'only-theirs', theirs: entry.usage };
    }
  }
}

function nearer(our: Usage, a: Theirs, b: Theirs): boolean {
  const clock = Math.abs(a.usage.at - our.at) - Math.abs(b.usage.at - our.at);
  if (clock !== 0) return clock < 0;
  return Math.abs(a.usage.durationMs - our.durationMs) < Math.abs(b.usage.durationMs - our.durationMs);
}

function compare(
  our: Usage,
  their: Usage,
  { durationMs, micros }: Tolerance,
): 'matched' | 'duration-differs' | 'rate-differs' {
  if (Math.abs(our.durationMs - their.durationMs) > durationMs) return 'duration-differs';
  const difference = our.micros - their.micros;
  return (difference < 0n ? -difference : difference) > micros ? 'rate-differs' : 'matched';
}

/** First in, first out, without moving the rest at each step. */
class Queue<T> {
  private items: T[] = [];
  private head = 0;

  get first(): T | undefined {
    return this.items[this.head];
  }

  push(item: T): void {
    this.items.push(item);
  }

  shift(): void {
    this.head += 1;
    if (this.head < 1_024 || this.head * 2 < this.items.length) return;
    this.items = this.items.slice(this.head);
    this.head = 0;
  }
}
