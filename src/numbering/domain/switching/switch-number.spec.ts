import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignmentIndex } from '../index/assignment-index.js';
import { REGIONS } from '../telephone/country-codes.js';
import { iddPrefixes } from '../telephone/idd-prefixes.js';
import { NATIONAL, SWITCHED } from '../vectors/switching.js';
import { TELEPHONES } from '../vectors/telephones.js';
import { read, WORLD_PLAN } from '../vectors/world.js';
import { type NumberFormat, parseNumberFormat } from './number-format.js';
import { presentCaller } from './present-caller.js';
import { type CanonicalNumber, switchNumber } from './switch-number.js';

const e164 = (number: string): CanonicalNumber => ({ kind: 'e164', e164: number });
const kim: CanonicalNumber = { kind: 'own', key: '0262006200082', shadow: '+82262006200' };
const noShadow: CanonicalNumber = { kind: 'own', key: '62006200#082' };

describe('a number on a trunk', () => {
  it.each(SWITCHED)('%s as %j in %s is %s', (number, format, country, written) => {
    expect(switchNumber(e164(number), format, country)).toBe(written);
  });

  it('is written from the canonical number each time: no attempt leaks into the next', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TELEPHONES),
        fc.array(anyFormat),
        fc.constantFrom(...REGIONS),
        (t, formats, country) => {
          const alone = switchNumber(e164(t.e164), { form: 'e164plus' }, country);
          for (const format of formats) switchNumber(e164(t.e164), format, country);
          expect(switchNumber(e164(t.e164), { form: 'e164plus' }, country)).toBe(alone);
        },
      ),
    );
  });

  it('of ours is written as its shadow, as itself where the trunk keeps it, and not at all without a shadow', () => {
    expect(switchNumber(kim, { form: 'national' }, 'KR')).toBe('0262006200');
    expect(switchNumber(kim, { form: 'e164plus' }, 'US')).toBe('+82262006200');
    expect(switchNumber(kim, { form: 'keep' }, 'US')).toBe('0262006200082');
    expect(switchNumber(noShadow, { form: 'keep' }, 'US')).toBe('62006200#082');
    expect(switchNumber(noShadow, { form: 'e164' }, 'US')).toBeUndefined();
  });

  it('that is an emergency code or another carrier’s own number is never changed', () => {
    const format = { form: 'carrier', strip: 2, prepend: '99' } as const;
    expect(switchNumber({ kind: 'as-is', number: '119' }, format, 'KR')).toBe('119');
    expect(switchNumber({ kind: 'as-is', number: '*393123456' }, format, 'KR')).toBe('*393123456');
  });

  it('read again in the country where it arrives is the number that it was', () => {
    const nobody = assignmentIndex();
    fc.assert(
      fc.property(fc.constantFrom(...TELEPHONES), fc.constantFrom(...REGIONS), (telephone, country) => {
        const formats: NumberFormat[] = [
          { form: 'e164plus' },
          { form: 'keep' },
          { form: 'national' },
          ...iddPrefixes(country).map((prefix) => {
            return { form: 'international', prefix: prefix.replaceAll('x', '1') } as const;
          }),
        ];
        for (const format of formats) {
          const written = switchNumber(e164(telephone.e164), format, country) ?? '';
          const { reading } = read(written, { country, deviceCountry: country }, WORLD_PLAN, nobody);
          if (isClaimedByLongerPrefix(format, country)) continue;
          expect([written, reading]).toMatchObject([written, { kind: 'pstn', e164: telephone.e164 }]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a number written as in its own country', () => {
  it.each(NATIONAL)('%s is %s (%s)', (number, country, written) => {
    expect(switchNumber(e164(number), { form: 'national' }, country)).toBe(written);
  });
});

describe('how a caller is shown', () => {
  const gateway = (country: string, callingFormat: NumberFormat, trusted = true) => {
    return { country, callingFormat, defaultCli: '+82262000000', trusted };
  };

  it('on a Korean gateway is the national number, on an American one the international', () => {
    expect(presentCaller(kim, gateway('KR', { form: 'national' }), false)).toEqual({
      from: '0262006200',
      asserted: '0262006200',
    });
    expect(presentCaller(kim, gateway('US', { form: 'e164plus' }), false)).toEqual({
      from: '+82262006200',
      asserted: '+82262006200',
    });
  });

  it('is the trunk’s number for a caller without one, in the trunk’s form, and nothing where there is none', () => {
    expect(presentCaller(noShadow, gateway('KR', { form: 'national' }), false).from).toBe('0262000000');
    const bare = { ...gateway('US', { form: 'e164' }), defaultCli: null };
    expect(presentCaller(noShadow, bare, false)).toEqual({ from: 'anonymous' });
  });

  it('is anonymous when he hides, and known to trusted networks only (RFC 3325)', () => {
    const format = { form: 'e164plus' } as const;
    expect(presentCaller(kim, gateway('US', format), true)).toEqual({
      from: 'anonymous',
      privacy: 'id',
      asserted: '+82262006200',
    });
    expect(presentCaller(kim, gateway('US', format, false), true)).toEqual({
      from: 'anonymous',
      privacy: 'id',
    });
    expect(presentCaller(kim, gateway('US', format, false), false)).toEqual({ from: '+82262006200' });
  });
});

describe('a trunk’s number format', () => {
  it.each([
    { form: 'e164plus' },
    { form: 'e164' },
    { form: 'national' },
    { form: 'keep' },
    { form: 'international', prefix: '00700' },
    { form: 'carrier', strip: 2, prepend: '9910#' },
    { form: 'carrier', strip: 0, prepend: '' },
  ])('%j is accepted', (format) => {
    expect(parseNumberFormat(format)).toEqual({ ok: true, value: format });
  });

  it.each([
    null,
    undefined,
    'e164',
    {},
    { form: 'E164' },
    { form: 'international' },
    { form: 'international', prefix: '' },
    { form: 'international', prefix: '00;' },
    { form: 'international', prefix: '0'.repeat(17) },
    { form: 'carrier', strip: -1, prepend: '' },
    { form: 'carrier', strip: 1.5, prepend: '' },
    { form: 'carrier', strip: 15, prepend: '' },
    { form: 'carrier', strip: '2', prepend: '' },
    { form: 'carrier', strip: 2 },
    { form: 'carrier', strip: 2, prepend: 'a' },
  ])('%j is refused', (format) => {
    expect(parseNumberFormat(format)).toMatchObject({ ok: false, failure: { code: 'trunk.number_format' } });
  });

  it('keeps nothing that was not asked for', () => {
    expect(parseNumberFormat({ form: 'e164', prefix: '00', evil: true })).toEqual({
      ok: true,
      value: { form: 'e164' },
    });
  });
});

const anyFormat: fc.Arbitrary<NumberFormat> = fc.constantFrom(
  { form: 'e164' },
  { form: 'national' },
  { form: 'international', prefix: '00700' },
  { form: 'carrier', strip: 2, prepend: '9910' },
);

/** CO's `00414…` and KR's `00700…` are longer than `004`, `007`: what follows the shorter prefix may complete a longer one. */
function isClaimedByLongerPrefix(format: NumberFormat, country: string): boolean {
  if (format.form !== 'international') return false;
  return iddPrefixes(country).some((p) => p.length > format.prefix.length && p.startsWith(format.prefix));
}
