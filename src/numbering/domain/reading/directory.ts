import type { AddressOwner, Assignment } from '../own/assignment.js';
import type { E164 } from '../telephone/region.js';
import type { Candidates } from './candidate.js';

/** What one batch look-up asks the directory. */
export interface LookupKeys {
  /** Keys of sold numbers, companies' with `#` (keys.ts): `0262006200082`, `62006200#`. */
  readonly assignmentKeys: readonly string[];
  /** May be somebody's shadow. */
  readonly e164s: readonly E164[];
  readonly domains: readonly string[];
  readonly emails: readonly string[];
}

/** What it answers: a key that is missing is assigned to nobody. */
export interface Found {
  readonly assignments: ReadonlyMap<string, Assignment>;
  /** By E.164: whose shadow it is. */
  readonly shadows: ReadonlyMap<E164, Assignment>;
  readonly domains: ReadonlyMap<string, AddressOwner>;
  readonly emails: ReadonlyMap<string, AddressOwner>;
}

export const NOTHING_FOUND: Found = {
  assignments: new Map(),
  shadows: new Map(),
  domains: new Map(),
  emails: new Map(),
};

/** Every key that deciding could need, each once. */
export function lookupKeys({ list }: Candidates): LookupKeys {
  const assignmentKeys = new Set<string>();
  const e164s: E164[] = [];
  const domains: string[] = [];
  const emails: string[] = [];
  for (const candidate of list) {
    switch (candidate.kind) {
      case 'vns':
      case 'pin':
        assignmentKeys.add(candidate.key);
        break;
      case 'pstn':
        e164s.push(candidate.phone.e164);
        break;
      case 'domain':
        domains.push(candidate.domain);
        break;
      case 'email':
        emails.push(candidate.email);
        break;
      default:
        break;
    }
  }
  return { assignmentKeys: [...assignmentKeys], e164s, domains, emails };
}
