import { z } from 'zod';
import type { Sql } from '../infra/db/sql.js';
import { err, ok, type Result } from '../kernel/result.js';
import { compilePlan, type Plan } from './domain/plan/plan.js';
import {
  type CarrierPattern,
  DEFAULT_PLAN,
  type FeatureCode,
  type IdentifierCode,
  type PlanConfig,
  type ShortCode,
} from './domain/plan/plan-config.js';
import {
  CARRIER_PATTERNS,
  FEATURE_CODES,
  IDENTIFIER_CODES,
  PLAN_CARRIERS,
  SETTINGS,
  SHORT_CODES,
} from './stored-plan.sql.js';

const names = z.array(z.string().max(253)).max(300);

/** What `routing_setting` says of the plan, by name. What has no row is as in the plan of a new installation. */
export const planSettings = z.object({
  barred: names,
  allowed: names,
  barPremium: z.boolean(),
  servedCountries: names,
  defaultRegions: z.record(z.string(), z.string()),
  explicitOnlyCountries: names,
  ownDomains: names,
  foreignSip: z.boolean(),
});

interface CarrierRow {
  readonly id: string;
  readonly e164Prefixes: readonly string[];
  readonly domains: readonly string[];
}

/** The plan as the tables have it, compiled, and all settings beside it; on failure every reason. */
export async function storedPlan(
  sql: Sql,
): Promise<
  Result<{ readonly plan: Plan; readonly settings: Readonly<Record<string, unknown>> }, readonly string[]>
> {
  const [rows, carriers, patterns, featureCodes, identifierCodes, shortCodes] = await Promise.all([
    sql.rows<{ name: string; value: unknown }>(SETTINGS),
    sql.rows<CarrierRow>(PLAN_CARRIERS),
    sql.rows<{ found: CarrierPattern & { carrierId: string } }>(CARRIER_PATTERNS),
    sql.rows<FeatureCode>(FEATURE_CODES),
    sql.rows<IdentifierCode>(IDENTIFIER_CODES),
    sql.rows<ShortCode>(SHORT_CODES),
  ]);
  const settings = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  const parsed = planSettings.partial().safeParse(settings);
  if (!parsed.success)
    return err(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const config: PlanConfig = {
    ...DEFAULT_PLAN,
    ...defined(parsed.data),
    featureCodes,
    identifierCodes,
    shortCodes,
    carriers: carriers.map((carrier) => ({
      ...carrier,
      patterns: patterns.flatMap(({ found: { carrierId, ...pattern } }) =>
        carrierId === carrier.id ? [pattern] : [],
      ),
    })),
  };
  const plan = compilePlan(config);
  return plan.ok ? ok({ plan: plan.value, settings }) : err(plan.failure.map(({ message }) => message));
}

/** Without what is not there: a spread must not hide the default. */
function defined<T extends object>(chosen: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const there = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]: Exclude<T[K], undefined> };
}
