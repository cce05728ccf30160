/** More than Asterisk can have sent between an event and its double: both come from one thread, one after the other. */
const KEPT = 256;

/**
 * Finds events that come twice. Who listens to an endpoint (`watchEndpoint`) is told all that its channels do a second time, word for
 * word: a digit would be pressed twice, and a transfer asked for again be declined. The time in it, to the millisecond, tells a
 * double from the same thing done twice.
 */
export class Twice {
  private readonly latest = new Set<string>();

  /** Whether this very text was among the latest; from now on it is. */
  saw(text: string): boolean {
    if (this.latest.has(text)) return true;
    this.latest.add(text);
    for (const oldest of this.latest) {
      if (this.latest.size <= KEPT) break;
      this.latest.delete(oldest);
    }
    return false;
  }
}
