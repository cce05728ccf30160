import type { Reads } from './reads.js';

export type RateChange = 'added' | 'removed' | 'dearer' | 'cheaper' | 'terms';

/** What scheduling a version would change against another one: how many rates in which way, and the heaviest of each. */
export interface DeckDiff {
  readonly against: string | null;
  readonly unchanged: number;
  readonly counts: Readonly<Record<RateChange, number>>;
  readonly examples: readonly RateDifference[];
}
export interface RateDifference {
  readonly change: RateChange;
  readonly prefix: string;
  readonly destination: string;
  /** Micro-units per minute, as text; null where there is no rate on that side. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Of each kind of change, the ones that change the price most. */
const EXAMPLES = 50;

/**
 * Compares a version with the one of its deck that is in force at that time, rate by rate (prefix and time from which it
 * is valid). `terms`: same price per minute, other increments, fees, free time, end or period prices.
 */
export async function diffVersion(sql: Reads, versionId: string, at: Date): Promise<DeckDiff> {
  const [running] = await sql.rows<{ id: string }>(
    `SELECT id FROM deck_version
      WHERE deck_id = (SELECT deck_id FROM deck_version WHERE id = $1) AND active_from <= $2
      ORDER BY active_from DESC LIMIT 1`,
    [versionId, at],
  );
  const against = running?.id ?? null;
  const rows = await sql.rows<DiffRow>(DIFF, [against, versionId, EXAMPLES]);
  const totals = new Map(rows.map(({ change, total }) => [change, Number(total)]));
  const count = (change: RateChange | 'same') => totals.get(change) ?? 0;
  return {
    against,
    unchanged: count('same'),
    counts: {
      added: count('added'),
      removed: count('removed'),
      dearer: count('dearer'),
      cheaper: count('cheaper'),
      terms: count('terms'),
    },
    examples: rows.flatMap(({ change, prefix, destination, before, after }) =>
      change === 'same' ? [] : [{ change, prefix, destination, before, after }],
    ),
  };
}

interface DiffRow extends Omit<RateDifference, 'change'> {
  readonly change: RateChange | 'same';
  readonly total: string;
}

/** $1: the version before (or null), $2: the version after, $3: examples of each kind. Of `same` only the total counts. */
export const DIFF = `
  WITH compared AS (
    SELECT CASE
             WHEN o.prefix IS NULL THEN 'added'
             WHEN n.prefix IS NULL THEN 'removed'
             WHEN n.per_minute_micros > o.per_minute_micros THEN 'dearer'
             WHEN n.per_minute_micros < o.per_minute_micros THEN 'cheaper'
             WHEN (n.connect_fee_micros, n.per_period_micros, n.first_s, n.next_s, n.minimum_s, n.free_s, n.valid_to)
               IS DISTINCT FROM
                  (o.connect_fee_micros, o.per_period_micros, o.first_s, o.next_s, o.minimum_s, o.free_s, o.valid_to)
             THEN 'terms'
             ELSE 'same'
           END AS change,
           prefix, COALESCE(n.destination, o.destination) AS destination,
           o.per_minute_micros AS before, n.per_minute_micros AS after
      FROM (SELECT * FROM deck_rate WHERE version_id = $1) o
      FULL JOIN (SELECT * FROM deck_rate WHERE version_id = $2) n USING (prefix, valid_from)
  ), ranked AS (
    SELECT *, count(*) OVER (PARTITION BY change) AS total,
           row_number() OVER (PARTITION BY change
                              ORDER BY abs(COALESCE(after, 0) - COALESCE(before, 0)) DESC, prefix) AS rank
      FROM compared
  )
  SELECT change, total, prefix, destination, before, after FROM ranked
   WHERE rank <= CASE change WHEN 'same' THEN 1 ELSE $3 END
   ORDER BY change, rank`;
