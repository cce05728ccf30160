import { z } from 'zod';
import type { Sql } from '../infra/db/sql.js';
import { err, ok, type Result } from '../kernel/result.js';
import {
  type CarrierPattern,
  compilePlan,
  DEFAULT_PLAN,
  type FeatureCode,
  type IdentifierCode,
  type Plan,
  type PlanConfig,
  type ShortCode,
} from '../numbering/index.js';
import {
  CARRIER_PATTERNS,
  FEATURE_CODES,
  IDENTIFIER_CODES,
  PLAN_CARRIERS,
  SETTINGS,
  SHORT_CODES,
} from './directory.rules.sql.js';
import type { MemberLimits } from './domain/facts.js';

/** What the operator decides for all calls: how numbers are read, and what holds for whoever has set nothing. */
export interface Rules {
  readonly plan: Plan;
  readonly policy: Policy;
}

export interface Policy {
  readonly memberLimits: MemberLimits;
  /** Foreign SIP addresses may lead to private and loopback addresses: for installations within one network. */
  readonly privateSip: boolean;
}

const names = z.array(z.string().max(253)).max(300);
const limit = z.number().int().positive().nullable();

/** `routing_setting`: name and value. What has no row is as in the plan of a new installation. */
export const routingSettings = z
  .object({
    barred: names,
    allowed: names,
    barPremium: z.boolean(),
    servedCountries: names,
    defaultRegions: z.record(z.string(), z.string()),
    explicitOnlyCountries: names,
    ownDomains: names,
    foreignSip: z.boolean(),
    privateSip: z.boolean(),
    memberMaxCalls: limit,
    memberMaxCallsPerSecond: limit,
  })
  .partial();
export type RoutingSettings = z.output<typeof routingSettings>;

interface CarrierRow {
  readonly id: string;
  readonly e164Prefixes: readonly string[];
  readonly domains: readonly string[];
}

/** The rules as the tables have them, compiled; on failure every reason. */
export async function rulesFrom(sql: Sql): Promise<Result<Rules, readonly string[]>> {
  const [settings, carriers, patterns, featureCodes, identifierCodes, shortCodes] = await Promise.all([
    sql.rows<{ name: string; value: unknown }>(SETTINGS),
    sql.rows<CarrierRow>(PLAN_CARRIERS),
    sql.rows<{ found: CarrierPattern & { carrierId: string } }>(CARRIER_PATTERNS),
    sql.rows<FeatureCode>(FEATURE_CODES),
    sql.rows<IdentifierCode>(IDENTIFIER_CODES),
    sql.rows<ShortCode>(SHORT_CODES),
  ]);
  const parsed = routingSettings.safeParse(
    Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  );
  if (!parsed.success)
    return err(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { memberMaxCalls, memberMaxCallsPerSecond, privateSip, ...chosen } = parsed.data;
  const config: PlanConfig = {
    ...DEFAULT_PLAN,
    ...defined(chosen),
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
  if (!plan.ok) return err(plan.failure.map(({ message }) => message));
  const memberLimits = { calls: memberMaxCalls ?? null, callsPerSecond: memberMaxCallsPerSecond ?? null };
  return ok({ plan: plan.value, policy: { memberLimits, privateSip: privateSip ?? false } });
}

/** Without what is not there: a spread must not hide the default. */
function defined<T extends object>(chosen: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const there = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]: Exclude<T[K], undefined> };
}

const compiled = compilePlan(DEFAULT_PLAN);
if (!compiled.ok) throw new Error(compiled.failure.map(({ message }) => message).join('; '));

/** Before anything is read. */
export const FIRST_RULES: Rules = {
  plan: compiled.value,
  policy: { memberLimits: { calls: null, callsPerSecond: null }, privateSip: false },
};
