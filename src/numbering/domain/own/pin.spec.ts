import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CCCS, regionsOf } from '../telephone/country-codes.js';
import { phoneFromE164Digits } from '../telephone/phone.js';
import { spelledPhone } from '../telephone/spelled-pin.js';
import { nationalDigits, TELEPHONES } from '../vectors/telephones.js';
import { canonicalKey } from './keys.js';
import { formatPin, parsePin, pinFromE164, pinRegion } from './pin.js';

describe('personal numbers', () => {
  it('covers every region, nearly all with a fixed and a mobile number', () => {
    expect(new Set(TELEPHONES.map(({ region }) => region)).size).toBe(245);
    expect(TELEPHONES.length).toBeGreaterThan(480);
  });

  it.each(TELEPHONES.map(({ region, e164 }) => [region, e164] as const))(
    'of %s named after %s is the same after format and parse, and in every other spelling',
    (_, e164) => {
      const pin = pinFromE164(e164);
      if (!pin.ok) throw new Error(pin.failure.message);
      const { areaNumber, ccc } = pin.value;
      expect(areaNumber).toBe(nationalDigits(e164));
      for (const spelling of [
        formatPin(pin.value),
        areaNumber + ccc,
        `${areaNumber}*${ccc}`,
        `${areaNumber}#${Number(ccc)}`,
      ]) {
        expect(parsePin(spelling)).toEqual(pin);
      }
      expect(spelledPhone(canonicalKey(pin.value))?.e164).toBe(e164);
    },
  );

  it('keeps identification numbers and numbers of unknown ranges through format and parse', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{3,17}$/), fc.constantFrom(...CCCS), (areaNumber, ccc) => {
        const pin = { kind: 'pin', areaNumber, ccc } as const;
        expect(parsePin(formatPin(pin))).toEqual({ ok: true, value: pin });
      }),
    );
  });

  it.each([
    ['+82262006200', '02-6200-6200-082', 'seed, table 1'],
    ['+821094634066', '010-9463-4066-082', 'KR mobile'],
    ['+12125550100', '212-555-0100-001', 'number-plan.md'],
    ['+6561234567', '6123-4567-065', 'number-plan.md'],
    ['+390669812345', '06-6981-2345-039', 'Italy keeps its 0'],
    ['+5511961234567', '11-96123-4567-055', 'Brazilian mobiles have no trunk 0'],
    ['+8613812345678', '138-1234-5678-086', 'Chinese mobiles have no trunk 0'],
    ['+33123456789', '01-23-45-67-89-033', 'France'],
    ['+353212345678', '021-234-5678-353', 'Ireland'],
    ['+77172700000', '8-7172-70-00-00-007', 'Kazakhstan, trunk prefix 8'],
  ])('%s is written %s (%s)', (e164, written) => {
    const pin = pinFromE164(e164);
    expect(pin.ok && formatPin(pin.value)).toBe(written);
  });

  it('are not named after what is no telephone number of a country', () => {
    for (const text of ['', '+', '+8226200', '82262006200', '+80012345678', '+870773123456', '+1234']) {
      expect(pinFromE164(text)).toMatchObject({
        ok: false,
        failure: { code: 'number.not_a_telephone_number' },
      });
    }
  });

  it.each([
    ['', 'number.malformed'],
    ['62', 'number.malformed'],
    ['alice', 'number.malformed'],
    ['02-6200-6200-999', 'number.unknown_ccc'],
    ['0262006200*0082', 'number.malformed'],
    ['1'.repeat(21), 'number.malformed'],
  ])('%j is refused: %s', (text, code) => {
    expect(parsePin(text)).toMatchObject({ ok: false, failure: { code } });
  });
});

describe('the region of a personal number', () => {
  it.each([
    ['2128675309001', 'US'],
    ['4165551234001', 'CA'],
    ['8764012345001', 'JM'],
    ['87172700000007', 'KZ'],
    ['84951234567007', 'RU'],
    ['0669812345039', 'VA'],
    ['0657051234039', 'IT'],
    ['01481256789044', 'GG'],
    ['02079460082044', 'GB'],
    ['0262006200082', 'KR'],
  ])('of %s is %s, by its own digits', (key, region) => {
    expect(
      pinRegion({ kind: 'pin', areaNumber: key.slice(0, -3), ccc: key.slice(-3) }, { '001': 'CA' }),
    ).toBe(region);
  });

  it('is the operator’s for the code, else the code’s main one, where the digits do not tell', () => {
    const pin = { kind: 'pin', areaNumber: '0999123456', ccc: '044' } as const;
    expect(pinRegion(pin, { '044': 'JE' })).toBe('JE');
    expect(pinRegion(pin, {})).toBe('GB');
    expect(pinRegion({ ...pin, ccc: '999' }, {})).toBeUndefined();
  });

  it('agrees with the telephone that it is named after, in every region', () => {
    for (const { e164 } of TELEPHONES) {
      const pin = pinFromE164(e164);
      const region = phoneFromE164Digits(e164.slice(1))?.region;
      expect(pin.ok && pinRegion(pin.value, {})).toBe(region);
      expect(pin.ok && regionsOf(pin.value.ccc)).toContain(region);
    }
  });
});
