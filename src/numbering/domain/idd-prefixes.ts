import { cccOfRegion } from './country-codes.js';
import type { Region } from './region.js';

/**
 * What is dialled before a country code to call abroad. From ITU-T's "Dialling procedures" (Operational Bulletin annex) and the regulators'
 * lists of carrier selection codes.
 */
const PREFIXES: Readonly<Record<Region, string>> = {
  KR: '001 002 005 006 008 009 00345 00365 00391 00700 00727 00733 00755 00756 00761 00762 00766',
  JP: '010 001010 0033010 0061010 0041010',
};

const NANP = ['011'];
const USUAL = ['00'];

const BY_REGION: ReadonlyMap<Region, readonly string[]> = new Map(
  Object.entries(PREFIXES).map(([region, text]) => [
    region,
    text.split(' ').sort((a, b) => b.length - a.length),
  ]),
);

/** The international prefixes of a region, longest first. */
export function iddPrefixes(region: Region, ccc: string | undefined): readonly string[] {
  return BY_REGION.get(region) ?? (ccc === '001' ? NANP : USUAL);
}

/** The one that a country's own network takes when we dial into it: `001` in KR, `011` in the US. */
export function homeIddPrefix(region: Region): string {
  const listed = PREFIXES[region]?.split(' ')[0];
  return listed ?? iddPrefixes(region, cccOfRegion(region))[0] ?? '00';
}
