import { type AssignmentIndex, assignmentIndex } from '../index/assignment-index.js';
import type { Assignment, PinAssignment, Shadow, VnsAssignment } from '../own/assignment.js';
import { compilePlan, type Plan } from '../plan/plan.js';
import { DEFAULT_PLAN, type PlanConfig } from '../plan/plan-config.js';
import type { CallerContext } from '../reading/caller.js';
import { candidates } from '../reading/candidates.js';
import { type Decision, decideReading } from '../reading/decide-reading.js';
import { lookupKeys } from '../reading/directory.js';
import type { E164, Region } from '../telephone/region.js';

/** The world in which number-plan.md's examples are true, for tests and the bench. */
export const WORLD_CONFIG: PlanConfig = {
  ...DEFAULT_PLAN,
  featureCodes: [
    { code: '*97', feature: 'voicemail', argument: 'none' },
    { code: '*11', feature: 'hot-desk-login', argument: 'optional' },
    { code: '*21', feature: 'forward', argument: 'required' },
    { code: '*212', feature: 'forward-busy', argument: 'none' },
    { code: '*5', feature: 'company-paging', argument: 'none', companyId: 'acme' },
    { code: '1577', feature: 'operator', argument: 'none' },
  ],
  carriers: [
    { id: 'kr-voip', patterns: [], e164Prefixes: ['+8270'], domains: [] },
    {
      id: 'starnet',
      patterns: [
        { prefix: '*393', minLength: 7, maxLength: 12 },
        { prefix: '+999', minLength: 8, maxLength: 16, regex: '\\+999[1-9][0-9]*' },
        { prefix: '777', minLength: 7, maxLength: 7, countries: ['KR'] },
      ],
      e164Prefixes: ['+8835100'],
      domains: ['carrier.example'],
    },
  ],
  identifierCodes: [{ country: 'KR', code: '0591', minLength: 10, maxLength: 11 }],
  servedCountries: ['KR', 'US', 'JP'],
  ownDomains: ['sip.anydial.example'],
};

export const WORLD_PLAN: Plan = compiled(WORLD_CONFIG);

export function compiled(config: PlanConfig): Plan {
  const plan = compilePlan(config);
  if (!plan.ok) throw new Error(plan.failure.map(({ message }) => message).join('; '));
  return plan.value;
}

const CCC: Readonly<Record<Region, string>> = { KR: '082', US: '001', CA: '001', JP: '081', DE: '049' };

export const KIM = pin('0262006200082', 'KR', ['+82262006200']);
export const LEE = pin('01094634066082', 'KR', ['+821094634066']);
export const JANE = pin('2128675309001', 'US', ['+12128675309']);
export const DESK: PinAssignment = { ...pin('0591123456082', 'KR', []), identification: true };
/** Home KR, branches in KR, US, JP; none under 033. */
export const ACME = vns('62006200', 'KR', ['KR', 'US', 'JP']);

export function pin(key: string, region: Region, shadows: readonly E164[]): PinAssignment {
  return {
    kind: 'pin',
    ...sold(
      key,
      shadows.map((e164) => ({ country: region, e164, verified: true })),
    ),
    ccc: key.slice(-3),
    region,
    identification: false,
  };
}

export function vns(number: string, home: Region, regions: readonly Region[]): VnsAssignment {
  const branches = regions.map((region, i) => ({
    id: `branch-${region}`,
    region,
    ccc: CCC[region] ?? '',
    isDefault: regions.findIndex((other) => CCC[other] === CCC[region]) === i,
  }));
  return { kind: 'vns', ...sold(`${number}#`, []), ccc: CCC[home] ?? '', region: home, branches };
}

function sold(
  key: string,
  shadows: readonly Shadow[],
): Pick<Assignment, 'id' | 'key' | 'holderId' | 'shadows'> {
  const tail = key.replace('#', '').padStart(12, '0').slice(-12);
  return { id: `00000000-0000-4000-8000-${tail}`, holderId: `11111111-1111-4111-8111-${tail}`, key, shadows };
}

export function worldIndex(): AssignmentIndex {
  const index = assignmentIndex();
  for (const assignment of [KIM, LEE, JANE, DESK, ACME]) index.put(assignment);
  index.putDomain('example.com', { holderId: ACME.holderId, verified: true, assignment: ACME });
  index.putDomain('xn--r8jz45g.jp', { holderId: ACME.holderId, verified: true, assignment: ACME });
  index.putDomain('unproven.example', { holderId: JANE.holderId, verified: false });
  index.putEmail('alice@a-b.example', { holderId: KIM.holderId, verified: true, assignment: KIM });
  index.putEmail('mallory@a-b.example', { holderId: JANE.holderId, verified: false });
  return index;
}

/** `KR`, `KR:02` (area), `KR@US` (a device in the US). */
export function caller(spec: string): CallerContext {
  const [, country = '', area, device] = /^([A-Z]{2})(?::(\d+))?(?:@([A-Z]{2}))?$/.exec(spec) ?? [];
  if (country === '') throw new Error(`caller '${spec}'`);
  return { country, deviceCountry: device ?? country, ...(area === undefined ? {} : { area }) };
}

/** Reads as the exchange does: candidates, one look-up, decision. */
export function read(
  dialled: string,
  from: CallerContext,
  plan: Plan = WORLD_PLAN,
  index: AssignmentIndex = worldIndex(),
): Decision {
  const found = candidates(dialled, from, plan);
  return decideReading(found, index.find(lookupKeys(found)));
}
