import { describe, expect, it } from '@jest/globals';
import { CCCS, callingCodeOf, cccOf, cccOfRegion, isCcc, REGIONS, regionsOf } from './country-codes.js';

describe('three-digit country codes', () => {
  it.each([
    ['82', '082'],
    ['1', '001'],
    ['81', '081'],
    ['353', '353'],
  ])('calling code %s is ccc %s, and back', (code, ccc) => {
    expect(cccOf(code)).toBe(ccc);
    expect(callingCodeOf(ccc)).toBe(code);
  });

  it.each([
    ['001', 'US', ['CA', 'JM', 'PR']],
    ['007', 'RU', ['KZ']],
    ['039', 'IT', ['VA']],
    ['044', 'GB', ['GG', 'IM', 'JE']],
    ['047', 'NO', ['SJ']],
    ['061', 'AU', ['CC', 'CX']],
    ['212', 'MA', ['EH']],
    ['262', 'RE', ['YT']],
    ['290', 'SH', ['TA']],
    ['358', 'FI', ['AX']],
    ['590', 'GP', ['BL', 'MF']],
    ['599', 'CW', ['BQ']],
  ])('%s is shared: %s first, and %j (ITU-T E.164 list of country codes)', (ccc, main, others) => {
    expect(regionsOf(ccc)[0]).toBe(main);
    expect(regionsOf(ccc)).toEqual(expect.arrayContaining(others));
    for (const region of [main, ...others]) expect(cccOfRegion(region)).toBe(ccc);
  });

  it('are those of countries only: no +800, +870, +881, +979, and nothing unassigned', () => {
    for (const text of ['800', '870', '881', '882', '883', '979', '000', '999', '210', '1', '82', '']) {
      expect(isCcc(text)).toBe(false);
    }
    expect(regionsOf('870')).toEqual([]);
  });

  it('exist for every region, each of which is under exactly one', () => {
    expect(REGIONS).toHaveLength(245);
    expect(CCCS.flatMap(regionsOf).sort()).toEqual([...REGIONS].sort());
    expect(cccOfRegion('ZZ')).toBeUndefined();
  });
});
