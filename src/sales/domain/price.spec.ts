import { describe, expect, it } from '@jest/globals';
import { nearNumbers } from './near.js';
import { type Product, priceOf } from './product.js';
import { tierOf } from './tier.js';

describe('tiers', () => {
  it.each([
    ['12345', 'premium'],
    ['62006200', 'premium'],
    ['77777777', 'premium'],
    ['12345678', 'premium'],
    ['87654321', 'premium'],
    ['62006000', 'fine'],
    ['62001234', 'fine'],
    ['62626226', 'fine'],
    ['62011026', 'fine'],
    ['62001999', 'fine'],
    ['62006201', 'plain'],
    ['48270593', 'plain'],
  ])('%s is %s', (digits, tier) => {
    expect(tierOf(digits)).toBe(tier);
  });
});

const company: Product = {
  id: 'vns-us',
  country: 'US',
  kind: 'company',
  form: 'company',
  currency: 'USD',
  prices: { plain: { setup: 30_000_000n, monthly: 10_000_000n, yearly: 100_000_000n } },
  branch: { setup: 5_000_000n, monthly: 2_000_000n, yearly: 20_000_000n },
};

describe('prices', () => {
  it('by the year have the first year in them, by the month only the set-up', () => {
    const year = priceOf(company, { tier: 'plain', interval: 'year', branches: 2 });
    expect(year?.lines.map(({ about, count, amount }) => [about, count, amount.micros])).toEqual([
      ['setup', 1, 30_000_000n],
      ['period', 1, 100_000_000n],
      ['branch-setup', 2, 10_000_000n],
      ['branch-period', 2, 40_000_000n],
    ]);
    expect([year?.net.micros, year?.recurring.micros]).toEqual([180_000_000n, 140_000_000n]);
    const month = priceOf(company, { tier: 'plain', interval: 'month', branches: 0 });
    expect([month?.net.micros, month?.recurring.micros]).toEqual([30_000_000n, 10_000_000n]);
  });

  it('are none for a tier that the product does not have, nor for branches of a person', () => {
    expect(priceOf(company, { tier: 'premium', interval: 'year', branches: 0 })).toBeUndefined();
    const { branch: _, ...rest } = company;
    expect(
      priceOf({ ...rest, branch: undefined }, { tier: 'plain', interval: 'year', branches: 1 }),
    ).toBeUndefined();
  });
});

describe('near numbers', () => {
  it('begin with other last digits, go on to exchanged ones, and never touch what is fixed', () => {
    const near = nearNumbers('62006200', { fixed: 0, longest: 12 });
    expect(near.slice(0, 4)).toEqual(['62006201', '62006202', '62006203', '62006204']);
    expect(near).toContain('62006020');
    expect(near).toContain('620062000');
    expect(near).not.toContain('62006200');
    expect(new Set(near).size).toBe(near.length);
    expect(nearNumbers('0591123456', { fixed: 4, longest: 10 }).every((one) => one.startsWith('0591'))).toBe(
      true,
    );
  });
});
