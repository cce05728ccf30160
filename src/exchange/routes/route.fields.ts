import { z } from 'zod';
import { parseMoney } from '../../kernel/money.js';
import { FROM, TO } from '../domain/route-hours.js';
import { isTimeZone } from '../domain/schedule.js';
import { most, slug } from '../fields.js';

/** Whether it is a price of that currency: at most 6 decimals, not negative. Micro-units, or undefined. */
export function costMicro(cost: string, currencyCode: string): bigint | undefined {
  const parsed = parseMoney(cost, currencyCode);
  return parsed.ok && parsed.value.micros >= 0n ? parsed.value.micros : undefined;
}

export const prefix = z
  .string()
  .regex(/^[0-9]{0,15}$/, 'must be at most 15 digits of an E.164 number, without +');

export const routeTerms = z.strictObject({
  prefix,
  trunkId: slug,
  /** The lowest is tried first; among equals the cheaper. */
  priority: z.number().int().min(0).max(100_000),
  /** How often it comes first among those of the same priority and cost. */
  weight: z.number().int().min(1).max(10_000),
  cost: z.string().max(30),
  currency: z.string().length(3),
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: z.string().regex(FROM, 'must be a time like 08:00'),
  to: z.string().regex(TO, 'must be a time like 18:00, at most 24:00'),
  timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone like Asia/Seoul'),
  maxCalls: most,
  enabled: z.boolean(),
});

/** The hours of a route that says none. */
export const ALWAYS = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00', timeZone: 'UTC' } as const;
