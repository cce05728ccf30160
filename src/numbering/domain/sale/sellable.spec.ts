import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignmentIndex } from '../index/assignment-index.js';
import { bareDigits, canonicalKey } from '../own/keys.js';
import { pinFromE164 } from '../own/pin.js';
import { cccOfRegion, REGIONS } from '../telephone/country-codes.js';
import { TELEPHONES } from '../vectors/telephones.js';
import { compiled, pin, read, vns, WORLD_CONFIG, WORLD_PLAN } from '../vectors/world.js';
import { recheck } from './recheck.js';
import type { NumberForSale, PinForSale, SaleVerdict } from './sale.js';
import { saleKeys, sellable } from './sellable.js';

const NOTHING: ReadonlySet<string> = new Set();
const person = (areaNumber: string, ccc: string): PinForSale => ({
  kind: 'pin',
  areaNumber,
  ccc,
  identification: false,
});
const issued = (areaNumber: string): PinForSale => ({ ...person(areaNumber, '082'), identification: true });
const company = (number: string, ccc = '082', ...branchCccs: string[]): NumberForSale => ({
  kind: 'vns',
  number,
  ccc,
  branchCccs,
});

function reasons(number: NumberForSale, plan = WORLD_PLAN, assigned = NOTHING): readonly string[] {
  const verdict = sellable(number, plan, assigned);
  return verdict.verdict === 'refused' ? verdict.reasons.map(({ code }) => code) : [];
}

function explicitOnly(verdict: SaleVerdict): readonly string[] {
  if (verdict.verdict === 'sellable') return [];
  return verdict.warnings.flatMap((w) => (w.code === 'explicit-form-needed' ? w.countries : []));
}

describe('what may be sold', () => {
  it('is the seed’s personal number, with the warning that DE, AT and RS need the form with *', () => {
    const verdict = sellable(person('0262006200', '082'), WORLD_PLAN, NOTHING);
    expect(verdict.verdict).toBe('with-warnings');
    expect([...explicitOnly(verdict)].sort()).toEqual(['AT', 'DE', 'RS']);
  });

  it('is the seed’s company number, wherever its home', () => {
    expect(reasons(company('62006200'))).toEqual([]);
    expect(reasons(company('62006200', '001', '082', '081'))).toEqual([]);
  });

  it('is an identification number of a configured identifier code', () => {
    expect(reasons(issued('0591123456'))).toEqual([]);
  });

  it('is a personal number named after the example telephones of every region', () => {
    const refused = TELEPHONES.flatMap(({ region, e164 }) => {
      const number = pinFromE164(e164);
      if (!number.ok) return [e164];
      return reasons({ ...number.value, identification: false }).map((code) => `${region} ${code}`);
    });
    expect(refused).toEqual([]);
  });
});

describe('what may not be sold', () => {
  it.each<[string, NumberForSale, string]>([
    ['a company number whose digits with 082 are a Korean mobile', company('0106200'), 'telephone-number'],
    [
      'the same with its home elsewhere: it could not open a branch in KR, which we serve',
      company('0106200', '001'),
      'telephone-number',
    ],
    ['a company number of two digits', company('12'), 'malformed'],
    ['one of thirteen', company('1234567890123'), 'malformed'],
    ['one of letters', company('6200abc'), 'malformed'],
    ['one under no country’s code', company('62006200', '999'), 'unknown-ccc'],
    ['one with a branch under no country’s code', company('62006200', '082', '870'), 'unknown-ccc'],
    ['119#: the # would only end an emergency call', company('119'), 'emergency-code'],
    ['112#', company('112'), 'emergency-code'],
    ['1577#: the # would only end a feature code', company('1577'), 'feature-code'],
    ['a personal number without the trunk 0', person('262006200', '082'), 'not-national-format'],
    ['a personal number that is no telephone', person('0062006200', '082'), 'not-national-format'],
    ['one under the wrong country', person('0262006200', '001'), 'not-national-format'],
    ['one under no country’s code', person('0262006200', '999'), 'unknown-ccc'],
    ['one of two digits', person('02', '082'), 'malformed'],
    ['an identification number of no identifier code', issued('0601123456'), 'no-identifier-code'],
    ['an identification number of the wrong length', issued('059112'), 'no-identifier-code'],
    [
      'an identification number of another country’s code',
      { ...issued('0591123456'), ccc: '081' },
      'no-identifier-code',
    ],
  ])('%s', (_, number, code) => {
    expect(reasons(number)).toContain(code);
  });

  it('is anything sold already, or spelled with the digits of something sold', () => {
    const cases: [NumberForSale, string][] = [
      [person('0262006200', '082'), '0262006200082'],
      [person('0262006200', '082'), '0262006200#'],
      [company('62006200'), '62006200#'],
      [company('0262006200'), '0262006200082'],
      [issued('0591123456'), '0591123456082'],
      [issued('0591123082'), '0591123082'],
      [issued('0591123082'), '0591123#'],
      [company('0591123'), '0591123082082'],
    ];
    for (const [number, key] of cases) {
      expect(saleKeys(number, WORLD_PLAN)).toContain(key);
      expect(reasons(number, WORLD_PLAN, new Set([key]))).toContain('taken');
    }
    expect(reasons(company('62006200'), WORLD_PLAN, new Set(['0262006200082']))).toEqual([]);
  });

  it('in AT, DE, ID, LU, RS and TK is only a warning: their lengths vary, and it would refuse nearly everybody', () => {
    const berlin = person('03023125001', '049');
    expect(explicitOnly(sellable(berlin, WORLD_PLAN, NOTHING))).toContain('DE');
    const strict = compiled({ ...WORLD_CONFIG, explicitOnlyCountries: [] });
    expect(sellable(berlin, strict, NOTHING)).toMatchObject({
      verdict: 'refused',
      reasons: [{ code: 'telephone-number', country: 'DE', e164: '+493023125001049' }],
    });
  });

  it('says where NUMBER# alone calls a telephone', () => {
    const verdict = sellable(company('0262006200'), WORLD_PLAN, NOTHING);
    expect(verdict.verdict !== 'sellable' && verdict.warnings).toContainEqual(
      expect.objectContaining({ code: 'hash-alone-is-telephone', countries: expect.arrayContaining(['KR']) }),
    );
  });
});

