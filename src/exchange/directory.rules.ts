import { z } from 'zod';
import type { Sql } from '../infra/db/sql.js';
import { err, ok, type Result } from '../kernel/result.js';
import { compilePlan, DEFAULT_PLAN, type Plan, planSettings, storedPlan } from '../numbering/index.js';
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

const limit = z.number().int().positive().nullable();

/** `routing_setting`: name and value. What has no row is as in the plan of a new installation. */
export const routingSettings = planSettings
  .extend({ privateSip: z.boolean(), memberMaxCalls: limit, memberMaxCallsPerSecond: limit })
  .partial();
export type RoutingSettings = z.output<typeof routingSettings>;

/** The rules as the tables have them, compiled; on failure every reason. */
export async function rulesFrom(sql: Sql): Promise<Result<Rules, readonly string[]>> {
  const stored = await storedPlan(sql);
  if (!stored.ok) return stored;
  const parsed = routingSettings.safeParse(stored.value.settings);
  if (!parsed.success)
    return err(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { memberMaxCalls, memberMaxCallsPerSecond, privateSip } = parsed.data;
  const memberLimits = { calls: memberMaxCalls ?? null, callsPerSecond: memberMaxCallsPerSecond ?? null };
  return ok({ plan: stored.value.plan, policy: { memberLimits, privateSip: privateSip ?? false } });
}

const compiled = compilePlan(DEFAULT_PLAN);
if (!compiled.ok) throw new Error(compiled.failure.map(({ message }) => message).join('; '));

/** Before anything is read. */
export const FIRST_RULES: Rules = {
  plan: compiled.value,
  policy: { memberLimits: { calls: null, callsPerSecond: null }, privateSip: false },
};
