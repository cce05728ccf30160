import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import { emergencyNumbers } from '../emergency/emergency-codes.js';
import { REGIONS } from '../telephone/country-codes.js';
import type { E164, Region } from '../telephone/region.js';
import { EVERYTHING_SOLD } from '../vectors/everything-sold.js';
import { dialledAbroad, nationalDigits, TELEPHONES } from '../vectors/telephones.js';
import { WORLD_CONFIG, WORLD_PLAN } from '../vectors/world.js';
import type { CallerContext } from './caller.js';
import { candidates } from './candidates.js';
import { decideReading } from './decide-reading.js';
import type { Reading } from './reading.js';

const region = fc.constantFrom(...REGIONS);
const telephone = fc.constantFrom(...TELEPHONES);
/** Separators that people type, the number itself untouched: never a final group -CCC, which would be explicit. */
const separator = fc.constantFrom('', '', ' ', '.', '/', '(', ')');
const ending = fc.constantFrom('', '#');

function readWhenEverythingIsSold(dialled: string, from: CallerContext): Reading {
  return decideReading(candidates(dialled, from, WORLD_PLAN), EVERYTHING_SOLD).reading;
}

function callsTelephone(dialled: string, country: Region, e164: E164): boolean {
  const reading = readWhenEverythingIsSold(dialled, { country, deviceCountry: country });
  return reading.kind === 'pstn' && reading.e164 === e164;
}

function isOurs({ kind }: Reading): boolean {
  return kind === 'pin' || kind === 'vns';
}

describe('no number of ours hides a telephone, an emergency or a feature code, whatever is sold', () => {
  it('a number of the caller’s own country, as written there, calls that number', () => {
    fc.assert(
      fc.property(telephone, separator, ending, ({ region: country, e164 }, between, end) => {
        const dialled = [...nationalDigits(e164)].join(between) + end;
        return callsTelephone(dialled, country, e164);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a number of any country after + or any international prefix of the caller’s calls that number', () => {
    fc.assert(
      fc.property(telephone, region, ending, ({ e164 }, country, end) => {
        const forms = [e164, ...dialledAbroad(e164, country)];
        return forms.every((dialled) => callsTelephone(dialled + end, country, e164));
      }),
      { numRuns: 1_000 },
    );
  });

  it('digits that libphonenumber takes for a number with its trunk prefix, or after one abroad, are never ours', () => {
    let telephones = 0;
    const trunk = fc.constantFrom('0', '00', '001', '010', '011', '1', '8');
    fc.assert(
      fc.property(region, trunk, fc.stringMatching(/^[1-9]\d{5,12}$/), (country, prefix, rest) => {
        const dialled = prefix + rest;
        const known = parsePhoneNumberFromString(
          dialled,
          { defaultCountry: country as 'KR', extract: false },
          metadata,
        );
        if (known?.isValid() !== true || !isDialable(dialled, known)) return true;
        telephones++;
        return !isOurs(readWhenEverythingIsSold(dialled, { country, deviceCountry: country }));
      }),
      { numRuns: 15_000 },
    );
    expect(telephones).toBeGreaterThan(200);
  });

  it('a local number in the caller’s area calls that number', () => {
    for (const [area, country, local, e164] of LOCAL) {
      for (const end of ['', '#']) {
        const reading = readWhenEverythingIsSold(local + end, { country, area, deviceCountry: country });
        expect(reading).toMatchObject({ kind: 'pstn', e164 });
      }
    }
  });

  it('every emergency and short code of the device’s country is read as one, wherever its owner is from', () => {
    fc.assert(
      fc.property(region, region, ending, separator, (deviceCountry, country, end, between) => {
        return emergencyNumbers(deviceCountry).every((code) => {
          const dialled = [...code].join(between) + end;
          const reading = readWhenEverythingIsSold(dialled, { country, deviceCountry });
          return reading.kind === 'emergency' && reading.country === deviceCountry;
        });
      }),
      { numRuns: 500 },
    );
  });

  it('every feature code is read as one', () => {
    for (const { code, feature, argument, companyId } of WORLD_CONFIG.featureCodes) {
      const dialled = argument === 'required' ? `${code}0212345678` : code;
      const from = { country: 'KR', deviceCountry: 'KR', ...(companyId === undefined ? {} : { companyId }) };
      expect(readWhenEverythingIsSold(dialled, from)).toMatchObject({ kind: 'feature', feature });
    }
  });

  it('but an explicit form is always ours', () => {
    const number = fc.stringMatching(/^\d{3,12}$/);
    fc.assert(
      fc.property(
        number,
        fc.constantFrom('#', '*'),
        fc.constantFrom('082', '82', '1', '001', '49'),
        region,
        (n, sign, ccc, country) => {
          const reading = readWhenEverythingIsSold(`${n}${sign}${ccc}`, { country, deviceCountry: country });
          expect(reading).toMatchObject({ kind: 'vns', number: n });
        },
      ),
    );
  });
});

/** Without the trunk prefix that its country writes, or with its calling code but no +, nobody can dial a number. */
function isDialable(dialled: string, known: PhoneNumber): boolean {
  const written = known.formatNational().replace(/\D/g, '');
  const callingCodeInFront = known.countryCallingCode + known.nationalNumber === dialled;
  return (
    dialled === written || (dialled !== known.nationalNumber && !(callingCodeInFront && dialled[0] !== '1'))
  );
}

/** Area, country, local number, E.164: Seoul, New York, Tokyo, Berlin, London, Paris has none, Sydney. */
const LOCAL = [
  ['02', 'KR', '62006200', '+82262006200'],
  ['2', 'KR', '62006200', '+82262006200'],
  ['212', 'US', '8675309', '+12128675309'],
  ['03', 'JP', '54671212', '+81354671212'],
  ['030', 'DE', '23125001', '+493023125001'],
  ['020', 'GB', '79460082', '+442079460082'],
  ['02', 'AU', '55501234', '+61255501234'],
] as const;
