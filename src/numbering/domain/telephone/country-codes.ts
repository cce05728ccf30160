import metadata from 'libphonenumber-js/max/metadata';
import type { Ccc, Region } from './region.js';

const REGIONS_BY_CCC: ReadonlyMap<Ccc, readonly Region[]> = new Map(
  Object.entries(metadata.country_calling_codes).map(([code, regions]) => [cccOf(code), regions]),
);

const CCC_BY_REGION: ReadonlyMap<Region, Ccc> = new Map(
  [...REGIONS_BY_CCC].flatMap(([ccc, regions]) => regions.map((region) => [region, ccc] as const)),
);

/** Every ISO region that has a calling code. */
export const REGIONS: readonly Region[] = [...CCC_BY_REGION.keys()];

/** Every ccc that belongs to countries. */
export const CCCS: readonly Ccc[] = [...REGIONS_BY_CCC.keys()];

/** The longest calling codes have three digits, so padding never cuts: `82` → `082`. */
export function cccOf(callingCode: string): Ccc {
  return callingCode.padStart(3, '0');
}

/** `082` → `82`. */
export function callingCodeOf(ccc: Ccc): string {
  return ccc.replace(/^0+/, '');
}

/** The calling code that an E.164 number begins with: `+8225551234` → `82`; undefined for what belongs to no country. */
export function callingCodeIn(e164: string): string | undefined {
  if (!e164.startsWith('+')) return undefined;
  return [1, 2, 3].map((digits) => e164.slice(1, 1 + digits)).find((code) => isCcc(cccOf(code)));
}

/** Regions that share the code, its main one first (`001` → US, AG, …, CA …); empty for an unknown code. */
export function regionsOf(ccc: Ccc): readonly Region[] {
  return REGIONS_BY_CCC.get(ccc) ?? [];
}

/** Only codes that belong to countries: our numbers end in one. +800, +870 … belong to none. */
export function isCcc(text: string): boolean {
  return REGIONS_BY_CCC.has(text);
}

export function cccOfRegion(region: Region): Ccc | undefined {
  return CCC_BY_REGION.get(region);
}
