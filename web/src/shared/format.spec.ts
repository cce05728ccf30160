import { describe, expect, test } from '@jest/globals';
import { formatIn } from './format.js';

describe('how things are written', () => {
  const { money, seconds, country } = formatIn('en');
  test.each([
    ['12.5', 'USD', '$12.50'],
    ['0.0123', 'USD', '$0.0123'],
    ['11000', 'KRW', '₩11,000'],
    ['-5', 'USD', '-$5.00'],
    ['12345678901234.56', 'USD', '$12,345,678,901,234.56'],
  ])('%s %s is %s', (amount, currency, expected) => {
    expect(money(amount, currency)).toBe(expected);
  });
  test('seconds are minutes and seconds', () => {
    expect([seconds(0), seconds(61.9), seconds(600)]).toEqual(['0:00', '1:01', '10:00']);
  });
  test('a country is named; what is none stays as it is', () => {
    expect([country('KR'), country('?')]).toEqual(['South Korea', '?']);
  });
});
