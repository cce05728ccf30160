import { describe, expect, it } from '@jest/globals';
import metadata from 'libphonenumber-js/max/metadata';
import { REGIONS } from './country-codes.js';
import { afterIddPrefixes, homeIddPrefix, iddPrefixes } from './idd-prefixes.js';

/** Where our table, made from ITU's list and the regulators', is not libphonenumber's: ours first, with the reason. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  // MIC's carrier codes before 010: KDDI, NTT Communications, SoftBank.
  JP: ['001010', '0033010', '0041010', '0061010'],
  // Telkom and Indosat: still dialled.
  ID: ['001', '007', '01017'],
  // ITU's list: FSM dials the US way as well.
  FM: ['011'],
  MN: ['00'],
};

describe('international prefixes', () => {
  it('are those of libphonenumber and the documented ones beside them, region by region', () => {
    const unexplained = REGIONS.flatMap((region) => {
      const theirs = new RegExp(`^(?:${iddExpression(region)})$`);
      return iddPrefixes(region)
        .map((prefix) => prefix.replaceAll('x', '4'))
        .filter((prefix) => !theirs.test(prefix) && !MORE[region]?.includes(prefix))
        .map((prefix) => `${region} ${prefix}`);
    });
    expect(unexplained).toEqual([]);
  });

  it('leave out none of libphonenumber’s', () => {
    const digits = digitStrings(5);
    const missing = REGIONS.flatMap((region) => {
      const expression = iddExpression(region);
      if (/^\d+$/.test(expression)) return afterIddPrefixes(expression, region).includes('') ? [] : [region];
      const theirs = new RegExp(`^(?:${expression})$`);
      return digits
        .filter((dial) => theirs.test(dial) && !afterIddPrefixes(dial, region).includes(''))
        .map((dial) => `${region} ${dial}`);
    });
    expect(missing).toEqual([]);
  });

  it.each([
    ['00182262006200', 'KR', '82262006200', 'KT'],
    ['00282262006200', 'KR', '82262006200', 'LG U+'],
    ['0070082262006200', 'KR', '82262006200', 'SK Telink'],
    ['01082262006200', 'JP', '82262006200', 'any carrier'],
    ['003301082262006200', 'JP', '82262006200', 'NTT Communications'],
    ['01182262006200', 'US', '82262006200', 'NANP'],
    ['0082262006200', 'DE', '82262006200', 'ETSI 00'],
    ['81082262006200', 'RU', '82262006200', '8~10'],
    ['001182262006200', 'AU', '82262006200', '0011'],
    ['002182262006200', 'BR', '82262006200', 'Embratel'],
    ['00982262006200', 'CO', '82262006200', 'carrier 9'],
    ['00082262006200', 'KE', '82262006200', '000'],
    ['11982262006200', 'CU', '82262006200', '119'],
    ['082262006200', 'WS', '82262006200', '0'],
    ['1791100862062006200', 'CN', '862062006200', 'IP carrier 17911, then 00'],
  ])('%s from %s leaves %s (%s)', (dialled, region, rest) => {
    expect(afterIddPrefixes(dialled, region)).toContain(rest);
  });

  it('try the longest first, and leave nothing where none was dialled', () => {
    expect(afterIddPrefixes('00142212345', 'BO')).toEqual(['2212345', '142212345']);
    expect(afterIddPrefixes('0262006200', 'KR')).toEqual([]);
  });

  it.each([
    ['KR', '001'],
    ['US', '011'],
    ['JM', '011'],
    ['JP', '010'],
    ['DE', '00'],
  ])('%s is dialled out of with %s', (region, prefix) => {
    expect(homeIddPrefix(region)).toBe(prefix);
  });
});

/** The metadata's second field of a country (generate-metadata: calling code, IDD prefix, …). */
function iddExpression(region: string): string {
  const [, idd] = metadata.countries[region as keyof typeof metadata.countries] as unknown as [
    string,
    string,
  ];
  return idd;
}

function digitStrings(longest: number): string[] {
  const all: string[] = [];
  for (let length = 1; length <= longest; length++) {
    for (let n = 0; n < 10 ** length; n++) all.push(String(n).padStart(length, '0'));
  }
  return all;
}
