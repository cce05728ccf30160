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
export { internationalFormat, nationalFormat, type PhoneType } from './domain/phone.js';
export { formatPin, type PinFailure, parsePin, pinFromE164, pinRegion } from './domain/pin.js';
export { compilePlan, type Plan } from './domain/plan.js';
export {
  type CarrierConfig,
  type CarrierPattern,
  DEFAULT_PLAN,
  type FeatureCode,
  type IdentifierCode,
  type PlanConfig,
  type ShortCode,
} from './domain/plan-config.js';
export type { PlanFailure } from './domain/plan-failure.js';
export { PrefixTable } from './domain/prefix-table.js';
export { type CallerPresentation, type CallingSide, presentCaller } from './domain/present-caller.js';
export type * from './domain/reading.js';
export { type Conflict, recheck } from './domain/recheck.js';
export type { Ccc, E164, Region } from './domain/region.js';
export type {
  NumberForSale,
  PinForSale,
  SaleRefusal,
  SaleVerdict,
  SaleWarning,
  VnsForSale,
} from './domain/sale.js';
export { saleKeys, sellable } from './domain/sellable.js';
export { type CanonicalNumber, switchNumber } from './domain/switch-number.js';
export type { Outcome, Step, StepVerdict } from './domain/verdict.js';
export { formatVns, formatVnsNumber, parseVns, type VnsFailure } from './domain/vns.js';
