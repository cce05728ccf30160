import {
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
import type { Member, RouteFacts } from './facts.js';
import { type Network, networkOf, type Trunk } from './network.js';

/** A small world for specs: Kim and Lee in Seoul, gateways in Seoul and New York. */
const compiled = compilePlan(DEFAULT_PLAN);
if (!compiled.ok) throw new Error('the default plan does not compile');
const plan = compiled.value;

const member = (id: string, name: string, devices: readonly string[], key: string, e164: string): Member => ({
  id,
  name,
  active: true,
  devices,
  numbers: [{ key, region: 'KR', shadows: [{ country: 'KR', e164, verified: true }] }],
});
export const kim = member('kim', 'Kim Ara', ['lab-a', 'lab-a2'], '0262006100082', '+82262006100');
export const lee = member('lee', 'Lee Bomin', ['lab-b'], '0262006200082', '+82262006200');

const assignmentOf = ({ id, numbers }: Member): Assignment => ({
  kind: 'pin',
  id: `number of ${id}`,
  key: numbers[0]?.key ?? '',
  ccc: '082',
  region: 'KR',
  identification: false,
  holderId: id,
  shadows: numbers[0]?.shadows ?? [],
});
const sold = [kim, lee].map(assignmentOf);
const found: Found = {
  ...NOTHING_FOUND,
  assignments: new Map(sold.map((one) => [one.key, one])),
  shadows: new Map(sold.flatMap((one) => one.shadows.map(({ e164 }) => [e164, one]))),
};

const gateway = (id: string, country: string, more: Partial<Trunk> = {}): Trunk => ({
  id,
  kind: 'gateway',
  country,
  calledFormat: { form: 'national' },
  callingFormat: { form: 'national' },
  defaultCli: null,
  trusted: true,
  emergency: true,
  ...more,
});
export const seoul = gateway('gw-kr', 'KR');
export const newYork = gateway('gw-us', 'US', {
  calledFormat: { form: 'e164plus' },
  callingFormat: { form: 'e164plus' },
});
const route = (prefix: string, trunk: Trunk, priority: number, costMicro: bigint) => ({
  prefix,
  trunk,
  priority,
  weight: 1,
  costMicro,
  currency: 'USD',
});
export const network: Network = networkOf(
  [seoul, newYork],
  [route('82', seoul, 10, 12_000n), route('1', newYork, 10, 8_000n), route('', newYork, 100, 90_000n)],
);

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

/** The facts of a call, the dialled string read by the real number plan. */
export function factsOf(dialled: string, more: Partial<RouteFacts> = {}): RouteFacts {
  const origin = more.origin ?? phoneOfKim;
  const { country } = origin;
  const area = origin.kind === 'member' ? origin.area : undefined;
  const context = { country, deviceCountry: country, ...(area === undefined ? {} : { area }) };
  const asked = candidates(dialled, context, plan);
  const { reading, verdicts } = decideReading(asked, found);
  const holder = calleeOf(reading);
  return {
    origin,
    presented: '',
    caller: origin.kind === 'member' ? kim : undefined,
    reading,
    verdicts,
    callee: [kim, lee].find(({ id }) => id === holder),
    network,
    dice: 0,
    ...more,
  };
}
