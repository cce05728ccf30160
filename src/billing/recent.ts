/** What was looked up lately, at most so many of it: asked for again it is there, a failed look-up is forgotten at once. */
export class Recent<Value> {
  private readonly values = new Map<string, Promise<Value>>();

  constructor(private readonly most: number) {}

  /** The value under `key`; looked up by one `load` however many ask for it meanwhile. */
  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const known = this.values.get(key);
    const value = known ?? load();
    if (known === undefined) value.catch(() => this.values.get(key) === value && this.values.delete(key));
    this.values.delete(key);
    this.values.set(key, value);
    for (const oldest of this.values.keys()) {
      if (this.values.size <= this.most) break;
      this.values.delete(oldest);
    }
    return value;
  }

  /** Looks it up anew next time; who waits for a look-up that is under way still gets its outcome. */
  forget(key: string): void {
    this.values.delete(key);
  }

  forgetAll(): void {
    this.values.clear();
  }
}
