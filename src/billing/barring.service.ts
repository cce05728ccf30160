import type { Sql } from '../infra/db/sql.js';
import { type GuardedKind, type GuardedRange, type GuardedRanges, guardedRanges } from './domain/barring.js';
import type { Reads } from './reads.js';

export async function readGuardedRanges(sql: Reads): Promise<GuardedRanges> {
  return guardedRanges(await sql.rows<GuardedRange>('SELECT prefix, kind FROM guarded_range'));
}

/** What an account may call all the same. */
export async function allowancesOf(sql: Reads, account: bigint): Promise<ReadonlySet<GuardedKind>> {
  const rows = await sql.rows<{ kind: GuardedKind }>(
    'SELECT kind FROM payer_allowance WHERE account_id = $1',
    [account],
  );
  return new Set(rows.map(({ kind }) => kind));
}

/** From now on an account may call these kinds of ranges and no others of the guarded ones. */
export async function setAllowances(
  sql: Sql,
  account: bigint,
  kinds: readonly GuardedKind[],
  by: string,
): Promise<void> {
  await sql.run('DELETE FROM payer_allowance WHERE account_id = $1 AND kind <> ALL ($2)', [account, kinds]);
  await sql.run(
    `INSERT INTO payer_allowance (account_id, kind, allowed_by) SELECT $1, kind, $3 FROM unnest($2::text[]) AS k (kind)
     ON CONFLICT DO NOTHING`,
    [account, kinds, by],
  );
}

export interface RangeRow extends GuardedRange {
  readonly about: string;
}
export const listRanges = (sql: Reads): Promise<readonly RangeRow[]> =>
  sql.rows<RangeRow>('SELECT prefix, kind, about FROM guarded_range ORDER BY prefix');

export const setRange = (sql: Sql, { prefix, kind, about }: RangeRow): Promise<number> =>
  sql.run(
    `INSERT INTO guarded_range (prefix, kind, about) VALUES ($1, $2, $3)
     ON CONFLICT (prefix) DO UPDATE SET kind = excluded.kind, about = excluded.about`,
    [prefix, kind, about],
  );

/** The day's cap that accounts opened from now on get, in micro-units. */
export const setDefaultCap = (sql: Sql, currency: string, micros: bigint): Promise<number> =>
  sql.run(
    `INSERT INTO payer_default (currency, daily_cap_micros) VALUES ($1, $2)
     ON CONFLICT (currency) DO UPDATE SET daily_cap_micros = excluded.daily_cap_micros`,
    [currency, micros],
  );

export const listDefaultCaps = (
  sql: Reads,
): Promise<readonly { readonly currency: string; readonly micros: string }[]> =>
  sql.rows<{ currency: string; micros: string }>(
    'SELECT currency, daily_cap_micros AS micros FROM payer_default ORDER BY currency',
  );
