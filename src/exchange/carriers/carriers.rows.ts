import type { Sql } from '../../infra/db/sql.js';
import { TableRows } from '../../infra/db/table-rows.js';

export interface CarrierRecord {
  readonly id: string;
  readonly name: string;
  readonly trunkId: string;
  readonly e164Prefixes: readonly string[];
  readonly domains: readonly string[];
  readonly enabled: boolean;
}
export const CARRIERS = new TableRows<CarrierRecord>(
  'voip_carrier',
  ['id'],
  ['id', 'name', 'trunkId', 'e164Prefixes', 'domains', 'enabled'],
);

export interface PatternRecord {
  readonly id: string;
  readonly carrierId: string;
  readonly prefix: string;
  readonly minLength: number;
  readonly maxLength: number;
  readonly regex: string | null;
  readonly countries: readonly string[] | null;
}
export const PATTERNS = new TableRows<PatternRecord>(
  'carrier_pattern',
  ['carrierId', 'prefix', 'id'],
  ['id', 'carrierId', 'prefix', 'minLength', 'maxLength', 'regex', 'countries'],
);

/** A carrier with its number system. */
export interface CarrierView extends CarrierRecord {
  readonly patterns: readonly Omit<PatternRecord, 'carrierId'>[];
}

export async function withPatterns(
  sql: Sql,
  carriers: readonly CarrierRecord[],
): Promise<readonly CarrierView[]> {
  return Promise.all(
    carriers.map(async (carrier) => {
      const patterns = await PATTERNS.all(sql, { carrierId: carrier.id });
      return { ...carrier, patterns: patterns.map(({ carrierId: _, ...pattern }) => pattern) };
    }),
  );
}
