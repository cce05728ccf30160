import { describe, expect, it } from '@jest/globals';
import { KIM } from '../vectors/world.js';
import type { Shadow } from './assignment.js';
import { checkShadow, ownNumber, shadowFor } from './shadow.js';

const shadow = (country: string, e164: string, verified = true): Shadow => ({ country, e164, verified });
const withShadows = (...shadows: Shadow[]) => ({ ...KIM, shadows });

describe('the number that stands for one of ours', () => {
  it.each([
    ['KR', '+82262006200'],
    ['KR', '+821094634066'],
    ['US', '+12128675309'],
    ['CA', '+12128675309'],
    ['KZ', '+74959391000'],
  ])('in %s may be %s', (country, e164) => {
    expect(checkShadow({ country, e164 })).toEqual({ ok: true, value: { country, e164, verified: false } });
  });

  it.each([
    ['KR', '+81354671212', 'no number of KR'],
    ['US', '+80012345678', 'no number of US'],
    ['KR', '+8226200', 'no valid telephone number'],
    ['KR', '0262006200', 'no valid telephone number'],
    ['KR', '', 'no valid telephone number'],
    ['US', '+19002345678', 'premium_rate'],
    ['GB', '+449098790123', 'premium_rate'],
    ['ZZ', '+82262006200', 'no number of ZZ'],
  ])('in %s may not be %s: %s', (country, e164, why) => {
    expect(checkShadow({ country, e164 })).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining(why) },
    });
  });

  it('towards a country is that country’s, else the number’s own country’s, else any; never an unverified one', () => {
    const kr = shadow('KR', '+82262006200');
    const us = shadow('US', '+12128675309');
    const jp = shadow('JP', '+81354671212', false);
    expect(shadowFor(withShadows(kr, us, jp), 'US')).toBe(us);
    expect(shadowFor(withShadows(us, kr, jp), 'JP')).toBe(kr);
    expect(shadowFor(withShadows(us, jp), 'JP')).toBe(us);
    expect(shadowFor(withShadows(jp), 'JP')).toBeUndefined();
  });

  it('goes with the number’s own spelling into calls', () => {
    expect(ownNumber(KIM, KIM.key, 'US')).toEqual({
      kind: 'own',
      key: '0262006200082',
      shadow: '+82262006200',
    });
    expect(ownNumber(withShadows(), KIM.key, 'US')).toEqual({ kind: 'own', key: '0262006200082' });
  });
});
