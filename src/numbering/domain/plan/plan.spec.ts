import { describe, expect, it } from '@jest/globals';
import { caller, compiled, read, WORLD_CONFIG } from '../vectors/world.js';
import { compilePlan } from './plan.js';
import { DEFAULT_PLAN, type PlanConfig } from './plan-config.js';

function problems(change: Partial<PlanConfig>): readonly string[] {
  const plan = compilePlan({ ...DEFAULT_PLAN, ...change });
  return plan.ok ? [] : plan.failure.map(({ code }) => code);
}
const carrier = (pattern: object) => ({
  carriers: [
    {
      id: 'c',
      e164Prefixes: [],
      domains: [],
      patterns: [{ prefix: '*39', minLength: 5, maxLength: 12, ...pattern }],
    },
  ],
});
const feature = (code: string, argument: 'none' | 'optional' = 'none') => ({ code, feature: 'f', argument });

describe('a plan that is saved', () => {
  it('is accepted as it comes, and as in the tests', () => {
    expect(problems({})).toEqual([]);
    expect(compilePlan(WORLD_CONFIG).ok).toBe(true);
  });

  it.each<[string, Partial<PlanConfig>, string]>([
    ['a served country that does not exist', { servedCountries: ['ZZ'] }, 'plan.region_unknown'],
    ['a default region that does not exist', { defaultRegions: { '001': 'XX' } }, 'plan.region_unknown'],
    ['a feature code of letters', { featureCodes: [feature('vm')] }, 'plan.feature_code_malformed'],
    ['a feature code of one digit', { featureCodes: [feature('9')] }, 'plan.feature_code_malformed'],
    [
      'a digit code with an argument: it would swallow telephone numbers',
      { featureCodes: [feature('15', 'optional')] },
      'plan.feature_code_malformed',
    ],
    ['the same code twice', { featureCodes: [feature('*97'), feature('*97')] }, 'plan.feature_code_twice'],
    [
      'a code that is an emergency number where we serve',
      { featureCodes: [feature('110')] },
      'plan.feature_code_hides_emergency',
    ],
    ['a code that is 112', { featureCodes: [feature('112')] }, 'plan.feature_code_hides_emergency'],
    [
      'a short code that is a telephone number',
      { shortCodes: [{ country: 'NO', dialled: '02000', number: '02000', service: 'public-service' }] },
      'plan.short_code_malformed',
    ],
    [
      'a short code of seven digits',
      { shortCodes: [{ country: 'KR', dialled: '1234567', number: '1', service: 'public-service' }] },
      'plan.short_code_malformed',
    ],
    ['a pattern without a beginning', carrier({ prefix: '' }), 'plan.pattern_malformed'],
    ['a pattern that begins with #', carrier({ prefix: '#39' }), 'plan.pattern_malformed'],
    ['a pattern shorter than its beginning', carrier({ minLength: 2 }), 'plan.pattern_malformed'],
    [
      'a pattern that ends before it begins',
      carrier({ minLength: 9, maxLength: 8 }),
      'plan.pattern_malformed',
    ],
    ['a pattern without an end', carrier({ maxLength: Number.POSITIVE_INFINITY }), 'plan.pattern_malformed'],
    ['a length that is no number', carrier({ minLength: Number.NaN }), 'plan.pattern_malformed'],
    [
      'an expression with a back-reference, which RE2 refuses',
      carrier({ regex: '(\\*39)\\1' }),
      'plan.pattern_malformed',
    ],
    [
      'an expression with look-ahead, which RE2 refuses',
      carrier({ regex: '(?=\\*39).*' }),
      'plan.pattern_malformed',
    ],
    ['an expression that is none', carrier({ regex: '*39(' }), 'plan.pattern_malformed'],
    [
      'an expression that explodes when compiled',
      carrier({ regex: '((a{100}){100}){100}' }),
      'plan.pattern_malformed',
    ],
    [
      'a pattern below a feature code',
      { ...carrier({}), featureCodes: [feature('*3')] },
      'plan.pattern_overlaps_feature',
    ],
    [
      'a pattern above a feature code',
      { ...carrier({}), featureCodes: [feature('*3977')] },
      'plan.pattern_overlaps_feature',
    ],
    [
      'a claimed prefix without +',
      { carriers: [{ id: 'c', patterns: [], e164Prefixes: ['8270'], domains: [] }] },
      'plan.carrier_prefix_malformed',
    ],
    [
      'a carrier’s domain that is none',
      { carriers: [{ id: 'c', patterns: [], e164Prefixes: [], domains: ['Carrier.example'] }] },
      'plan.carrier_domain_malformed',
    ],
    ['a barred prefix without +', { barred: ['881'] }, 'plan.prefix_malformed'],
    ['an allowed prefix of letters', { allowed: ['+x'] }, 'plan.prefix_malformed'],
    [
      'an identifier code of letters',
      { identifierCodes: [{ country: 'KR', code: 'x', minLength: 9, maxLength: 10 }] },
      'plan.identifier_code_malformed',
    ],
    [
      'an identifier code as long as its numbers',
      { identifierCodes: [{ country: 'KR', code: '0591', minLength: 4, maxLength: 4 }] },
      'plan.identifier_code_malformed',
    ],
    [
      'an identifier code that is Seoul’s area code',
      { identifierCodes: [{ country: 'KR', code: '02', minLength: 10, maxLength: 10 }] },
      'plan.identifier_code_hides_numbers',
    ],
    [
      'an identifier code in the US 212 range',
      { identifierCodes: [{ country: 'US', code: '212', minLength: 10, maxLength: 10 }] },
      'plan.identifier_code_hides_numbers',
    ],
    [
      'an identifier code of a country that does not exist',
      { identifierCodes: [{ country: 'ZZ', code: '0591', minLength: 9, maxLength: 10 }] },
      'plan.region_unknown',
    ],
  ])('is refused for %s', (_, change, code) => {
    expect(problems(change)).toContain(code);
  });

  it('lists everything that is wrong at once', () => {
    const wrong = problems({ servedCountries: ['ZZ'], barred: ['1'], featureCodes: [feature('x')] });
    expect(wrong).toEqual(['plan.region_unknown', 'plan.feature_code_malformed', 'plan.prefix_malformed']);
  });

  it('takes no longer to match an expression made to backtrack', () => {
    const plan = compiled({
      ...DEFAULT_PLAN,
      ...carrier({ prefix: '*', maxLength: 40, regex: '(\\*|[0-9]+)*[0-9*]*x' }),
    });
    const start = performance.now();
    const { reading } = read(`*${'1'.repeat(38)}`, caller('KR'), plan);
    expect(reading.kind).toBe('refused');
    // Doubling with each digit, a backtracking engine would need 2^38 steps.
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('barring', () => {
  const reading = (dialled: string, change: Partial<PlanConfig> = {}) =>
    read(dialled, caller('KR'), compiled({ ...DEFAULT_PLAN, ...change })).reading;

  it.each([
    '+870773123456',
    '+881612345678',
    '+88216123456',
    '+979123456789',
    '+19002345678',
    '+449098790000',
  ])('keeps %s from being called unless it is allowed', (e164) => {
    const barred = reading(e164);
    expect(barred).toMatchObject({ kind: 'refused', reason: 'barred', sip: 403, q850: 21 });
    expect(reading(e164, { allowed: [e164.slice(0, 4)] })).toMatchObject({ kind: 'pstn', e164 });
  });

  it('lets the longest prefix decide, allowed or barred', () => {
    const change = { barred: ['+82', '+82262'], allowed: ['+822'] };
    expect(reading('+82212345678', change)).toMatchObject({ kind: 'pstn' });
    expect(reading('+82262001234', change)).toMatchObject({ reason: 'barred' });
    expect(reading('+82312345678', change)).toMatchObject({ reason: 'barred' });
  });

  it('does not keep a member from being rung by the number that stands for him', () => {
    expect(reading('+82262006200', { barred: ['+82'] })).toMatchObject({
      kind: 'pstn',
      holder: { key: '0262006200082' },
    });
  });

  it('leaves premium numbers to the operator who wants them', () => {
    expect(reading('+19002345678', { barPremium: false })).toMatchObject({
      kind: 'pstn',
      type: 'premium_rate',
    });
  });
});
