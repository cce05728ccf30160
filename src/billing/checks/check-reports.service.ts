import type { Reads } from '../reads.js';
import { checks } from './checks.service.js';

export interface RunReport {
  readonly id: string;
  readonly from: Date;
  readonly to: Date;
  readonly startedAt: Date;
  readonly tookMs: number;
  readonly askedBy: string;
  readonly results: readonly {
    readonly name: string;
    readonly holds: string;
    readonly findings: number;
    readonly tookMs: number;
  }[];
}

/** Runs, newest first, before an id when given; or the one of that id. */
export async function reportsOf(
  sql: Reads,
  page: { readonly limit: number; readonly before?: string | undefined; readonly id?: string },
): Promise<readonly RunReport[]> {
  const rows = await sql.rows<
    Omit<RunReport, 'results'> & { results: readonly { name: string; findings: number; tookMs: number }[] }
  >(
    `SELECT r.id, r.span_from AS "from", r.span_to AS "to", r.started_at AS "startedAt", r.took_ms AS "tookMs",
            r.asked_by AS "askedBy",
            (SELECT jsonb_agg(jsonb_build_object('name', name, 'findings', findings, 'tookMs', took_ms) ORDER BY name)
               FROM check_result WHERE run_id = r.id) AS results
       FROM check_run r WHERE ($1::uuid IS NULL OR r.id < $1) AND ($3::uuid IS NULL OR r.id = $3)
      ORDER BY r.id DESC LIMIT $2`,
    [page.before ?? null, page.limit, page.id ?? null],
  );
  const holds = new Map(checks.map((check) => [check.name, check.holds]));
  return rows.map((row) => ({
    ...row,
    results: row.results.map((result) => ({ ...result, holds: holds.get(result.name) ?? '' })),
  }));
}

export interface FoundRow {
  readonly line: number;
  readonly check: string;
  readonly key: string;
  readonly detail: unknown;
}

/** The offending rows of a run, of one check when named. */
export const findingsOf = (
  sql: Reads,
  runId: string,
  page: { readonly limit: number; readonly after: number; readonly check: string | undefined },
): Promise<readonly FoundRow[]> =>
  sql.rows<FoundRow>(
    `SELECT line, name AS check, key, detail FROM check_finding
      WHERE run_id = $1 AND line > $2 AND ($3::text IS NULL OR name = $3) ORDER BY line LIMIT $4`,
    [runId, page.after, page.check ?? null, page.limit],
  );
