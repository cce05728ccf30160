import type { Sql } from '../../infra/db/sql.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { type NumberForSale, recheck, type SaleRefusal } from '../../numbering/index.js';
import { rulesFrom } from '../directory.rules.js';

/** A sold number that could not be sold under today's plan: its holder has to be told how to be dialled, or given another. */
export interface SoldConflict {
  readonly key: string;
  readonly holderId: string;
  readonly reasons: readonly SaleRefusal[];
}
export interface ConflictsPage {
  readonly items: readonly SoldConflict[];
  /** Where to go on; null when all numbers have been looked at. Pages may be empty. */
  readonly nextCursor: string | null;
}

/** Some 20 µs each: a page keeps the process busy for 40 ms. */
const NUMBERS_A_PAGE = 2_000;

interface SoldRow {
  readonly key: string;
  readonly kind: 'pin' | 'vns';
  readonly areaNumber: string;
  readonly ccc: string;
  readonly identification: boolean;
  readonly holderId: string;
  readonly branchCccs: readonly string[];
}

/** Looks at the next sold numbers after that key. */
export async function conflictsAfter(sql: Sql, key: string): Promise<Result<ConflictsPage>> {
  const rules = await rulesFrom(sql);
  if (!rules.ok)
    return err(
      failure('plan.conflict', `The plan cannot be: ${rules.failure.join('; ')}.`, {
        hint: 'change what is named, or what it is in conflict with',
      }),
    );
  const rows = await sql.rows<SoldRow>(SOLD_AFTER, [key, NUMBERS_A_PAGE]);
  const holders = new Map(rows.map((row) => [row.key, row.holderId]));
  const found = [...recheck(rows.map(numberOf), rules.value.plan)];
  const last = rows.length < NUMBERS_A_PAGE ? undefined : rows.at(-1);
  return ok({
    items: found.map((one) => ({ ...one, holderId: holders.get(one.key) ?? '' })),
    nextCursor: last?.key ?? null,
  });
}

const numberOf = ({ kind, areaNumber, ccc, identification, branchCccs }: SoldRow): NumberForSale =>
  kind === 'pin' ? { kind, areaNumber, ccc, identification } : { kind, number: areaNumber, ccc, branchCccs };

/** $1: after which key, $2: how many. */
export const SOLD_AFTER = `
  SELECT key, kind, area_number AS "areaNumber", ccc, identification, holder_id AS "holderId",
         ARRAY(SELECT DISTINCT b.ccc FROM vns_branch b WHERE b.assignment_id = a.id ORDER BY b.ccc) AS "branchCccs"
    FROM number_assignment a WHERE key > $1 ORDER BY key LIMIT $2`;
