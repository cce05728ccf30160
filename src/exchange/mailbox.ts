/**
 * The letters of one call: taken one after the other, in the order of their coming, also those that arrive while one
 * is being read. Bounded: a call that is flooded drops what it cannot hold and says so.
 */
export class Mailbox<Letter> {
  private readonly letters: Letter[] = [];
  private reading = false;

  constructor(
    private readonly read: (letter: Letter) => void,
    private readonly most = 1_000,
  ) {}

  /** Returns false when the letter was dropped. Reads before it returns, unless a letter is being read already. */
  post(letter: Letter): boolean {
    if (this.letters.length >= this.most) return false;
    this.letters.push(letter);
    if (!this.reading) this.readAll();
    return true;
  }

  private readAll(): void {
    this.reading = true;
    try {
      for (let next = this.letters.shift(); next !== undefined; next = this.letters.shift()) this.read(next);
    } finally {
      this.reading = false;
    }
  }
}
