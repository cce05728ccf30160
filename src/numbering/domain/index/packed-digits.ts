/** Keys of numbers as fixed-width words for typed arrays: four bits a character, `0`–`9` and a company's `#`, 0 = end. */
const CODES: Readonly<Record<string, number>> = {
  '0': 1,
  '1': 2,
  '2': 3,
  '3': 4,
  '4': 5,
  '5': 6,
  '6': 7,
  '7': 8,
  '8': 9,
  '9': 10,
  '#': 11,
};
const CHARACTERS = ' 0123456789#';

/** Eight characters a word; throws on more than fit and on any other character. */
export function packDigits(key: string, words: number): Uint32Array {
  if (key.length > words * 8) throw new Error(`too long to pack: '${key}'`);
  const packed = new Uint32Array(words);
  for (let i = 0; i < key.length; i++) {
    const code = CODES[key.charAt(i)];
    if (code === undefined) throw new Error(`not a key: '${key}'`);
    const word = i >> 3;
    packed[word] = (packed[word] ?? 0) | (code << (28 - 4 * (i & 7)));
  }
  return packed;
}

export function unpackDigits(from: Uint32Array, offset: number, words: number): string {
  let key = '';
  for (let i = 0; i < words * 8; i++) {
    const code = ((from[offset + (i >> 3)] ?? 0) >>> (28 - 4 * (i & 7))) & 15;
    if (code === 0) break;
    key += CHARACTERS.charAt(code);
  }
  return key;
}
