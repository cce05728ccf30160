import type { Ccc, Region } from '../telephone/region.js';
import type { Branch, VnsAssignment } from './assignment.js';

/**
 * The branch that a company's number rings. With a ccc: the one in the caller's region if that lies under the ccc, else the
 * default of the ccc. Without: the one in the caller's region, else the home branch. Undefined when there is none.
 */
export function chooseBranch(
  assignment: VnsAssignment,
  ccc: Ccc | undefined,
  callerRegion: Region,
): Branch | undefined {
  const { branches } = assignment;
  const near = branches.find((b) => b.region === callerRegion && (ccc === undefined || b.ccc === ccc));
  if (near !== undefined) return near;
  if (ccc !== undefined) return defaultOf(branches, ccc);
  return branches.find((b) => b.region === assignment.region) ?? defaultOf(branches, assignment.ccc);
}

/** Somebody's only branch under a code is its default, flagged or not. */
function defaultOf(branches: readonly Branch[], ccc: Ccc): Branch | undefined {
  const under = branches.filter((b) => b.ccc === ccc);
  return under.find((b) => b.isDefault) ?? (under.length === 1 ? under[0] : undefined);
}
