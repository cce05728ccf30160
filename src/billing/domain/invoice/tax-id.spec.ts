import { describe, expect, it } from '@jest/globals';
import { bareTaxId, checkTaxId, hasTaxId } from './tax-id.js';

describe('a tax id', () => {
  it.each([
    ['DE', 'DE 136 695 976', '136695976'],
    ['FR', 'FR40303265045', '40303265045'],
    ['AT', 'ATU13585627', 'U13585627'],
    ['BE', 'BE0428759497', '0428759497'],
    ['GR', 'EL 094259216', '094259216'],
    ['GB', 'GB 980 7806 84', '980780684'],
    ['KR', '116-82-00276', '1168200276'],
    ['JP', '5-8356-7825-6246', '5835678256246'],
  ])('of %s whose check digit is right is checked by its form: %s', (country, taxId, bare) => {
    expect(checkTaxId({ country, taxId })).toEqual({ ok: true, value: 'format' });
    expect([hasTaxId({ country, taxId }), bareTaxId({ country, taxId })]).toEqual([true, bare]);
  });

  it.each([
    ['DE', 'DE136695978'],
    ['DE', '12'],
    ['KR', '116-82-00277'],
    ['JP', '4-8356-7825-6246'],
    ['FR', "'; drop table"],
  ])('of %s that cannot be one is refused: %s', (country, taxId) => {
    expect(checkTaxId({ country, taxId })).toMatchObject({
      ok: false,
      failure: { code: 'tax-id.malformed' },
    });
    expect(hasTaxId({ country, taxId })).toBe(false);
  });

  it('of a country whose numbers nobody can check is printed, and no reason for reverse charge', () => {
    expect(checkTaxId({ country: 'US', taxId: '91-1144442' })).toEqual({ ok: true, value: null });
    expect(hasTaxId({ country: 'US', taxId: '91-1144442' })).toBe(false);
    expect(hasTaxId({ country: 'DE', taxId: null })).toBe(false);
  });
});
