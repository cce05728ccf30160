import {
  type AddressOwner,
  type Assignment,
  candidates,
  compilePlan,
  DEFAULT_PLAN,
  decideReading,
  type Found,
  NOTHING_FOUND,
} from '../../numbering/index.js';
import type { Origin } from './call.js';
import { calleeOf } from './callee.js';
import type { Callee, Destination, Member, RouteFacts } from './facts.js';
import { NO_LOAD } from './load.js';
import { DEFAULT_CALL_SETTINGS } from './member.js';
import { type Network, networkOf, type Route, type Trunk } from './network.js';

/** A small world for specs: Kim and Lee in Seoul, a company with branches, gateways, a carrier, a partner in Tokyo. */
const compiled = compilePlan({
  ...DEFAULT_PLAN,
  featureCodes: [
    { code: '*97', feature: 'voicemail', argument: 'none' },
    { code: '*43', feature: 'echo', argument: 'none' },
    { code: '*21', feature: 'forward-always', argument: 'optional' },
    { code: '*31', feature: 'hide-number', argument: 'required' },
  ],
  carriers: [
    {
      id: 'other',
      patterns: [{ prefix: '*393', minLength: 6, maxLength: 12 }],
      e164Prefixes: ['+8270'],
      domains: ['carrier.example'],
    },
  ],
});
if (!compiled.ok) throw new Error('the plan of the specs does not compile');
const plan = compiled.value;

export const memberOf = (id: string, name: string, more: Partial<Member> = {}): Member => ({
  id,
  name,
  active: true,
  language: 'ko',
  country: 'KR',
  area: '02',
  devices: [],
  numbers: [],
  contacts: [],
  carrierNumbers: [],
  findMe: [],
  settings: DEFAULT_CALL_SETTINGS,
  ...more,
});

const numbered = (key: string, e164: string, region = 'KR') => ({
  numbers: [{ key, region, shadows: [{ country: region, e164, verified: true }] }],
});
export const kim = memberOf('kim', 'Kim Ara', {
  devices: ['lab-a', 'lab-a2'],
  ...numbered('0262006100082', '+82262006100'),
});
export const lee = memberOf('lee', 'Lee Bomin', {
  devices: ['lab-b'],
  ...numbered('0262006200082', '+82262006200'),
});
/** Has a number in Tokyo and no phone of ours: he is the partner's. */
export const ito = memberOf('ito', 'Ito Ken', { ...numbered('0362006400081', '+81362006400', 'JP') });
export const acme = memberOf('acme', 'Acme');
export const acmeSeoul = memberOf('acme-kr', 'Acme Seoul', { devices: ['acme-kr'] });
export const acmeNewYork = memberOf('acme-us', 'Acme New York', { devices: ['acme-us'] });
export const everybody: readonly Member[] = [kim, lee, ito, acme, acmeSeoul, acmeNewYork];

const assignmentOf = ({ id, numbers }: Member): Assignment => ({
  kind: 'pin',
  id: `number of ${id}`,
  key: numbers[0]?.key ?? '',
  ccc: numbers[0]?.key.slice(-3) ?? '',
  region: numbers[0]?.region ?? '',
  identification: false,
  holderId: id,
  shadows: numbers[0]?.shadows ?? [],
});
const branch = (region: string, ccc: string, memberId: string) => ({
  id: memberId,
  region,
  ccc,
  isDefault: true,
  memberId,
});
const companyNumber: Assignment = {
  kind: 'vns',
  id: 'number of acme',
  key: '62006200#',
  ccc: '082',
  region: 'KR',
  holderId: 'acme',
  shadows: [],
  branches: [branch('KR', '082', 'acme-kr'), branch('US', '001', 'acme-us')],
};
const sold = [...[kim, lee, ito].map(assignmentOf), companyNumber];
const owner = (holderId: string, assignment?: Assignment): AddressOwner => ({
  holderId,
  verified: true,
  ...(assignment === undefined ? {} : { assignment }),
});
const found: Found = {
  ...NOTHING_FOUND,
  assignments: new Map(sold.map((one) => [one.key, one])),
  shadows: new Map(sold.flatMap((one) => one.shadows.map(({ e164 }) => [e164, one]))),
  domains: new Map([['acme.example', owner('acme', companyNumber)]]),
  emails: new Map([['lee@mail.example', owner('lee', assignmentOf(lee))]]),
};

