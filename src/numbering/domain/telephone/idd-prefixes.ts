import { cccOfRegion } from './country-codes.js';
import type { Region } from './region.js';

/**
 * What is dialled before a country code to call abroad, where that is not `00` (or `011` under +1). `x` is any digit.
 * Countries without a single prefix have one for each international carrier; the first here is the one we send.
 * Sources: ITU-T "Dialling procedures (international prefix, national (trunk) prefix and national (significant)
 * number)", Annex to Operational Bulletin 994 (15.XII.2011), and the regulators' lists of carrier selection codes
 * (MSIT for KR, MIC for JP, Anatel for BR, CRC for CO, Subtel for CL, OFCA for HK, IMDA for SG, NBTC for TH, NCC for TW).
 */
const PREFIXES: Readonly<Record<Region, string>> = {
  AU: '0011 0014 0015 0016 0018 0019 14110011 14140011 14340011 14410011 14470011 14560011 14660011 14740011 14770011 14880011',
  AX: '00 990 991 994 996 999 99511 99532 99533 99541 99555 99559 99577 99588 99590 99599',
  BO: '00 001x',
  BR: '0021 0012 0014 0015 0022 0023 0025 0031 0041 0043 0055 0065 0099',
  BY: '810',
  CC: '0011 0014 0015 0016 0018 0019',
  CL: '00 1100 1110 1120 1130 1140 1150 1160 1190 1200 1220 1230 1240 1250 1510 1530 1540 1550 1580 1690 1700 1710 1760 1770 1800 1810 1880',
  CN: '00 11xxx00 12xxx00 179xx00',
  CO: '009 005 007 00414 00444 00456',
  CU: '119',
  CV: '0',
  CX: '0011 0014 0015 0016 0018 0019',
  FI: '00 990 991 994 996 999 99511 99532 99533 99541 99555 99559 99577 99588 99590 99599',
  FJ: '00 052',
  FM: '011 00',
  GY: '001',
  HK: '001 00 002 006 007 008 009 0030 0050 0059',
  ID: '001 007 008 009 01017',
  IL: '00 0105 012 013 014 015 016 017 018 019',
  IS: '00 1001 1010 1020 1100',
  JP: '010 001010 0033010 0041010 0061010',
  KE: '000',
  KH: '001 004 005 006 007 008 009',
  KP: '00 99',
  KR: '001 002 005 006 008 009 00345 00365 00391 00700 00727 0073 00755 00761 00762 00766',
  KZ: '810',
  MH: '011',
  MN: '001 00',
  MU: '00 020 030 033 040 050 060 070',
  MV: '00 019',
  MX: '00 09',
  NG: '009',
  NZ: '00 0161',
  PE: '00 191100 191200 191400 197700 199000',
  PG: '00 1401 1402 1403',
  PW: '011 012',
  RU: '810',
  SB: '00 01',
  SC: '00 01 02 010',
  SG: '001 00x 01x 02x 03x',
  SI: '00 1022 1066 1088 1099',
  TD: '00 16',
  TH: '001 002 003 004 005 006 007 008 009',
  TJ: '810',
  TM: '810',
  TW: '002 005 006 007 009 019',
  TZ: '000 005 006',
  UG: '000 005 007',
  UY: '00 013x 014x 015x 016x 017x 018x 019x',
  WS: '0',
};

const NANP = ['011'];
const USUAL = ['00'];

const BY_REGION: ReadonlyMap<Region, readonly string[]> = new Map(
  Object.entries(PREFIXES).map(([region, text]) => [region, text.split(' ')]),
);

/** The international prefixes of a region, in its own order; `x` in them is any digit. */
export function iddPrefixes(region: Region): readonly string[] {
  return BY_REGION.get(region) ?? (cccOfRegion(region) === '001' ? NANP : USUAL);
}

/** The one that a country's own network takes when we dial into it: `001` in KR, `011` in the US. */
export function homeIddPrefix(region: Region): string {
  return iddPrefixes(region)[0] ?? '00';
}

/** What `dial` leaves after each international prefix of the region that it starts with, the shortest rest first. */
export function afterIddPrefixes(dial: string, region: Region): readonly string[] {
  return iddPrefixes(region)
    .filter((prefix) => startsWith(dial, prefix))
    .sort((a, b) => b.length - a.length)
    .map((prefix) => dial.slice(prefix.length));
}

function startsWith(dial: string, prefix: string): boolean {
  if (dial.length < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) {
    if (prefix[i] !== dial[i] && prefix[i] !== 'x') return false;
  }
  return true;
}
