import { digestOf, idOf, PROVED_AT, phoneSecret } from './lab-world.names.js';
import type { DeviceRow, LabPlace, LabWorld, MemberRow } from './lab-world.rows.js';

interface BranchOffice {
  readonly name: string;
  readonly language: string;
  readonly country: string;
  readonly area: string;
  readonly ccc: string;
  readonly phone: string;
  /** The company's own telephone number there, in both forms. */
  readonly e164: string;
  readonly national: string;
}

const offices: readonly BranchOffice[] = [
  {
    name: 'Hanbit Seoul',
    language: 'ko',
    country: 'KR',
    area: '02',
    ccc: '082',
    phone: 'lab-hanbit-kr',
    e164: '+82262006000',
    national: '0262006000',
  },
  {
    name: 'Hanbit New York',
    language: 'en',
    country: 'US',
    area: '212',
    ccc: '001',
    phone: 'lab-hanbit-us',
    e164: '+12128676000',
    national: '2128676000',
  },
  {
    name: 'Hanbit Tokyo',
    language: 'ja',
    country: 'JP',
    area: '03',
    ccc: '081',
    phone: 'lab-hanbit-jp',
    e164: '+81362006000',
    national: '0362006000',
  },
];

const COMPANY = idOf('member Hanbit');
const NUMBER = idOf('number 62006200#');
const officeId = ({ name }: BranchOffice): string => idOf(`member ${name}`);

type CompanysRows = Pick<LabWorld, 'members' | 'devices' | 'numbers' | 'shadows' | 'branches' | 'domains'>;

/**
 * Hanbit: one number for the whole world (6200-6200), a branch in each country answered by an office with a phone, and its
 * domain, proved (hanbit.example, 한빛.example) and not. The office in Seoul has an identification number besides.
 */
export function companysRows(place: LabPlace): CompanysRows {
  return {
    members: [
      { id: COMPANY, kind: 'company', name: 'Hanbit', language: 'ko', country: 'KR', area: '02' },
      ...offices.map(officeRow),
    ],
    devices: offices.map((office) => deviceRow(office, place)),
    numbers: [
      {
        id: NUMBER,
        key: '62006200#',
        kind: 'vns',
        ccc: '082',
        region: 'KR',
        area_number: '62006200',
        display: '6200-6200#082',
        identification: false,
        holder_id: COMPANY,
      },
      {
        id: idOf('number 0591123456082'),
        key: '0591123456082',
        kind: 'pin',
        ccc: '082',
        region: 'KR',
        area_number: '0591123456',
        display: '05-9112-3456-082',
        identification: true,
        holder_id: idOf('member Hanbit Seoul'),
      },
    ],
    shadows: offices.map(({ country, e164 }) => {
      return { assignment_id: NUMBER, country, e164, verified_at: PROVED_AT };
    }),
    branches: offices.map((office) => ({
      id: idOf(`branch ${office.name}`),
      assignment_id: NUMBER,
      region: office.country,
      ccc: office.ccc,
      is_default: true,
      member_id: officeId(office),
    })),
    domains: [
      { domain: 'hanbit.example', verified_at: PROVED_AT },
      { domain: 'xn--xx3br43b.example', verified_at: PROVED_AT },
      { domain: 'not-proved.example', verified_at: null },
    ].map((row) => ({ id: idOf(`domain ${row.domain}`), member_id: COMPANY, ...row })),
  };
}

const officeRow = (office: BranchOffice): MemberRow => ({
  id: officeId(office),
  kind: 'company',
  name: office.name,
  language: office.language,
  country: office.country,
  area: office.area,
});

const deviceRow = (office: BranchOffice, place: LabPlace): DeviceRow => ({
  id: idOf(`device ${office.phone}`),
  member_id: officeId(office),
  username: office.phone,
  digest: digestOf(office.phone, place.realm, phoneSecret(place.phoneSeed, office.phone)),
  label: `${office.name}, reception`,
  kind: 'sip',
  country: office.country,
  area: office.area,
  location_number: office.e164,
  location_national: office.national,
});
