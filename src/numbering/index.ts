export { canonicalEmail } from './addresses.js';
export {
  assignedKeys,
  assignNumber,
  bindShadow,
  displayOf,
  numbersHeldBy,
  openBranches,
  passNumber,
  releaseNumber,
  resumeNumber,
  suspendNumber,
} from './assignments.service.js';
export {
  type EmergencyCode,
  type EmergencyService,
  emergencyCode,
  emergencyCodes,
  emergencyNumbers,
} from './domain/emergency/emergency-codes.js';
export { type AssignmentIndex, assignmentIndex } from './domain/index/assignment-index.js';
export { canonicalDomain } from './domain/input/domain-name.js';
export { countryOfNumber, numberForPeople } from './domain/number-for-people.js';
export type {
  AddressOwner,
  Assignment,
  Branch,
  PinAssignment,
  QueuePointer,
  Shadow,
  VnsAssignment,
} from './domain/own/assignment.js';
export {
  assignmentKey,
  bareDigits,
  canonicalKey,
  type OwnNumber,
  type PinNumber,
  type VnsNumber,
  vnsAssignmentKey,
} from './domain/own/keys.js';
export { formatPin, type PinFailure, parsePin, pinFromE164, pinRegion } from './domain/own/pin.js';
export { checkShadow, ownNumber, shadowFor } from './domain/own/shadow.js';
export { formatVns, formatVnsNumber, parseVns, type VnsFailure } from './domain/own/vns.js';
export { matchFeature } from './domain/plan/feature-codes.js';
export { compilePlan, type Plan } from './domain/plan/plan.js';
export {
  type CarrierConfig,
  type CarrierPattern,
  DEFAULT_PLAN,
  type FeatureCode,
  type IdentifierCode,
  type PlanConfig,
  type ShortCode,
} from './domain/plan/plan-config.js';
export type { PlanFailure } from './domain/plan/plan-failure.js';
export type { CallerContext } from './domain/reading/caller.js';
export type { Candidate, Candidates } from './domain/reading/candidate.js';
export { candidates } from './domain/reading/candidates.js';
export { type Decision, decideReading } from './domain/reading/decide-reading.js';
export { type Found, type LookupKeys, lookupKeys, NOTHING_FOUND } from './domain/reading/directory.js';
export type * from './domain/reading/reading.js';
export type { Outcome, Step, StepVerdict } from './domain/reading/verdict.js';
export { type Conflict, recheck } from './domain/sale/recheck.js';
export type {
  NumberForSale,
  PinForSale,
  SaleRefusal,
  SaleVerdict,
  SaleWarning,
  VnsForSale,
} from './domain/sale/sale.js';
export { saleKeys, sellable } from './domain/sale/sellable.js';
export { type NumberFormat, parseNumberFormat } from './domain/switching/number-format.js';
export {
  type CallerPresentation,
  type CallingSide,
  presentCaller,
} from './domain/switching/present-caller.js';
export { type CanonicalNumber, switchNumber } from './domain/switching/switch-number.js';
export {
  callingCodeIn,
  callingCodeOf,
  cccOf,
  cccOfRegion,
  isCcc,
  REGIONS,
  regionsOf,
} from './domain/telephone/country-codes.js';
export {
  internationalFormat,
  nationalFormat,
  type Phone,
  type PhoneType,
  phoneFromE164Digits,
  phoneFromNational,
} from './domain/telephone/phone.js';
export { matchPstn, type PstnForm, type PstnMatch } from './domain/telephone/pstn-forms.js';
export type { Ccc, E164, Region } from './domain/telephone/region.js';
export { planSettings, storedPlan } from './stored-plan.js';
