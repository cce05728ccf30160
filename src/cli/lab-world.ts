import { createHash, createHmac } from 'node:crypto';

/**
 * The demo world as rows: members with numbers and phones in KR, US and JP, and the lab's gateways, partner centre
 * and carrier. Addresses are those of docs/architecture.md; ids are derived from names, so seeding twice changes nothing.
 */
export interface LabWorld {
  readonly members: readonly MemberRow[];
  readonly devices: readonly DeviceRow[];
  readonly numbers: readonly NumberRow[];
  readonly trunks: readonly TrunkRow[];
  readonly centres: readonly CentreRow[];
  readonly routes: readonly RouteRow[];
}
interface MemberRow {
  id: string;
  kind: 'person' | 'company';
  name: string;
  language: string;
  country: string;
  area: string | null;
}
interface DeviceRow {
  id: string;
  member_id: string;
  username: string;
  digest: string;
  label: string;
  kind: 'sip' | 'webrtc';
  country: string;
  area: string | null;
  location_number: string;
  location_national: string;
}
interface NumberRow {
  id: string;
  key: string;
  kind: 'pin';
  ccc: string;
  region: string;
  area_number: string;
  display: string;
  holder_id: string;
  shadow: string;
}
interface TrunkRow {
  id: string;
  name: string;
  kind: 'gateway' | 'centre' | 'carrier';
  country: string;
  host: string;
  port: number;
  called_format: object;
  calling_format: object;
  default_cli: string | null;
  trusted: boolean;
  emergency: boolean;
}
interface CentreRow {
  id: string;
  name: string;
  country: string;
  kind: 'own' | 'partner';
  trunk_id: string | null;
}
interface RouteRow {
  id: string;
  prefix: string;
  trunk_id: string;
  priority: number;
  cost_micro: number;
  currency: string;
}

interface Person {
  readonly name: string;
  readonly language: string;
  readonly country: string;
  readonly area: string;
  /** National number in display form, and the same as E.164. */
  readonly pin: string;
  readonly shadow: string;
  readonly phone: string;
}

const people: readonly Person[] = [
  {
    name: 'Kim Ara',
    language: 'ko',
    country: 'KR',
    area: '02',
    pin: '02-6200-6100-082',
    shadow: '+82262006100',
    phone: 'lab-a',
  },
  {
    name: 'Lee Bomin',
    language: 'ko',
    country: 'KR',
    area: '02',
    pin: '02-6200-6200-082',
    shadow: '+82262006200',
    phone: 'lab-b',
  },
  {
    name: 'Grace Hall',
    language: 'en',
    country: 'US',
    area: '212',
    pin: '212-867-5300-001',
    shadow: '+12128675300',
    phone: 'lab-us',
  },
  {
    name: 'Sato Jun',
    language: 'ja',
    country: 'JP',
    area: '03',
    pin: '03-6200-6300-081',
    shadow: '+81362006300',
    phone: 'lab-jp',
  },
];

/** The secret of a sample phone: never stored, derived from the instance's own seed, so `up` can print it. */
export function phoneSecret(seed: string, username: string): string {
  return createHmac('sha256', seed).update(username).digest('hex').slice(0, 24);
}

/** RFC 2617 HA1. MD5 is what desk phones speak; the stored digest is as good as the secret and is guarded like one. */
export function digestOf(username: string, realm: string, secret: string): string {
  return createHash('md5').update(`${username}:${realm}:${secret}`).digest('hex');
}

