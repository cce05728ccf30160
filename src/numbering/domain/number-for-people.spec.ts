import { describe, expect, it } from '@jest/globals';
import { countryOfNumber, numberForPeople } from './number-for-people.js';

describe('a number of a call record', () => {
  it.each([
    ['+82262006200', '+82 2 6200 6200', 'KR'],
    ['0262006200082', '02-6200-6200-082', 'KR'],
    ['2125550100001', '212-555-0100-001', 'US'],
    ['62006200#081', '6200-6200#081', 'JP'],
    ['62006200#', '6200-6200#', undefined],
    ['*97', '*97', undefined],
    ['+999123', '+999123', undefined],
  ])('%s is written %s and belongs to %s', (number, written, country) => {
    expect(numberForPeople(number)).toBe(written);
    expect(countryOfNumber(number)).toBe(country);
  });
});
