import type { EmergencyCode } from '../emergency/emergency-codes.js';
import type { Ccc, Region } from '../telephone/region.js';

/** What the operator decides about the number plan: plain data, as stored. `compilePlan` checks it and makes it fast. */
export interface PlanConfig {
  readonly featureCodes: readonly FeatureCode[];
  readonly carriers: readonly CarrierConfig[];
  readonly identifierCodes: readonly IdentifierCode[];
  /** Short codes beside the built-in table (emergency-codes.ts): read first of all, never stopped by balance or barring. */
  readonly shortCodes: readonly ShortCode[];
  /** E.164 prefixes (`+881`) that nobody may call unless a longer prefix in `allowed` says so; and the reverse. */
  readonly barred: readonly string[];
  readonly allowed: readonly string[];
  /** Bars premium-rate numbers, whatever their prefix, unless `allowed` names one. */
  readonly barPremium: boolean;
  /** Where we have callers: sold numbers may not hide an emergency or feature code here. */
  readonly servedCountries: readonly Region[];
  /** Which region a number under a shared ccc has when it does not say so itself; else the code's main one. */
  readonly defaultRegions: Readonly<Record<Ccc, Region>>;
  /** Countries whose own numbers vary so much in length that appended ccc digits still make one: sold with a warning. */
  readonly explicitOnlyCountries: readonly Region[];
  /** Our own SIP domains: the user part of their URIs is read as dialled. */
  readonly ownDomains: readonly string[];
  /** Whether SIP addresses of domains that nobody proved may be called. */
  readonly foreignSip: boolean;
}

export interface FeatureCode {
  /** `*97`, `*11`, `1571`. Codes of digits only take no argument. */
  readonly code: string;
  /** What it does, for the exchange: `voicemail`, `hot-desk-login`. */
  readonly feature: string;
  readonly argument: 'none' | 'optional' | 'required';
  /** Only for callers of this company. */
  readonly companyId?: string;
}

export interface CarrierConfig {
  readonly id: string;
  readonly patterns: readonly CarrierPattern[];
  /** `+8270`: valid PSTN numbers below it leave by this carrier. */
  readonly e164Prefixes: readonly string[];
  /** `carrier.example`: its SIP users. */
  readonly domains: readonly string[];
}

/** A number system of its own. `prefix` starts with a digit, `+` or `*`; lengths count everything dialled. */
export interface CarrierPattern {
  readonly prefix: string;
  readonly minLength: number;
  readonly maxLength: number;
  /** RE2 syntax (linear time), for the whole number. */
  readonly regex?: string;
  /** Only for callers of these countries. */
  readonly countries?: readonly Region[];
}

export interface ShortCode extends EmergencyCode {
  readonly country: Region;
}

/** Numbers that the operator issues itself, in an unused range of a country's plan. */
export interface IdentifierCode {
  readonly country: Region;
  readonly code: string;
  /** Digits of the whole number, code included, ccc not. */
  readonly minLength: number;
  readonly maxLength: number;
}

/** What a new installation starts with: nothing sold, nothing peered, the well-known fraud ranges barred. */
export const DEFAULT_PLAN: PlanConfig = {
  featureCodes: [],
  carriers: [],
  identifierCodes: [],
  shortCodes: [],
  barred: ['+870', '+881', '+882', '+979'],
  allowed: [],
  barPremium: true,
  servedCountries: ['KR', 'US', 'JP'],
  defaultRegions: {},
  // Measured with sellable.spec.ts's examples, last digits varied: here 100 % of fixed or mobile numbers, elsewhere 0–2 %.
  explicitOnlyCountries: ['AT', 'DE', 'ID', 'LU', 'RS', 'TK'],
  ownDomains: [],
  foreignSip: true,
};
