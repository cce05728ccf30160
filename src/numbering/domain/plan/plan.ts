import { type PrefixTable, prefixTable } from '../../../kernel/prefix-table.js';
import { err, ok, type Result } from '../../../kernel/result.js';
import { type EmergencyCode, emergencyCode } from '../emergency/emergency-codes.js';
import type { Region } from '../telephone/region.js';
import { type CarrierTable, carrierTable } from './carrier-patterns.js';
import { type FeatureTable, featureTable } from './feature-codes.js';
import { checkPlan } from './plan-check.js';
import type { IdentifierCode, PlanConfig, ShortCode } from './plan-config.js';
import type { PlanFailure } from './plan-failure.js';

/** A checked configuration with everything prepared that each call needs. Immutable: a change compiles a new one. */
export interface Plan {
  readonly config: PlanConfig;
  readonly features: FeatureTable;
  readonly carriers: CarrierTable;
  /** Calling code digits → may it be called. */
  readonly barring: PrefixTable<'barred' | 'allowed'>;
  readonly identifiers: ReadonlyMap<Region, readonly IdentifierCode[]>;
  /** The operator's own short codes by country. */
  readonly shortCodes: ReadonlyMap<Region, readonly ShortCode[]>;
  readonly ownDomains: ReadonlySet<string>;
}

/** Checks and compiles. On failure every reason is listed, so that one save mends them all. */
export function compilePlan(config: PlanConfig): Result<Plan, readonly PlanFailure[]> {
  const failures = checkPlan(config);
  if (failures.length > 0) return err(failures);
  return ok({
    config,
    features: featureTable(config.featureCodes),
    carriers: carrierTable(config.carriers),
    barring: barringTable(config),
    identifiers: Map.groupBy(config.identifierCodes, (code) => code.country),
    shortCodes: Map.groupBy(config.shortCodes, (code) => code.country),
    ownDomains: new Set(config.ownDomains),
  });
}

/** The emergency or short code that `digits` is in `region`: the built-in table's, else the operator's. */
export function shortCodeIn(digits: string, region: Region, plan: Plan): EmergencyCode | undefined {
  return (
    emergencyCode(digits, region) ?? plan.shortCodes.get(region)?.find((code) => code.dialled === digits)
  );
}

/** A prefix in both lists is allowed. */
function barringTable({ barred, allowed }: PlanConfig): Plan['barring'] {
  const rules = new Map<string, 'barred' | 'allowed'>();
  for (const prefix of barred) rules.set(prefix.slice(1), 'barred');
  for (const prefix of allowed) rules.set(prefix.slice(1), 'allowed');
  return prefixTable(rules);
}
