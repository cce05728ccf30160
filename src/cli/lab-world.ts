import { companysRows } from './lab-world.company.js';
import { idOf, PROVED_AT } from './lab-world.names.js';
import { networkRows } from './lab-world.network.js';
import { habits, peoplesRows } from './lab-world.people.js';
import { planRows } from './lab-world.plan.js';
import type { LabPlace, LabWorld, MemberRow, NumberRow } from './lab-world.rows.js';

export { digestOf, phoneSecret } from './lab-world.names.js';
export type { LabWorld } from './lab-world.rows.js';

/** We ourselves, for calls that nobody else pays for. */
const HOUSE: MemberRow = {
  id: idOf('member Anydial'),
  kind: 'company',
  name: 'Anydial',
  language: 'ko',
  country: 'KR',
  area: '02',
};

const HOUSE_NUMBER: NumberRow = {
  id: idOf('number 69006900#'),
  key: '69006900#',
  kind: 'vns',
  ccc: '082',
  region: 'KR',
  area_number: '69006900',
  display: '6900-6900#082',
  identification: false,
  holder_id: HOUSE.id,
};

const HOUSE_SHADOW = {
  assignment_id: HOUSE_NUMBER.id,
  country: 'KR',
  e164: '+82269006900',
  verified_at: PROVED_AT,
};

/**
 * The demo world as rows: persons and a company with numbers and phones in KR, US and JP, and the lab's gateways, partner
 * centre and carrier. Addresses are those of docs/architecture.md; ids are derived from names, so seeding twice changes
 * nothing.
 */
export function labWorld(place: LabPlace): LabWorld {
  const people = peoplesRows(place);
  const company = companysRows(place);
  return {
    ...networkRows(place),
    ...planRows(),
    ...habits(),
    members: [...people.members, ...company.members, HOUSE],
    house: [{ one: true, member_id: HOUSE.id }],
    devices: [...people.devices, ...company.devices],
    numbers: [...people.numbers, ...company.numbers, HOUSE_NUMBER],
    shadows: [...people.shadows, ...company.shadows, HOUSE_SHADOW],
    branches: company.branches,
    domains: company.domains,
  };
}
