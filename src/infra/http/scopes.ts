import { type PolicyName, policies } from './policies.js';

const areaOf = (name: string): string => name.split('.')[0] ?? name;

/** What a key may be limited to: a line of the policy table, or all lines of an area (`members.*`). */
export const scopes: readonly string[] = [
  ...Object.keys(policies),
  ...new Set(Object.keys(policies).map((name) => `${areaOf(name)}.*`)),
];

/** Whether a key's scopes cover that line. They only ever narrow: its roles, and its owner's, are asked as well. */
export const inScope = (name: PolicyName | undefined, given: readonly string[] | null | undefined): boolean =>
  given === null ||
  given === undefined ||
  (name !== undefined && (given.includes(name) || given.includes(`${areaOf(name)}.*`)));
