import type { LookedUp, Question } from '../../src/exchange/directory.cache.js';
import type { Origin } from '../../src/exchange/domain/call.js';
import { NO_LOAD } from '../../src/exchange/domain/load.js';
import { DEFAULT_CALL_SETTINGS, type Member } from '../../src/exchange/domain/member.js';
import { type Network, networkOf, type Route, type Trunk } from '../../src/exchange/domain/network.js';
import { Router } from '../../src/exchange/router.js';
import {
  type Assignment,
  type AssignmentIndex,
  assignmentIndex,
  compilePlan,
  DEFAULT_PLAN,
} from '../../src/numbering/index.js';
import { sampleRows } from '../rate/sample.js';

export const TRUNKS = 1_000;
export const PREFIXES = 100_000;
const COUNTRIES = ['KR', 'US', 'JP', 'DE', 'GB', 'FR', 'SG', 'BR'];

/** Seoul has eight million numbers of the form 02-ABBB-BBBB; the n-th of them, spread over the range. */
export const areaNumber = (n: number): string => `02${20_000_000 + ((n * 7_919) % 79_999_987)}`;

const uuidOf = (n: number, kind: string): string =>
  `00000000-0000-7000-8000-${kind}${n.toString(16).padStart(11, '0')}`;
const memberIdOf = (n: number): string => uuidOf(n, '1');
const numberOfMember = (id: string): number => Number.parseInt(id.slice(-11), 16);

const assignment = (n: number): Assignment => ({
  kind: 'pin',
  id: uuidOf(n, '2'),
  key: `${areaNumber(n)}082`,
  ccc: '082',
  region: 'KR',
  identification: false,
  holderId: memberIdOf(n),
  shadows: [{ country: 'KR', e164: `+82${areaNumber(n).slice(1)}`, verified: true }],
});

/** His row, made when he is asked for: of a million members only those in calls are in memory, as in the exchange. */
function memberOf(id: string): Member {
  const n = numberOfMember(id);
  const { key, region, shadows } = assignment(n);
  return {
    id,
    name: `Member ${n}`,
    active: true,
    language: 'ko',
    country: 'KR',
    area: '02',
    devices: [`phone-${n}`],
    numbers: [{ key, region, shadows }],
    contacts: [],
    carrierNumbers: [],
    findMe: [],
    settings: DEFAULT_CALL_SETTINGS,
  };
}

export const phoneOf = (n: number): Origin => ({
  kind: 'member',
  memberId: memberIdOf(n),
  deviceId: uuidOf(n, '3'),
  username: `phone-${n}`,
  country: 'KR',
  area: '02',
  location: `+82${areaNumber(n).slice(1)}`,
});

function networkWith(): Network {
  const trunks = Array.from(
    { length: TRUNKS },
    (_, at): Trunk => ({
      id: `trunk-${at}`,
      kind: 'gateway',
      country: COUNTRIES[at % COUNTRIES.length] ?? 'KR',
      calledFormat: { form: at % 2 === 0 ? 'national' : 'e164plus' },
      callingFormat: { form: 'e164plus' },
      defaultCli: null,
      trusted: at % 3 === 0,
      emergency: at < COUNTRIES.length,
      attests: false,
      verifies: 'no' as const,
      maxCalls: null,
      maxCallsPerSecond: null,
    }),
  );
  const prefixes = [...sampleRows(PREFIXES - 1).map(({ prefix }) => prefix), ''];
  const routes = prefixes.flatMap((prefix, at): readonly Route[] =>
    [at, at * 31 + 7].map((pick, nth) => ({
      id: uuidOf(at * 2 + nth, '4'),
      prefix,
      trunk: trunks[pick % TRUNKS] as Trunk,
      priority: 10,
      weight: 1,
      costMicro: BigInt(1_000 + (pick % 90_000)),
      currency: 'USD',
      maxCalls: null,
    })),
  );
  return networkOf({ trunks, routes });
}

export interface ResolveWorld {
  readonly router: Router;
  readonly index: AssignmentIndex;
}

/** The exchange's own router over so many sold numbers, all in memory, and a network of 1,000 trunks and 100,000 prefixes. */
export function resolveWorld(numbers: number): ResolveWorld {
  const index = assignmentIndex();
  for (let n = 0; n < numbers; n++) index.put(assignment(n));
  const compiled = compilePlan(DEFAULT_PLAN);
  if (!compiled.ok) throw new Error('the default plan does not compile');
  const network = networkWith();
  const known = ({ keys, memberIds }: Question): LookedUp => {
    const found = index.find(keys);
    const members = new Map<string, Member>();
    for (const id of memberIds) members.set(id, memberOf(id));
    for (const { holderId } of found.assignments.values()) members.set(holderId, memberOf(holderId));
    for (const { holderId } of found.shadows.values()) members.set(holderId, memberOf(holderId));
    return { found, members };
  };
  const router = new Router({
    directory: {
      plan: compiled.value,
      network,
      policy: { memberLimits: { calls: null, callsPerSecond: null }, privateSip: false },
      known,
      lookUp: (question) => Promise.resolve(known(question)),
    },
    load: NO_LOAD,
    trunkHealth: () => 'closed',
    log: { warn: () => undefined },
    databaseAway: () => false,
    resolve: () => Promise.resolve({ kind: 'none' }),
    sipDomain: 'sip.example',
    now: () => 0,
  });
  return { router, index };
}
