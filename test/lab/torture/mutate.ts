/** A small generator of its own (mulberry32), so that a failure can be repeated by its seed. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Mutation = (message: Buffer, below: (limit: number) => number) => Buffer;

const cut = (message: Buffer, from: number, to: number, insert: Uint8Array = Buffer.alloc(0)): Buffer =>
  Buffer.concat([message.subarray(0, from), insert, message.subarray(to)]);

const numbers = ['-1', '0', '65536', '2147483648', '4294967296', '9'.repeat(40), '0x10', '１２'];
const markers = [
  '\u0000',
  '\r\n',
  '\n\n',
  '"',
  '<',
  '>',
  ';',
  ',',
  '%00',
  '%',
  '\\',
  '${EXTEN}',
  '\ud83d\ude00',
  '$(id)',
  '*'.repeat(300),
];

/** Lines of the head, each from its start to its end with CRLF. */
function lineAt(message: Buffer, below: (limit: number) => number): readonly [from: number, to: number] {
  const at = below(message.length);
  const from = message.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
  const end = message.indexOf('\n', at);
  return [from, end < 0 ? message.length : end + 1];
}

const mutations: readonly Mutation[] = [
  // A bit, a byte, a stretch.
  (message, below) => {
    const copy = Buffer.from(message);
    const at = below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
    return copy;
  },
  (message, below) => {
    const at = below(message.length);
    return cut(message, at, at + 1 + below(20));
  },
  (message, below) => message.subarray(0, 1 + below(message.length)),
  // What a parser trips over, in between.
  (message, below) => {
    const at = below(message.length);
    return cut(message, at, at, Buffer.from(markers[below(markers.length)] ?? ''));
  },
  // A line twice, gone, or somewhere else.
  (message, below) => {
    const [from, to] = lineAt(message, below);
    return cut(message, to, to, message.subarray(from, to));
  },
  (message, below) => cut(message, ...lineAt(message, below)),
  (message, below) => {
    const [from, to] = lineAt(message, below);
    const line = message.subarray(from, to);
    const rest = cut(message, from, to);
    const [at] = lineAt(rest, below);
    return cut(rest, at, at, line);
  },
  // Another number where one stands.
  (message, below) => {
    const found = [...message.toString('latin1').matchAll(/\d+/g)];
    const one = found[below(Math.max(1, found.length))];
    if (one === undefined) return message;
    const to = one.index + one[0].length;
    return cut(message, one.index, to, Buffer.from(numbers[below(numbers.length)] ?? '0'));
  },
  // A giant.
  (message, below) => {
    const at = below(message.length);
    return cut(message, at, at, Buffer.alloc(1 + below(8_000), 65 + below(26)));
  },
];

/** One to three mutations of a message. UDP carries at most 65,507 bytes. */
export function mutated(message: Buffer, below: (limit: number) => number): Buffer {
  let result = message;
  for (let left = 1 + below(3); left > 0 && result.length > 0; left--) {
    result = (mutations[below(mutations.length)] as Mutation)(result, below);
  }
  return result.subarray(0, 60_000);
}
