import { pinRegion } from '../own/pin.js';
import type { Plan } from '../plan/plan.js';
import { cccOfRegion, regionsOf } from '../telephone/country-codes.js';
import type { Ccc, Region } from '../telephone/region.js';
import type { NumberForSale } from './sale.js';

/** A spelling of a number for sale without `#` and `*`. */
export interface Spelling {
  readonly digits: string;
  /** Where its holder's own callers dial it: here it must not call a telephone. */
  readonly home: readonly Region[];
  /** Whether it is dialled from elsewhere too; an identification number without ccc is not. */
  readonly worldwide: boolean;
}

/** A personal number has one (an identification number a second, at home); a company's one for each country code. */
export function spellings(number: NumberForSale, plan: Plan): readonly Spelling[] {
  if (number.kind === 'vns') return companySpellings(number.number, [number.ccc, ...number.branchCccs], plan);
  const region = pinRegion(number, plan.config.defaultRegions);
  const home = region === undefined ? [] : [region];
  const full = { digits: number.areaNumber + number.ccc, home, worldwide: true };
  return number.identification ? [full, { digits: number.areaNumber, home, worldwide: false }] : [full];
}

/**
 * Besides the branches that there are, those that there could be: NUMBER is one for the whole world, and a branch opened
 * later in a country that we serve must not find its digits calling a telephone there (`0106200` + `082`).
 */
function companySpellings(number: string, cccs: readonly Ccc[], plan: Plan): readonly Spelling[] {
  const { servedCountries } = plan.config;
  const served = servedCountries.flatMap((region) => cccOfRegion(region) ?? []);
  return [...new Set([...cccs, ...served])].map((ccc) => ({
    digits: number + ccc,
    home: regionsOf(ccc).filter((region) => cccs.includes(ccc) || servedCountries.includes(region)),
    worldwide: true,
  }));
}
