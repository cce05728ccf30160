const WIDTH = 11;
const VALUE = 10;
const ZERO = 48;

/**
 * Longest-prefix table that is changed in place, for tables kept in step with a database row by row (routes). What is
 * built once and then only read takes the kernel's immutable one: building that again for 100,000 prefixes would hold
 * up every call for 40 to 95 ms. A trie in one growing Int32Array, ten children and one value slot a node.
 */
export class PrefixTable<V extends NonNullable<unknown>> {
  /** Node n: slots n*WIDTH … : children 0–9 (node index, 0 = none), then value index + 1 (0 = none). */
  #nodes = new Int32Array(WIDTH * 64);
  #used = 1;
  readonly #values: (V | undefined)[] = [];
  #size = 0;

  static from<V extends NonNullable<unknown>>(entries: Iterable<readonly [string, V]>): PrefixTable<V> {
    const table = new PrefixTable<V>();
    for (const [prefix, value] of entries) table.set(prefix, value);
    return table;
  }

  /** How many prefixes have a value. */
  get size(): number {
    return this.#size;
  }

  /** Memory of the trie itself, without the values. */
  get bytes(): number {
    return this.#nodes.byteLength;
  }

  /** `prefix`: decimal digits, `''` = the default for everything. Throws on anything else. */
  set(prefix: string, value: V): void {
    let node = 0;
    for (let i = 0; i < prefix.length; i++) node = this.#childOrNew(node, digitAt(prefix, i));
    const slot = this.#nodes[node * WIDTH + VALUE] ?? 0;
    const index = slot === 0 ? this.#values.length : slot - 1;
    if (this.#values[index] === undefined) this.#size++;
    this.#values[index] = value;
    this.#nodes[node * WIDTH + VALUE] = index + 1;
  }

  /** True when the prefix had a value. Its place stays for the next one: a table that changes does not grow. */
  delete(prefix: string): boolean {
    const node = this.#find(prefix);
    if (node === undefined || this.#valueAt(node) === undefined) return false;
    this.#values[(this.#nodes[node * WIDTH + VALUE] ?? 0) - 1] = undefined;
    this.#size--;
    return true;
  }

  /** The value of exactly this prefix. */
  get(prefix: string): V | undefined {
    const node = this.#find(prefix);
    return node === undefined ? undefined : this.#valueAt(node);
  }

  /** The value of the longest prefix of `digits`; reading stops at the first character that is no digit. */
  longest(digits: string): V | undefined {
    let best = this.#valueAt(0);
    let node = 0;
    for (let i = 0; i < digits.length; i++) {
      node = this.#child(node, digits.charCodeAt(i) - ZERO);
      if (node === 0) break;
      best = this.#valueAt(node) ?? best;
    }
    return best;
  }

  /** The values of all prefixes of `digits`, the longest first. */
  all(digits: string): V[] {
    const found: V[] = [];
    let node = 0;
    for (let i = 0; i <= digits.length; i++) {
      const value = this.#valueAt(node);
      if (value !== undefined) found.unshift(value);
      node = i < digits.length ? this.#child(node, digits.charCodeAt(i) - ZERO) : 0;
      if (node === 0) break;
    }
    return found;
  }

  #find(prefix: string): number | undefined {
    let node = 0;
    for (let i = 0; i < prefix.length; i++) {
      node = this.#child(node, prefix.charCodeAt(i) - ZERO);
      if (node === 0) return undefined;
    }
    return node;
  }

  #child(node: number, digit: number): number {
    return digit >= 0 && digit <= 9 ? (this.#nodes[node * WIDTH + digit] ?? 0) : 0;
  }

  #valueAt(node: number): V | undefined {
    const slot = this.#nodes[node * WIDTH + VALUE] ?? 0;
    return slot === 0 ? undefined : this.#values[slot - 1];
  }

  #childOrNew(node: number, digit: number): number {
    const child = this.#child(node, digit);
    if (child !== 0) return child;
    if ((this.#used + 1) * WIDTH > this.#nodes.length) {
      const grown = new Int32Array(this.#nodes.length * 2);
      grown.set(this.#nodes);
      this.#nodes = grown;
    }
    this.#nodes[node * WIDTH + digit] = this.#used;
    return this.#used++;
  }
}

function digitAt(prefix: string, i: number): number {
  const digit = prefix.charCodeAt(i) - ZERO;
  if (!(digit >= 0 && digit <= 9)) throw new Error(`not a digit prefix: '${prefix}'`);
  return digit;
}
