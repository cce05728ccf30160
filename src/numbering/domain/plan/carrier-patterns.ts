import { RE2JS } from 're2js';
import { type PrefixTable, prefixTable } from '../../../kernel/prefix-table.js';
import type { CallerContext } from '../reading/caller.js';
import type { CarrierConfig, CarrierPattern } from './plan-config.js';

/** Other companies' number systems, ready to match. */
export interface CarrierTable {
  /** By first character, then in the order of the configuration. */
  readonly patterns: ReadonlyMap<string, readonly CompiledPattern[]>;
  readonly byE164: PrefixTable<string>;
  readonly byDomain: ReadonlyMap<string, string>;
}

interface CompiledPattern {
  readonly carrierId: string;
  readonly pattern: CarrierPattern;
  readonly regex: RE2JS | undefined;
}

/** Throws on a pattern that `compilePlan` would have refused. */
export function carrierTable(carriers: readonly CarrierConfig[]): CarrierTable {
  const patterns = new Map<string, CompiledPattern[]>();
  const byE164 = new Map<string, string>();
  const byDomain = new Map<string, string>();
  for (const carrier of carriers) {
    for (const pattern of carrier.patterns) {
      const regex = pattern.regex === undefined ? undefined : RE2JS.compile(pattern.regex);
      const first = pattern.prefix.charAt(0);
      patterns.set(first, [...(patterns.get(first) ?? []), { carrierId: carrier.id, pattern, regex }]);
    }
    for (const prefix of carrier.e164Prefixes) byE164.set(prefix.slice(1), carrier.id);
    for (const domain of carrier.domains) byDomain.set(domain, carrier.id);
  }
  return { patterns, byE164: prefixTable(byE164), byDomain };
}

/** The carrier whose number system `number` belongs to; of several, the one with the longest prefix. */
export function matchCarrier(table: CarrierTable, number: string, caller: CallerContext): string | undefined {
  let best: CompiledPattern | undefined;
  for (const candidate of table.patterns.get(number.charAt(0)) ?? []) {
    if (best !== undefined && candidate.pattern.prefix.length <= best.pattern.prefix.length) continue;
    if (matches(candidate, number, caller)) best = candidate;
  }
  return best?.carrierId;
}

function matches({ pattern, regex }: CompiledPattern, number: string, caller: CallerContext): boolean {
  if (!number.startsWith(pattern.prefix)) return false;
  if (number.length < pattern.minLength || number.length > pattern.maxLength) return false;
  if (pattern.countries !== undefined && !pattern.countries.includes(caller.country)) return false;
  return regex === undefined || regex.matches(number);
}
