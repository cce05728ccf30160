/** Digits of these scripts count as 0–9: the code point of each script's zero (Unicode Nd, runs of ten). */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10,
];

/** Hyphens, dashes, minus, and what Japanese and Korean input methods put for one. */
const HYPHENS = /[\u2010-\u2015\u2212\ufe58\ufe63\u30fc\u3161\uff0d\uff70]/;

/** Space separators and the ideographic space. */
const SPACES = /\p{Zs}/u;

const ASCII = /^[\0-\x7f]*$/;

/** Full-width ASCII (as typed with an East Asian input method) to ASCII; digits of every script to 0–9. Total. */
export function foldDial(text: string): string {
  if (ASCII.test(text)) return text;
  let folded = '';
  for (const char of text) folded += foldChar(char);
  return folded;
}

function foldChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return char;
  const zero = ZEROS.find((z) => code >= z && code <= z + 9);
  if (zero !== undefined) return String(code - zero);
  if (HYPHENS.test(char)) return '-';
  if (SPACES.test(char)) return ' ';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return char;
}

/** Invisible marks that copying from a contact list leaves at either end (U+202A, U+200E, BOM), and white space. */
export function trimInvisible(text: string): string {
  const chars = [...text];
  const first = chars.findIndex((char) => !INVISIBLE.test(char));
  const last = chars.findLastIndex((char) => !INVISIBLE.test(char));
  return first < 0 ? '' : chars.slice(first, last + 1).join('');
}

const INVISIBLE = /^[\s\p{Cf}]$/u;
