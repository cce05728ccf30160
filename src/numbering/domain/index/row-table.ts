/**
 * A hash table of fixed-width rows in two typed arrays, for millions of small records: the first `keyWords` 32-bit words
 * of a row are its key. Open addressing with linear probing; a removed row leaves no gap (later ones move up) and its
 * place is used again.
 */
export class RowTable {
  #rows: Uint32Array<ArrayBuffer>;
  readonly #keyWords: number;
  readonly #rowWords: number;
  /** Row number + 1, 0 = empty. Never more than half full. */
  #slots = new Uint32Array(1024);
  #used = 0;
  readonly #free: number[] = [];

  constructor(keyWords: number, rowWords: number) {
    this.#keyWords = keyWords;
    this.#rowWords = rowWords;
    this.#rows = new Uint32Array(rowWords * 512);
  }

  get size(): number {
    return this.#used - this.#free.length;
  }

  get bytes(): number {
    return this.#rows.byteLength + this.#slots.byteLength;
  }

  /** All rows, for reading; valid until the next insert, which may move them. */
  get rows(): Uint32Array {
    return this.#rows;
  }

  word(row: number, at: number): number {
    return this.#rows[this.offset(row) + at] ?? 0;
  }

  setWord(row: number, at: number, value: number): void {
    this.#rows[this.offset(row) + at] = value;
  }

  /** Writes a whole row, its key included, which must be the one that it was inserted with. */
  setRow(row: number, words: Uint32Array): void {
    this.#rows.set(words, this.offset(row));
  }

  /** Where row `row` begins in `rows`. */
  offset(row: number): number {
    return row * this.#rowWords;
  }

  /** The row with this key, or -1. */
  find(key: Uint32Array): number {
    return (this.#slots[this.#slotOf(key, 0)] ?? 0) - 1;
  }

  /** The row with this key, new and zero if there was none. */
  insert(key: Uint32Array): number {
    const found = this.find(key);
    if (found >= 0) return found;
    if ((this.size + 1) * 2 > this.#slots.length) this.#grow();
    const row = this.#free.pop() ?? this.#used++;
    const start = this.offset(row);
    if (start + this.#rowWords > this.#rows.length) this.#rows = grown(this.#rows);
    this.#rows.fill(0, start, start + this.#rowWords);
    this.#rows.set(key.subarray(0, this.#keyWords), start);
    this.#slots[this.#slotOf(key, 0)] = row + 1;
    return row;
  }

  remove(key: Uint32Array): void {
    let hole = this.#slotOf(key, 0);
    const slot = this.#slots[hole] ?? 0;
    if (slot === 0) return;
    this.#free.push(slot - 1);
    const mask = this.#slots.length - 1;
    for (let at = (hole + 1) & mask; this.#slots[at] !== 0; at = (at + 1) & mask) {
      const home = this.#hash(this.#rows, this.offset((this.#slots[at] ?? 0) - 1)) & mask;
      // It may move into the hole unless its own place lies behind the hole, cyclically.
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        this.#slots[hole] = this.#slots[at] ?? 0;
        hole = at;
      }
    }
    this.#slots[hole] = 0;
  }

  /** The slot that holds the key, or the empty one where it would go. */
  #slotOf(key: Uint32Array, keyOffset: number): number {
    const mask = this.#slots.length - 1;
    let at = this.#hash(key, keyOffset) & mask;
    while (this.#slots[at] !== 0 && !this.#sameKey((this.#slots[at] ?? 0) - 1, key, keyOffset))
      at = (at + 1) & mask;
    return at;
  }

  #sameKey(row: number, key: Uint32Array, keyOffset: number): boolean {
    const start = this.offset(row);
    for (let i = 0; i < this.#keyWords; i++) if (this.#rows[start + i] !== key[keyOffset + i]) return false;
    return true;
  }

  /** Mixes each word (the finalizer of MurmurHash3), because numbers of one range differ in few bits. */
  #hash(words: Uint32Array, offset: number): number {
    let hash = 0;
    for (let i = 0; i < this.#keyWords; i++) {
      hash = Math.imul(hash ^ (words[offset + i] ?? 0), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hash ^= hash >>> 16;
    }
    return hash >>> 0;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (const slot of old)
      if (slot !== 0) this.#slots[this.#slotOf(this.#rows, this.offset(slot - 1))] = slot;
  }
}

/** Half as much again: doubling would waste up to half of the largest array. */
function grown(from: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(from.length + (from.length >> 1));
  to.set(from);
  return to;
}
