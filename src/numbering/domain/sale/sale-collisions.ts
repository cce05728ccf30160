import { emergencyRegions } from '../emergency/emergency-codes.js';
import type { Plan } from '../plan/plan.js';
import { REGIONS } from '../telephone/country-codes.js';
import type { Phone } from '../telephone/phone.js';
import { matchPstn } from '../telephone/pstn-forms.js';
import type { Region } from '../telephone/region.js';
import type { NumberForSale, SaleRefusal, SaleWarning } from './sale.js';
import { type Spelling, spellings } from './sale-spellings.js';

export interface Collisions {
  readonly reasons: readonly SaleRefusal[];
  readonly warnings: readonly SaleWarning[];
}

/** What else the number's digits mean somewhere: telephones, emergency and short codes, feature codes. */
export function collisions(number: NumberForSale, plan: Plan): Collisions {
  const found = spellings(number, plan).map((spelling) => {
    return telephones(spelling, spelling.worldwide ? REGIONS : spelling.home, plan);
  });
  return {
    reasons: [...found.flatMap(({ reasons }) => reasons), ...codeRefusals(number, plan)],
    warnings: [...found.flatMap(({ warnings }) => warnings), ...hashAlone(number)],
  };
}

/** The refusals among them, which need only the number's own countries to be asked: for checking many numbers again. */
export function homeCollisions(number: NumberForSale, plan: Plan): readonly SaleRefusal[] {
  const found = spellings(number, plan).flatMap(
    (spelling) => telephones(spelling, spelling.home, plan).reasons,
  );
  return [...found, ...codeRefusals(number, plan)];
}

/** At home a telephone refuses the sale, unless the country's numbers are such that it would refuse nearly every sale. */
function telephones({ digits, home }: Spelling, where: readonly Region[], plan: Plan): Collisions {
  const reasons: SaleRefusal[] = [];
  const countries: Region[] = [];
  for (const country of where) {
    const phone = telephoneIn(country, digits);
    if (phone === undefined) continue;
    if (home.includes(country) && !plan.config.explicitOnlyCountries.includes(country)) {
      const text = `in ${country}, ${digits} calls the telephone ${phone.e164}`;
      reasons.push({ code: 'telephone-number', country, e164: phone.e164, text });
    } else {
      countries.push(country);
    }
  }
  const text = `from ${countries.join(', ')} dial the form with * or #: there ${digits} is a telephone number`;
  const warnings: SaleWarning[] =
    countries.length === 0 ? [] : [{ code: 'explicit-form-needed', digits, countries, text }];
  return { reasons, warnings };
}

/** Codes that the digits are, or that NUMBER and an end-of-dialling `#` would be: of any country, we may serve it tomorrow. */
function codeRefusals(number: NumberForSale, plan: Plan): readonly SaleRefusal[] {
  const own = number.kind === 'vns' ? number.number : number.areaNumber;
  const digits = new Set([own, ...spellings(number, plan).map((spelling) => spelling.digits)]);
  return [...digits].flatMap((dialled) => [
    ...[...emergencyRegions(dialled), ...operatorCodes(dialled, plan)].map((country): SaleRefusal => {
      return {
        code: 'emergency-code',
        country,
        text: `${dialled} is an emergency or short code in ${country}`,
      };
    }),
    ...plan.config.featureCodes
      .filter(({ code }) => code === dialled)
      .map(({ feature }): SaleRefusal => {
        return { code: 'feature-code', text: `${dialled} is the feature code of ${feature}` };
      }),
  ]);
}

function operatorCodes(dialled: string, plan: Plan): readonly Region[] {
  return plan.config.shortCodes.filter((code) => code.dialled === dialled).map((code) => code.country);
}

function hashAlone(number: NumberForSale): readonly SaleWarning[] {
  if (number.kind !== 'vns') return [];
  const countries = REGIONS.filter((country) => telephoneIn(country, number.number) !== undefined);
  if (countries.length === 0) return [];
  const text = `from ${countries.join(', ')} dial ${number.number}* or add the country code: ${number.number}# calls a telephone`;
  return [{ code: 'hash-alone-is-telephone', countries, text }];
}

function telephoneIn(country: Region, digits: string): Phone | undefined {
  const match = matchPstn(digits, { country, deviceCountry: country });
  return match?.form === 'short' ? undefined : match?.phone;
}
