import { describe, expect, it } from '@jest/globals';
import { newVoucherCode, readVoucherCode, voucherHash } from './voucher-code.js';

describe('a voucher code', () => {
  it('has 16 letters in groups of four and is never the same', () => {
    const codes = Array.from({ length: 1_000 }, newVoucherCode);
    expect(codes.every((code) => /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBe(1_000);
  });

  it('is read however it was typed', () => {
    expect(readVoucherCode(' 8m2k q0zt-3vxb 77ah')).toBe('8M2KQ0ZT3VXB77AH');
    expect(readVoucherCode('8M2K-QOZT-3VXB-IL1H')).toBe('8M2KQ0ZT3VXB111H');
    expect(readVoucherCode('8M2K-Q0ZT-3VXB-77A')).toBeUndefined();
    expect(readVoucherCode('8M2K-Q0ZT-3VXB-77A!')).toBeUndefined();
    expect(readVoucherCode('')).toBeUndefined();
  });

  it('is kept as a hash that differs with every letter', () => {
    expect(voucherHash('8M2KQ0ZT3VXB77AH').equals(voucherHash('8M2KQ0ZT3VXB77AJ'))).toBe(false);
    expect(voucherHash('8M2KQ0ZT3VXB77AH')).toHaveLength(32);
  });
});