export const trunkOf = (id: string, country: string, more: Partial<Trunk> = {}): Trunk => ({
  id,
  kind: 'gateway',
  country,
  calledFormat: { form: 'national' },
  callingFormat: { form: 'national' },
  defaultCli: null,
  trusted: false,
  emergency: true,
  attests: false,
  verifies: 'no',
  maxCalls: null,
  maxCallsPerSecond: null,
  ...more,
});
export const seoul = trunkOf('gw-kr', 'KR');
export const newYork = trunkOf('gw-us', 'US', {
  calledFormat: { form: 'e164plus' },
  callingFormat: { form: 'e164plus' },
});
export const carrier = trunkOf('carrier-one', 'KR', { kind: 'carrier', emergency: false });
export const partner = trunkOf('partner-jp', 'JP', {
  kind: 'centre',
  calledFormat: { form: 'e164plus' },
  callingFormat: { form: 'e164plus' },
  emergency: false,
  trusted: true,
});
export const routeOf = (prefix: string, trunk: Trunk, more: Partial<Route> = {}): Route => ({
  id: `${prefix} by ${trunk.id}`,
  prefix,
  trunk,
  priority: 10,
  weight: 1,
  costMicro: 0n,
  currency: 'USD',
  maxCalls: null,
  ...more,
});
export const network: Network = networkOf({
  trunks: [seoul, newYork, carrier, partner],
  routes: [
    routeOf('82', seoul, { costMicro: 12_000n }),
    routeOf('1', newYork, { costMicro: 8_000n }),
    routeOf('', newYork, { priority: 100, costMicro: 90_000n }),
  ],
  centres: [{ country: 'JP', area: null, trunk: partner }],
  carriers: new Map([['other', carrier]]),
});

export const phoneOfKim: Origin = {
  kind: 'member',
  memberId: 'kim',
  deviceId: 'd1',
  username: 'lab-a',
  country: 'KR',
  area: '02',
  location: '+82262006100',
};
export const fromSeoul: Origin = { kind: 'trunk', trunkId: 'gw-kr', country: 'KR' };
export const fromPartner: Origin = { kind: 'trunk', trunkId: 'partner-jp', country: 'JP' };

/** Where a string leads when it is dialled there: read by the real number plan. */
export function destinationOf(
  dialled: string,
  { country, area }: { readonly country: string; readonly area?: string } = { country: 'KR', area: '02' },
): Destination {
  const context = { country, deviceCountry: country, ...(area === undefined ? {} : { area }) };
  const { reading, verdicts } = decideReading(candidates(dialled, context, plan), found);
  const id = calleeOf(reading);
  return { dialled, reading, verdicts, callee: everybody.find((one) => one.id === id) };
}

/** The facts of a call. */
export function factsOf(dialled: string, more: Partial<RouteFacts> = {}): RouteFacts {
  const origin = more.origin ?? phoneOfKim;
  const area = origin.kind === 'member' ? origin.area : undefined;
  return {
    ...destinationOf(dialled, { country: origin.country, ...(area === undefined ? {} : { area }) }),
    origin,
    presented: '',
    caller: origin.kind === 'member' ? kim : undefined,
    hidden: false,
    network,
    dice: 0,
    time: Date.UTC(2026, 10, 23, 12),
    trunkHealth: () => 'closed',
    load: NO_LOAD,
    memberLimits: { calls: null, callsPerSecond: null },
    sipDomain: 'sip.example',
    ...more,
  };
}

/** A called member with other settings than the usual. */
export const calleeWith = (
  member: Callee,
  settings: Partial<Member['settings']>,
  more: Partial<Callee> = {},
): Callee => ({
  ...member,
  settings: { ...member.settings, ...settings },
  ...more,
});
