import { describe, expect, test } from '@jest/globals';
import type { DeskProduct } from './catalogue-contract.js';
import { bodyOf, filled, valuesOf } from './product-body.js';

const company: DeskProduct = {
  id: 'vns-kr',
  country: 'KR',
  kind: 'company',
  form: 'company',
  title: { en: 'A company number', ko: '회사 번호' },
  body: { en: 'One number' },
  currency: 'KRW',
  onSale: true,
  prices: [{ tier: 'plain', setup: '30000', monthly: '10000', yearly: '100000' }],
  branch: { setup: '5000', monthly: '2000', yearly: '20000' },
};

describe('a product as it is edited', () => {
  test('what nobody changed is sent as it was', () => {
    const { id: _, prices, ...same } = company;
    const [plain] = prices;
    expect(bodyOf(company, valuesOf(company))).toEqual({
      ...same,
      prices: { plain: { setup: plain?.setup, monthly: plain?.monthly, yearly: plain?.yearly } },
    });
  });

  test('a tier begun counts, also with a gap in it: the server says what is missing', () => {
    const values = valuesOf(company);
    const prices = { ...values.prices, fine: { setup: ' 9 ', monthly: '', yearly: '' } };
    expect(bodyOf(company, { ...values, prices }).prices).toHaveProperty('fine', {
      setup: '9',
      monthly: '',
      yearly: '',
    });
  });

  test("a person's product has no price for branches", () => {
    const person: DeskProduct = { ...company, kind: 'person', form: 'identification', branch: null };
    expect(bodyOf(person, valuesOf(person))).not.toHaveProperty('branch');
  });

  test('a language without words is left out', () => {
    expect(filled({ en: ' Hello ', ko: '  ' })).toEqual({ en: 'Hello' });
  });
});