describe('the proof at sale and the reading of calls agree', () => {
  const named = fc.constantFrom(...TELEPHONES).map(({ e164 }) => {
    const number = pinFromE164(e164);
    if (!number.ok) throw new Error(number.failure.message);
    return { number: number.value, e164 };
  });

  it('a personal number is reached by its digits from everywhere but the countries of the warning', () => {
    fc.assert(
      fc.property(named, ({ number, e164 }) => {
        const warned = explicitOnly(sellable({ ...number, identification: false }, WORLD_PLAN, NOTHING));
        const index = assignmentIndex();
        index.put(pin(canonicalKey(number), 'KR', [e164]));
        const wrong = REGIONS.filter((country) => {
          const { reading } = read(
            bareDigits(number),
            { country, deviceCountry: country },
            WORLD_PLAN,
            index,
          );
          return (reading.kind === 'pin') === warned.includes(country);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('a company number is reached by its digits in each country whose code they end in, and by * from everywhere', () => {
    const numbers = fc.stringMatching(/^[0-9]{3,12}$/);
    fc.assert(
      fc.property(numbers, fc.constantFrom('KR', 'US', 'JP'), (number, country) => {
        const ccc = cccOfRegion(country) ?? '';
        if (reasons(company(number, ccc)).length > 0) return;
        const index = assignmentIndex();
        index.put(vns(number, country, [country]));
        const at = (from: string, dialled: string) =>
          read(dialled, { country: from, deviceCountry: from }, WORLD_PLAN, index).reading.kind;
        expect(at(country, number + ccc)).toBe('vns');
        for (const from of ['DE', 'GB', 'US', 'AU']) expect(at(from, `${number}*${ccc}`)).toBe('vns');
      }),
      { numRuns: 60 },
    );
  });
});

describe('checking what was sold again', () => {
  const sold: NumberForSale[] = [
    company('501234'),
    company('62006200'),
    company('222'),
    person('0262006200', '082'),
  ];

  it('finds nothing while nothing changed', () => {
    expect([...recheck(sold, WORLD_PLAN)]).toEqual([]);
  });

  it('finds what a new served country, feature code or short code would hide', () => {
    const changed = compiled({
      ...WORLD_CONFIG,
      servedCountries: ['KR', 'US', 'JP', 'PL'],
      featureCodes: [...WORLD_CONFIG.featureCodes, { code: '222', feature: 'new', argument: 'none' }],
    });
    const found = [...recheck(sold, changed)];
    expect(found.map(({ key, reasons: [first] }) => [key, first?.code])).toEqual([
      ['501234#', 'telephone-number'],
      ['222#', 'feature-code'],
    ]);
    const shortCode = { country: 'KR', dialled: '222', number: '222', service: 'public-service' } as const;
    const withCode = compiled({ ...WORLD_CONFIG, shortCodes: [shortCode] });
    expect([...recheck(sold, withCode)].map(({ key }) => key)).toEqual(['222#']);
  });

  it('does not mind that a range is no longer in the metadata', () => {
    expect([...recheck([person('0069999', '082')], WORLD_PLAN)]).toEqual([]);
  });
});
