import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import { TELEPHONES } from '../vectors/telephones.js';
import { REGIONS } from './country-codes.js';
import {
  internationalFormat,
  nationalFormat,
  phoneFromE164Digits,
  phoneFromNational,
  phoneFromNationalFormat,
} from './phone.js';

describe('telephone numbers', () => {
  it('are valid exactly when libphonenumber’s isValid says so with full metadata', () => {
    let valid = 0;
    const mutated = fc.tuple(
      fc.constantFrom(...TELEPHONES),
      fc.nat(14),
      fc.constantFrom(...'0123456789', ''),
    );
    fc.assert(
      fc.property(mutated, ([{ e164 }, at, digit]) => {
        const digits = e164.slice(1, at + 1) + digit + e164.slice(at + 2);
        const theirs = parsePhoneNumberFromString(`+${digits}`, { extract: false }, metadata);
        const ours = phoneFromE164Digits(digits);
        if (ours !== undefined) valid++;
        return (ours !== undefined) === (theirs?.isValid() ?? false);
      }),
      { numRuns: 3_000 },
    );
    expect(valid).toBeGreaterThan(500);
  });

  it.each([
    '1415555267a',
    '14155552671;ext=5',
    '1415555267 1',
    '',
    '0',
    '082262006200',
    '1'.repeat(16),
    '١٤',
  ])('are not read from %j: nothing is cut off, kept aside or converted behind our back', (digits) => {
    expect(phoneFromE164Digits(digits)).toBeUndefined();
    expect(phoneFromNational(digits === '' ? 'x' : `${digits}x`, 'US')).toBeUndefined();
  });

  it('need full metadata: the short one takes +1 242 555 0123 for valid', () => {
    expect(phoneFromE164Digits('12425550123')).toBeUndefined();
    expect(phoneFromE164Digits('12423570123')?.region).toBe('BS');
  });

  it('of no country have no region', () => {
    expect(phoneFromE164Digits('80012345678')).toMatchObject({
      region: undefined,
      type: 'toll_free',
      callingCode: '800',
    });
  });

  it('are not read for a region that does not exist', () => {
    expect(phoneFromNational('0262006200', 'ZZ')).toBeUndefined();
    expect(phoneFromNational('0262006200', 'constructor')).toBeUndefined();
  });

  it('match the NATIONAL format digit for digit, or not at all', () => {
    expect(phoneFromNationalFormat('0262006200', 'KR')?.e164).toBe('+82262006200');
    expect(phoneFromNationalFormat('262006200', 'KR')).toBeUndefined();
    expect(phoneFromNationalFormat('12125550100', 'US')).toBeUndefined();
    expect(phoneFromNationalFormat('2125550100', 'US')?.e164).toBe('+12125550100');
  });

  it('are written for people at home and abroad', () => {
    expect([nationalFormat('+82262006200'), internationalFormat('+82262006200')]).toEqual([
      '02-6200-6200',
      '+82 2 6200 6200',
    ]);
    expect([nationalFormat('+82'), nationalFormat('82262006200'), internationalFormat('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('of each example read as dialled in the country that they belong to', () => {
    expect(new Set(TELEPHONES.map(({ region }) => region))).toEqual(new Set(REGIONS));
  });
});
