import type { Sql } from '../infra/db/sql.js';
import { isUniqueViolation } from '../infra/db/sql-state.js';
import type { BadRow } from '../kernel/csv-file.js';
import { newId } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import * as failures from './billing.failures.js';
import type { DeckRow } from './domain/deck-row.js';
import type { PeriodText } from './domain/period.js';
import { type ColumnOf, insertAll } from './insert-all.js';
import type { Reads } from './reads.js';

/** Begins a draft version; its periods must have been read by `parsePeriod`. Returns its id. */
export async function beginVersion(
  sql: Sql,
  version: {
    /** Chosen by who begins it, when that is known beforehand. */
    readonly versionId?: string | undefined;
    readonly deckId: string;
    readonly periods: readonly PeriodText[];
    /** A file's name, or what else the rows come from. */
    readonly source: string;
    readonly createdBy: string;
  },
): Promise<Result<string, failures.DeckFailure>> {
  const id = version.versionId ?? newId();
  const made = await sql.run(
    `INSERT INTO deck_version (id, deck_id, periods, source, created_by)
     SELECT $1, id, $3, $4, $5 FROM rate_deck WHERE id = $2`,
    [id, version.deckId, JSON.stringify(version.periods), version.source, version.createdBy],
  );
  return made === 1 ? ok(id) : err(failures.deckUnknown(version.deckId));
}

/** Adds rows to a draft. A prefix that the version has for the same time already is left out. */
export async function addRates(sql: Sql, versionId: string, rows: readonly DeckRow[]): Promise<void> {
  const columns = [{ name: 'version_id', type: 'uuid', of: () => versionId }, ...rateColumns];
  await insertAll(sql, 'deck_rate', columns, rows, 'NULL');
}

/** `unnest` would flatten an array of arrays, so a row's period prices travel as the text of an array. */
const rateColumns: readonly ColumnOf<DeckRow>[] = [
  { name: 'prefix', type: 'text', of: (row) => row.prefix },
  { name: 'valid_from', type: 'timestamptz', of: (row) => row.validFrom ?? '-infinity' },
  { name: 'valid_to', type: 'timestamptz', of: (row) => row.validTo ?? 'infinity' },
  { name: 'destination', type: 'text', of: (row) => row.destination },
  { name: 'connect_fee_micros', type: 'bigint', of: (row) => row.connectFee },
  { name: 'per_minute_micros', type: 'bigint', of: (row) => row.perMinute },
  {
    name: 'per_period_micros',
    type: 'text',
    castTo: 'bigint[]',
    of: (row) => `{${row.perPeriod.map((one) => one ?? 'NULL').join(',')}}`,
  },
  { name: 'first_s', type: 'integer', of: (row) => row.firstS },
  { name: 'next_s', type: 'integer', of: (row) => row.nextS },
  { name: 'minimum_s', type: 'integer', of: (row) => row.minimumS },
  { name: 'free_s', type: 'integer', of: (row) => row.freeS },
];

/** The import is over: from now on the version may be scheduled. */
export async function completeVersion(
  sql: Sql,
  versionId: string,
  counts: { readonly good: number; readonly bad: number; readonly sha256: string | null },
): Promise<void> {
  await sql.run(
    'UPDATE deck_version SET imported_at = now(), good_rows = $2, bad_rows = $3, sha256 = $4 WHERE id = $1',
    [versionId, counts.good, counts.bad, counts.sha256],
  );
}

/** Forgets a draft with all its rows: a dry run, or an import that broke off. */
export async function discardVersion(
  sql: Sql,
  versionId: string,
): Promise<Result<undefined, failures.DeckFailure>> {
  const gone = await sql.run('DELETE FROM deck_version WHERE id = $1 AND active_from IS NULL', [versionId]);
  if (gone === 1) return ok(undefined);
  const known = await lockVersion(sql, versionId);
  return err(known === undefined ? failures.versionUnknown(versionId) : failures.versionScheduled());
}

/**
 * Puts a version in force from a time on. A time in the past is allowed (a tariff that came late): calls answered since
 * are rated by it only when the period is re-rated. `acceptBadRows` must name the number of rows that could not be read.
 */
