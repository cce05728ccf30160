import { companysRows } from './lab-world.company.js';
import { networkRows } from './lab-world.network.js';
import { habits, peoplesRows } from './lab-world.people.js';
import { planRows } from './lab-world.plan.js';
import type { LabPlace, LabWorld } from './lab-world.rows.js';

export { digestOf, phoneSecret } from './lab-world.names.js';
export type { LabWorld } from './lab-world.rows.js';

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
    members: [...people.members, ...company.members],
    devices: [...people.devices, ...company.devices],
    numbers: [...people.numbers, ...company.numbers],
    shadows: [...people.shadows, ...company.shadows],
    branches: company.branches,
    domains: company.domains,
  };
}
