import type { CallerContext } from '../reading/caller.js';
import type { FeatureReading } from '../reading/reading.js';
import type { FeatureCode } from './plan-config.js';

/** Feature codes by their digits, and the length of the longest. */
export interface FeatureTable {
  readonly byCode: ReadonlyMap<string, FeatureCode>;
  readonly longest: number;
}

export function featureTable(codes: readonly FeatureCode[]): FeatureTable {
  return {
    byCode: new Map(codes.map((code) => [code.code, code])),
    longest: Math.max(0, ...codes.map((code) => code.code.length)),
  };
}

/** The longest configured code that `dial` starts with and whose argument rule the rest keeps; a final `#` only ends dialling. */
export function matchFeature(
  table: FeatureTable,
  dial: string,
  caller: CallerContext,
): FeatureReading | undefined {
  for (let length = Math.min(table.longest, dial.length); length > 0; length--) {
    const code = table.byCode.get(dial.slice(0, length));
    if (code === undefined || (code.companyId !== undefined && code.companyId !== caller.companyId)) continue;
    const argument = argumentOf(code, dial.slice(length));
    if (argument !== undefined) return { kind: 'feature', code: code.code, feature: code.feature, argument };
  }
  return undefined;
}

/** `*21*0212345678#`, `#31#0212345678`, `*210212345678`: the separating `*` or `#` and the final `#` are no argument. */
function argumentOf(code: FeatureCode, rest: string): string | undefined {
  const ended = rest.endsWith('#') ? rest.slice(0, -1) : rest;
  const argument = /^[*#]/.test(ended) ? ended.slice(1) : ended;
  if (argument === '') return code.argument === 'required' ? undefined : '';
  return code.argument === 'none' ? undefined : argument;
}
