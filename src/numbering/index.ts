export type {
  AddressOwner,
  Assignment,
  Branch,
  PinAssignment,
  Shadow,
  VnsAssignment,
} from './domain/assignment.js';
export { type AssignmentIndex, assignmentIndex } from './domain/assignment-index.js';
export type { CallerContext } from './domain/caller.js';
export type { Candidate, Candidates } from './domain/candidate.js';
export { candidates } from './domain/candidates.js';
export { callingCodeOf, cccOf, cccOfRegion, isCcc, REGIONS, regionsOf } from './domain/country-codes.js';
export { type Decision, decideReading } from './domain/decide-reading.js';
export { type Found, type LookupKeys, lookupKeys, NOTHING_FOUND } from './domain/directory.js';
export {
  type EmergencyCode,
  type EmergencyService,
  emergencyCode,
  emergencyCodes,
  emergencyNumbers,
} from './domain/emergency-codes.js';
export {
  assignmentKey,
  bareDigits,
  canonicalKey,
  type OwnNumber,
  type PinNumber,
  type VnsNumber,
  vnsAssignmentKey,
} from './domain/keys.js';
export { type NumberFormat, parseNumberFormat } from './domain/number-format.js';
export type { PhoneType } from './domain/phone.js';
export { compilePlan, type Plan } from './domain/plan.js';
export { DEFAULT_PLAN, type PlanConfig } from './domain/plan-config.js';
export type { PlanFailure } from './domain/plan-failure.js';
export { PrefixTable } from './domain/prefix-table.js';
export { type CallerPresentation, type CallingSide, presentCaller } from './domain/present-caller.js';
export type * from './domain/reading.js';
export type { Ccc, E164, Region } from './domain/region.js';
export { type CanonicalNumber, switchNumber } from './domain/switch-number.js';
export type { Outcome, Step, StepVerdict } from './domain/verdict.js';
