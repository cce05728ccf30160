import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that nothing is read for something else. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** 80 random bits as `8M2K-Q0ZT-3VXB-77AH`. */
export function newVoucherCode(): string {
  const letters = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** As it is hashed: without separators, in capitals, O read as 0, I and L as 1. Undefined when it cannot be a code. */
export function readVoucherCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : undefined;
}

/** Of a code as `readVoucherCode` gives it. */
export const voucherHash = (code: string): Buffer => createHash('sha256').update(`voucher:${code}`).digest();