export async function scheduleVersion(
  sql: Sql,
  wish: {
    readonly versionId: string;
    readonly activeFrom: Date;
    readonly scheduledBy: string;
    readonly acceptBadRows: number;
  },
): Promise<Result<undefined, failures.DeckFailure>> {
  const allowed = await maySchedule(sql, wish);
  if (!allowed.ok) return allowed;
  try {
    await sql.run('UPDATE deck_version SET active_from = $2, scheduled_by = $3 WHERE id = $1', [
      wish.versionId,
      wish.activeFrom,
      wish.scheduledBy,
    ]);
  } catch (error) {
    if (isUniqueViolation(error)) return err(failures.timeTaken());
    throw error;
  }
  return ok(undefined);
}

/** Whether it could be put in force now, under its deck's lock; the deck's id. */
export async function maySchedule(
  sql: Sql,
  { versionId, acceptBadRows }: { readonly versionId: string; readonly acceptBadRows: number },
): Promise<Result<string, failures.DeckFailure>> {
  const version = await lockVersion(sql, versionId);
  if (version === undefined) return err(failures.versionUnknown(versionId));
  if (version.imported_at === null) return err(failures.versionIncomplete());
  if (version.active_from !== null) return err(failures.versionScheduled());
  if (version.bad_rows !== acceptBadRows) return err(failures.versionHasBadRows(version.bad_rows));
  return ok(version.deck_id);
}

/** Takes a scheduled version back to a draft, as long as it is not in force yet. */
export async function unscheduleVersion(
  sql: Sql,
  versionId: string,
): Promise<Result<undefined, failures.DeckFailure>> {
  const taken = await sql.run(
    `UPDATE deck_version SET active_from = NULL, scheduled_by = NULL
      WHERE id = $1 AND (active_from IS NULL OR active_from > now())`,
    [versionId],
  );
  if (taken === 1) return ok(undefined);
  const known = await lockVersion(sql, versionId);
  return err(known === undefined ? failures.versionUnknown(versionId) : failures.versionInForce());
}

interface VersionState {
  readonly deck_id: string;
  readonly imported_at: Date | null;
  readonly active_from: Date | null;
  readonly bad_rows: number;
}
async function lockVersion(sql: Sql, id: string): Promise<VersionState | undefined> {
  await sql.rows('SELECT pg_advisory_xact_lock(deck_lock(deck_id)) FROM deck_version WHERE id = $1', [id]);
  const [row] = await sql.rows<VersionState>(
    'SELECT deck_id, imported_at, active_from, bad_rows FROM deck_version WHERE id = $1 FOR UPDATE',
    [id],
  );
  return row;
}

export interface VersionView {
  readonly id: string;
  readonly deckId: string;
  readonly source: string;
  readonly sha256: string | null;
  readonly goodRows: number;
  readonly badRows: number;
  readonly periods: readonly PeriodText[];
  readonly createdAt: Date;
  readonly createdBy: string;
  /** null: the import is under way, or broke off. */
  readonly importedAt: Date | null;
  /** null: a draft. */
  readonly activeFrom: Date | null;
  readonly scheduledBy: string | null;
}

const VERSIONS = `
  SELECT id, deck_id AS "deckId", source, sha256, good_rows AS "goodRows", bad_rows AS "badRows", periods,
         created_at AS "createdAt", created_by AS "createdBy", imported_at AS "importedAt",
         active_from AS "activeFrom", scheduled_by AS "scheduledBy"
    FROM deck_version`;

/** The newest 100 versions of a deck. */
/** Newest first, before one when given. */
export const listVersions = (
  sql: Reads,
  deckId: string,
  count: number,
  before?: string,
): Promise<readonly VersionView[]> =>
  sql.rows<VersionView>(
    `${VERSIONS} WHERE deck_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [deckId, before ?? null, count],
  );

export async function findVersion(
  sql: Reads,
  id: string,
): Promise<Result<VersionView, failures.DeckFailure>> {
  const [row] = await sql.rows<VersionView>(`${VERSIONS} WHERE id = $1`, [id]);
  return row === undefined ? err(failures.versionUnknown(id)) : ok(row);
}

/** What could not be read of a version, in the file's order. */
export const badRowsOf = (sql: Reads, versionId: string): Promise<readonly BadRow[]> =>
  sql.rows<BadRow>(
    'SELECT line, field, reason, row_text AS text FROM deck_bad_row WHERE version_id = $1 ORDER BY line',
    [versionId],
  );
