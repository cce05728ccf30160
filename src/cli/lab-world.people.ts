import { digestOf, idOf, PROVED_AT, phoneSecret } from './lab-world.names.js';
import type { DeviceRow, LabPlace, LabWorld, MemberRow, NumberRow } from './lab-world.rows.js';

interface Person {
  readonly name: string;
  readonly language: string;
  readonly country: string;
  readonly area: string;
  /** The number in display form, and the telephone number that stands for it on other networks. */
  readonly pin: string;
  readonly shadow: string;
  /** Account of the phone on the desk; undefined: none with us, the number lives at a partner's centre. */
  readonly phone?: string;
}

const KIM: Person = {
  name: 'Kim Ara',
  language: 'ko',
  country: 'KR',
  area: '02',
  pin: '02-6200-6100-082',
  shadow: '+82262006100',
  phone: 'lab-a',
};
const LEE: Person = {
  name: 'Lee Bomin',
  language: 'ko',
  country: 'KR',
  area: '02',
  pin: '02-6200-6200-082',
  shadow: '+82262006200',
  phone: 'lab-b',
};
const GRACE: Person = {
  name: 'Grace Hall',
  language: 'en',
  country: 'US',
  area: '212',
  pin: '212-867-5300-001',
  shadow: '+12128675300',
  phone: 'lab-us',
};
const SATO: Person = {
  name: 'Sato Jun',
  language: 'ja',
  country: 'JP',
  area: '03',
  pin: '03-6200-6300-081',
  shadow: '+81362006300',
  phone: 'lab-jp',
};
/** Lives in Osaka, which the partner's centre serves. */
const TANAKA: Person = {
  name: 'Tanaka Mio',
  language: 'ja',
  country: 'JP',
  area: '06',
  pin: '06-6200-6400-081',
  shadow: '+81662006400',
};

const people = [KIM, LEE, GRACE, SATO, TANAKA];

/** A member's id, by the number that he was seeded with. */
const memberId = ({ phone, pin }: Person): string => idOf(`member ${phone ?? pin}`);

type PeoplesRows = Pick<LabWorld, 'members' | 'devices' | 'numbers' | 'shadows'>;

/** Persons with a number each, and nearly all with a phone. */
export function peoplesRows(place: LabPlace): PeoplesRows {
  return {
    members: people.map(memberRow),
    devices: people.flatMap((person) => deviceRow(person, place) ?? []),
    numbers: people.map(numberRow),
    shadows: people.map((person) => ({
      assignment_id: idOf(`number ${person.pin}`),
      country: person.country,
      e164: person.shadow,
      verified_at: PROVED_AT,
    })),
  };
}

const memberRow = (person: Person): MemberRow => ({
  id: memberId(person),
  kind: 'person',
  name: person.name,
  language: person.language,
  country: person.country,
  area: person.area,
});

function deviceRow(person: Person, place: LabPlace): DeviceRow | undefined {
  const { phone } = person;
  if (phone === undefined) return undefined;
  return {
    id: idOf(`device ${phone}`),
    member_id: memberId(person),
    username: phone,
    digest: digestOf(phone, place.realm, phoneSecret(place.phoneSeed, phone)),
    label: `${person.name}'s desk phone`,
    kind: 'sip',
    country: person.country,
    area: person.area,
    location_number: person.shadow,
    location_national: person.pin.replaceAll('-', '').slice(0, -3),
  };
}

function numberRow(person: Person): NumberRow {
  const key = person.pin.replaceAll('-', '');
  return {
    id: idOf(`number ${person.pin}`),
    key,
    kind: 'pin',
    ccc: key.slice(-3),
    region: person.country,
    area_number: key.slice(0, -3),
    display: person.pin,
    identification: false,
    holder_id: memberId(person),
  };
}

type Habits = Pick<LabWorld, 'contactNumbers' | 'carrierNumbers' | 'emails' | 'findMe' | 'callSettings'>;

/**
 * How they are found: Grace at her desk, then at home, at the other company, by voicemail; Sato by the defaults; Kim and Lee
 * at their phones alone, so that a call to them ends as their phones end it.
 */
export function habits(): Habits {
  const grace = { member_id: memberId(GRACE) };
  const home = idOf('contact of Grace');
  const elsewhere = idOf('carrier number of Grace');
  const step = {
    ...grace,
    device_id: null,
    contact_number_id: null,
    carrier_number_id: null,
    ring_seconds: 15,
    with_previous: false,
  };
  return {
    contactNumbers: [
      { id: home, ...grace, e164: '+12128675301', label: 'home', verified_at: PROVED_AT },
      { id: idOf('unproved'), ...grace, e164: '+12128675302', label: 'not proved', verified_at: null },
    ],
    carrierNumbers: [
      {
        id: elsewhere,
        ...grace,
        carrier_id: 'lab-carrier',
        number: '*3935550101',
        verified_at: PROVED_AT,
      },
    ],
    emails: [
      { id: idOf('mail of Grace'), ...grace, address: 'grace@hall.example', verified_at: PROVED_AT },
      {
        id: idOf('mail of Sato'),
        member_id: memberId(SATO),
        address: 'not-proved@hall.example',
        verified_at: null,
      },
    ],
    findMe: [
      { ...step, position: 1, kind: 'devices' },
      { ...step, position: 2, kind: 'contact', contact_number_id: home },
      { ...step, position: 3, kind: 'carrier', carrier_number_id: elsewhere },
      { ...step, position: 4, kind: 'voicemail' },
    ],
    callSettings: [KIM, LEE].map((person) => ({ member_id: memberId(person), voicemail: false })),
  };
}
