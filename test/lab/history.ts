/** Milliseconds a wait may take before it fails the test. Nothing ever waits for this time to pass. */
export const DEADLINE_MS = 10_000;

interface Waiter<T> {
  readonly matches: (item: T) => boolean;
  readonly resolve: (item: T) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Everything that happened, in order, and who waits for what has not happened yet. A wait looks at the past first, so
 * it makes no difference whether a test asks before or after the event.
 */
export class History<T> {
  readonly #items: T[] = [];
  readonly #waiters = new Set<Waiter<T>>();
  #closed: Error | undefined;

  /** @param describe one line per item, for the message of a wait that failed. */
  constructor(
    private readonly name: string,
    private readonly describe: (item: T) => string,
  ) {}

  get items(): readonly T[] {
    return this.#items;
  }

  add(item: T): void {
    this.#items.push(item);
    for (const waiter of [...this.#waiters]) if (waiter.matches(item)) waiter.resolve(item);
  }

  /** Fails every wait, now and later: nothing will happen any more. */
  close(reason: Error): void {
    this.#closed ??= reason;
    for (const waiter of [...this.#waiters]) waiter.reject(this.#closed);
  }

  /**
   * The first item, past or future, that matches.
   * @param since index to start at, when older items don't count.
   */
  first(
    what: string,
    matches: (item: T) => boolean,
    { since = 0, within = DEADLINE_MS }: { since?: number; within?: number } = {},
  ): Promise<T> {
    const past = this.#items.slice(since).find(matches);
    if (past !== undefined) return Promise.resolve(past);
    if (this.#closed) return Promise.reject(this.#closed);
    return new Promise<T>((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(deadline);
        this.#waiters.delete(waiter);
        finish();
      };
      const waiter: Waiter<T> = {
        matches,
        resolve: (item) => settle(() => resolve(item)),
        reject: (reason) => settle(() => reject(reason)),
      };
      const deadline = setTimeout(() => waiter.reject(new Error(this.#notSeen(what, within))), within);
      this.#waiters.add(waiter);
    });
  }

  #notSeen(what: string, within: number): string {
    const seen = this.#items.slice(-20).map((item) => `\n  ${this.describe(item)}`);
    return `${this.name}: ${what} did not come within ${within} ms; seen:${seen.join('') || ' nothing'}`;
  }
}
