import { describe, expect, it } from '@jest/globals';
import { decideTax, type Supply, type TaxRate, type TaxRule } from './tax.js';

const rule = (changes: Partial<TaxRule>): TaxRule => ({
  buyerCountry: null,
  buyerHasTaxId: null,
  validFrom: '2000-01-01',
  treatment: 'outside-scope',
  note: 'export',
  ...changes,
});
const rules: readonly TaxRule[] = [
  rule({}),
  rule({ buyerCountry: 'DE', treatment: 'seller-rate', note: 'domestic' }),
  rule({ buyerCountry: 'FR', treatment: 'buyer-rate', note: 'One Stop Shop' }),
  rule({ buyerCountry: 'FR', buyerHasTaxId: true, treatment: 'reverse-charge', note: 'Article 196' }),
];
const rates: readonly TaxRate[] = [
  { country: 'DE', validFrom: '2021-01-01', ppm: 190_000, name: 'MwSt' },
  { country: 'DE', validFrom: '2020-07-01', ppm: 160_000, name: 'MwSt' },
  { country: 'FR', validFrom: '2014-01-01', ppm: 200_000, name: 'TVA' },
];
const supply = (changes: Partial<Supply>): Supply => ({
  sellerCountry: 'DE',
  buyerCountry: 'DE',
  buyerHasTaxId: false,
  day: '2026-10-31',
  ...changes,
});

describe('the tax on an invoice', () => {
  it('given_a_domestic_buyer_then_the_rate_in_force_on_the_day_counts', () => {
    expect(decideTax(supply({}), rules, rates)).toMatchObject({ category: 'S', country: 'DE', ppm: 190_000 });
    expect(decideTax(supply({ day: '2020-12-31' }), rules, rates)).toMatchObject({ ppm: 160_000 });
    expect(decideTax(supply({ day: '2019-12-31' }), rules, rates)).toBe('no-tax-rate');
  });

  it('given_a_company_with_a_VAT_id_abroad_then_it_is_charged_in_reverse_and_the_note_says_so', () => {
    expect(decideTax(supply({ buyerCountry: 'FR', buyerHasTaxId: true }), rules, rates)).toMatchObject({
      category: 'AE',
      ppm: 0,
      note: 'Article 196',
    });
  });

  it('given_a_person_abroad_then_the_rate_of_that_country_counts', () => {
    expect(decideTax(supply({ buyerCountry: 'FR' }), rules, rates)).toMatchObject({
      country: 'FR',
      ppm: 200_000,
    });
  });

  it('given_a_country_nobody_named_then_the_rule_for_any_counts_and_without_one_there_is_no_invoice', () => {
    expect(decideTax(supply({ buyerCountry: 'KR' }), rules, rates)).toMatchObject({ category: 'O', ppm: 0 });
    expect(decideTax(supply({ buyerCountry: 'KR' }), rules.slice(1), rates)).toBe('no-tax-rule');
  });

  it('given_a_rule_of_tomorrow_then_it_does_not_count_today', () => {
    const tomorrow = rule({ buyerCountry: 'DE', treatment: 'outside-scope', validFrom: '2026-11-01' });
    expect(decideTax(supply({}), [...rules, tomorrow], rates)).toMatchObject({ category: 'S' });
    expect(decideTax(supply({ day: '2026-11-01' }), [...rules, tomorrow], rates)).toMatchObject({
      category: 'O',
    });
  });
});