/** A stable UUID (version 8, RFC 9562) from a name. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(`anydial lab ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** @param lab where the lab's roles listen, the seed of the sample phones' secrets, and our SIP realm. */
export function labWorld(lab: { sipPort: number; phoneSeed: string; realm: string }): LabWorld {
  const memberId = (person: Person) => idOf(`member ${person.phone}`);
  return {
    members: people.map((p) => ({
      id: memberId(p),
      kind: 'person',
      name: p.name,
      language: p.language,
      country: p.country,
      area: p.area,
    })),
    devices: people.map((p) => ({
      id: idOf(`device ${p.phone}`),
      member_id: memberId(p),
      username: p.phone,
      digest: digestOf(p.phone, lab.realm, phoneSecret(lab.phoneSeed, p.phone)),
      label: `${p.name}'s desk phone`,
      kind: 'sip',
      country: p.country,
      area: p.area,
      location_number: p.shadow,
      location_national: p.pin.replaceAll('-', '').slice(0, -3),
    })),
    numbers: people.map((p) => {
      const key = p.pin.replaceAll('-', '');
      return {
        id: idOf(`number ${p.pin}`),
        key,
        kind: 'pin',
        ccc: key.slice(-3),
        region: p.country,
        area_number: key.slice(0, -3),
        display: p.pin,
        holder_id: memberId(p),
        shadow: p.shadow,
      };
    }),
    trunks: trunks(lab.sipPort),
    centres: [
      { id: 'centre-kr', name: 'Seoul centre', country: 'KR', kind: 'own', trunk_id: null },
      { id: 'centre-us', name: 'New York centre', country: 'US', kind: 'own', trunk_id: null },
      {
        id: 'centre-jp',
        name: 'Tokyo centre (partner)',
        country: 'JP',
        kind: 'partner',
        trunk_id: 'partner-jp',
      },
    ],
    routes: [
      {
        id: idOf('route 82'),
        prefix: '82',
        trunk_id: 'gw-kr',
        priority: 10,
        cost_micro: 12_000,
        currency: 'USD',
      },
      {
        id: idOf('route 1'),
        prefix: '1',
        trunk_id: 'gw-us',
        priority: 10,
        cost_micro: 8_000,
        currency: 'USD',
      },
      {
        id: idOf('route 81'),
        prefix: '81',
        trunk_id: 'gw-jp',
        priority: 10,
        cost_micro: 15_000,
        currency: 'USD',
      },
      {
        id: idOf('route any'),
        prefix: '',
        trunk_id: 'gw-us',
        priority: 100,
        cost_micro: 90_000,
        currency: 'USD',
      },
    ],
  };
}

function trunks(port: number): readonly TrunkRow[] {
  const gateway = { kind: 'gateway', port, trusted: true, emergency: true } as const;
  return [
    {
      ...gateway,
      id: 'gw-kr',
      name: 'PSTN gateway Seoul',
      country: 'KR',
      host: '127.0.0.21',
      called_format: { form: 'national' },
      calling_format: { form: 'national' },
      default_cli: '+82262000000',
    },
    {
      ...gateway,
      id: 'gw-us',
      name: 'PSTN gateway New York',
      country: 'US',
      host: '127.0.0.22',
      called_format: { form: 'e164plus' },
      calling_format: { form: 'e164plus' },
      default_cli: '+12128675000',
    },
    {
      ...gateway,
      id: 'gw-jp',
      name: 'PSTN gateway Tokyo',
      country: 'JP',
      host: '127.0.0.23',
      called_format: { form: 'national' },
      calling_format: { form: 'international', prefix: '010' },
      default_cli: '+81362000000',
    },
    {
      id: 'partner-jp',
      name: 'Partner centre Tokyo',
      kind: 'centre',
      country: 'JP',
      host: '127.0.0.33',
      port,
      called_format: { form: 'e164plus' },
      calling_format: { form: 'e164plus' },
      default_cli: null,
      trusted: true,
      emergency: false,
    },
    {
      id: 'carrier-one',
      name: 'Carrier One (VoIP)',
      kind: 'carrier',
      country: 'KR',
      host: '127.0.0.41',
      port,
      called_format: { form: 'national' },
      calling_format: { form: 'e164' },
      default_cli: null,
      trusted: false,
      emergency: false,
    },
  ];
}
