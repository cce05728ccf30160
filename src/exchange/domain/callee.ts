import {
  type Assignment,
  type Branch,
  cccOfRegion,
  type QueuePointer,
  type Reading,
  type VnsAssignment,
} from '../../numbering/index.js';

/** A called party who is a member: which member answers, under which number, and where that number lives. */
export interface CalledParty {
  readonly memberId: string;
  /** Canonical: `0262006200082`, `62006200#082`; an address where its owner has no number. */
  readonly number: string;
  /** Absent where the owner has no number. */
  readonly home?: Home;
  /** The queue whose agents answer. */
  readonly queue?: QueuePointer;
  /** The number's fee is not paid: nobody answers. */
  readonly suspended?: true;
}

/** What says which centre a number belongs to. */
export interface Home {
  readonly region: string;
  /** A PIN's digits as its country writes them. */
  readonly areaNumber?: string;
}

/** The member whom a reading leads to; undefined when it leads elsewhere or nowhere. */
export function calledParty(reading: Reading): CalledParty | undefined {
  switch (reading.kind) {
    case 'pin':
      return ofAssignment(reading.assignment, undefined);
    case 'vns':
      return ofBranch(reading.assignment, reading.branch);
    case 'pstn':
      return reading.holder && ofAssignment(reading.holder, countryOf(reading.holder, reading.e164));
    case 'domain':
      return ofOwner(reading.owner, reading.domain, reading.branch);
    case 'email':
      return ofOwner(reading.owner, reading.email, undefined);
    default:
      return undefined;
  }
}

/** The id of that member. */
export const calleeOf = (reading: Reading): string | undefined => calledParty(reading)?.memberId;

function ofOwner(
  { assignment, holderId }: { readonly assignment?: Assignment; readonly holderId: string },
  address: string,
  branch: Branch | undefined,
): CalledParty {
  if (assignment === undefined) return { memberId: holderId, number: address };
  return assignment.kind === 'vns' && branch !== undefined
    ? ofBranch(assignment, branch)
    : ofAssignment(assignment, undefined);
}

/** @param country whose branch answers, of a company's number that was reached by a telephone number of that country. */
function ofAssignment(assignment: Assignment, country: string | undefined): CalledParty {
  if (assignment.kind === 'vns') {
    const wanted = country ?? assignment.region;
    const branch = assignment.branches.find(({ region }) => region === wanted);
    return branch === undefined ? atHome(assignment) : ofBranch(assignment, branch);
  }
  const { key, holderId, region } = assignment;
  const home = { region, areaNumber: key.slice(0, -3) };
  return { memberId: holderId, number: key, home, ...answeredBy(assignment), ...suspendedWith(assignment) };
}

const ofBranch = (company: VnsAssignment, branch: Branch): CalledParty => ({
  memberId: branch.memberId ?? company.holderId,
  number: company.key + branch.ccc,
  home: { region: branch.region },
  ...answeredBy(branch, company),
  ...suspendedWith(company),
});

const atHome = (company: VnsAssignment): CalledParty => ({
  memberId: company.holderId,
  number: company.key + (cccOfRegion(company.region) ?? company.ccc),
  home: { region: company.region },
  ...answeredBy(company),
  ...suspendedWith(company),
});

const suspendedWith = ({ suspended }: Assignment): Pick<CalledParty, 'suspended'> =>
  suspended === true ? { suspended } : {};

/** The first of them that points to a queue. */
function answeredBy(...pointers: readonly Pick<Branch, 'queue'>[]): Pick<CalledParty, 'queue'> {
  const queue = pointers.find((one) => one.queue != null)?.queue;
  return queue == null ? {} : { queue };
}

const countryOf = ({ shadows }: Assignment, e164: string): string | undefined =>
  shadows.find((shadow) => shadow.e164 === e164)?.country;
