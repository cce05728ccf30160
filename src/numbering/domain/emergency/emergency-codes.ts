import type { Region } from '../telephone/region.js';
import { AFRICA } from './africa.js';
import { AMERICAS } from './americas.js';
import { ASIA_PACIFIC } from './asia-pacific.js';
import { EUROPE } from './europe.js';

/** Who answers. `emergency`: one centre for all. The last two are short codes: not urgent, but never shadowed either. */
export type EmergencyService =
  | 'emergency'
  | 'police'
  | 'fire'
  | 'ambulance'
  | 'coastguard'
  | 'mountain'
  | 'gas'
  | 'poison'
  | 'deaf'
  | 'helpline'
  | 'public-service';

export interface EmergencyCode {
  readonly dialled: string;
  /** What the country's network is sent: differs from `dialled` where 112 or 911 is foreign there. */
  readonly number: string;
  readonly service: EmergencyService;
}

const SERVICES = new Set<string>([
  'emergency',
  'police',
  'fire',
  'ambulance',
  'coastguard',
  'mountain',
  'gas',
  'poison',
  'deaf',
  'helpline',
  'public-service',
] satisfies EmergencyService[]);

/** 112 and 911 are emergency calls on every mobile phone in the world (3GPP TS 22.101 10.1): travellers dial them anywhere. */
const EVERYWHERE = ['112', '911'];

/**
 * Emergency and free short codes per country, `code service, …`, the main emergency code first. Premium and directory
 * codes (118xxx …) are left out on purpose: what is listed here is never stopped by balance or barring.
 * Compiled from the national numbering plans that countries notify to ITU-T (E.129, www.itu.int/oth/T0202), the
 * European Commission's 112 pages, NANPA, and the regulators' lists; compared code by code with libphonenumber's
 * ShortNumberMetadata (emergency-codes.spec.ts says where it knows codes that we leave out, and why).
 */
const TABLE: Readonly<Record<Region, string>> = { ...EUROPE, ...AMERICAS, ...ASIA_PACIFIC, ...AFRICA };

const BY_REGION: ReadonlyMap<Region, ReadonlyMap<string, EmergencyCode>> = new Map(
  Object.entries(TABLE).map(([region, text]) => [region, withFallback(parseCodes(text))]),
);

const FALLBACK: ReadonlyMap<string, EmergencyCode> = withFallback(parseCodes('112 emergency'));

/** The emergency or short code that `digits` is in `region`, or undefined. Exact: a longer number is never one. */
export function emergencyCode(digits: string, region: Region): EmergencyCode | undefined {
  return emergencyCodes(region).get(digits);
}

/** All codes of a region by what is dialled, the main one first; a region without a table has 112 and 911. */
export function emergencyCodes(region: Region): ReadonlyMap<string, EmergencyCode> {
  return BY_REGION.get(region) ?? FALLBACK;
}

/** What may be dialled for help or a short code in `region`, the main code first. */
export function emergencyNumbers(region: Region): readonly string[] {
  return [...emergencyCodes(region).keys()];
}

/** Where `digits` are an emergency or short code: everywhere, for 112 and 911. */
export function emergencyRegions(digits: string): readonly Region[] {
  return [...BY_REGION].filter(([, codes]) => codes.has(digits)).map(([region]) => region);
}

/** What to send for "help, of this kind" (RFC 5031): the service's own code, else the main one. */
export function codeForService(service: string, region: Region): EmergencyCode {
  const codes = [...emergencyCodes(region).values()];
  const named = codes.find((code) => code.service === SOS_SERVICES[service]);
  const main = named ?? codes[0];
  if (main === undefined) throw new Error(`no emergency code for ${region}`);
  return main;
}

const SOS_SERVICES: Readonly<Record<string, EmergencyService>> = {
  police: 'police',
  fire: 'fire',
  ambulance: 'ambulance',
  marine: 'coastguard',
  mountain: 'mountain',
  gas: 'gas',
  poison: 'poison',
};

function parseCodes(text: string): EmergencyCode[] {
  return text.split(',').map((entry) => {
    const [dialled = '', service = ''] = entry.trim().split(' ');
    if (!/^\d{2,6}$/.test(dialled) || !isService(service)) throw new Error(`emergency table: '${entry}'`);
    return { dialled, number: dialled, service };
  });
}

function withFallback(codes: readonly EmergencyCode[]): ReadonlyMap<string, EmergencyCode> {
  const main = codes[0];
  if (main === undefined) throw new Error('emergency table: a region without a code');
  const own = new Map(codes.map((code) => [code.dialled, code]));
  for (const dialled of EVERYWHERE) {
    if (!own.has(dialled)) own.set(dialled, { ...main, dialled });
  }
  return own;
}

function isService(text: string): text is EmergencyService {
  return SERVICES.has(text);
}
