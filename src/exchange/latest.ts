/** A value that is read anew whenever something changed; changes that come while it is read are read once more after it. */
export class Latest<T> {
  private loading: Promise<void> | undefined;
  private stale = false;

  constructor(
    private current: T,
    private readonly load: (before: T) => Promise<T>,
  ) {}

  get value(): T {
    return this.current;
  }

  /** Resolves when what is known is at least as new as the call; rejects when it could not be read: the old value stays. */
  renew(): Promise<void> {
    this.stale = true;
    this.loading ??= this.run().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async run(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      this.current = await this.load(this.current);
    }
  }
}
