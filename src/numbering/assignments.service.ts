import type { Sql } from '../infra/db/sql.js';
import type { Tx } from '../infra/db/tx.js';
import { newId } from '../kernel/ids.js';
import { assignmentKey } from './domain/own/keys.js';
import { formatPin } from './domain/own/pin.js';
import { formatVns } from './domain/own/vns.js';
import type { NumberForSale } from './domain/sale/sale.js';
import { cccOfRegion } from './domain/telephone/country-codes.js';
import type { E164, Region } from './domain/telephone/region.js';

export interface NewAssignment {
  readonly number: NumberForSale;
  /** The country it belongs to: of a company's number its home. */
  readonly region: Region;
  readonly holderId: string;
}

/** How people write it: `02-6200-6200-082`, `6200-6200#082`. */
export const displayOf = (number: NumberForSale): string =>
  number.kind === 'pin' ? formatPin(number) : formatVns(number);

/** Gives a number to its holder. Returns the assignment's id; undefined when the number is somebody's already. */
export async function assignNumber(
  tx: Tx,
  { number, region, holderId }: NewAssignment,
): Promise<string | undefined> {
  const [made] = await tx.rows<{ id: string }>(
    `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, identification, holder_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key) DO NOTHING RETURNING id`,
    [
      newId(),
      assignmentKey(number),
      number.kind,
      number.ccc,
      region,
      number.kind === 'pin' ? number.areaNumber : number.number,
      displayOf(number),
      number.kind === 'pin' && number.identification,
      holderId,
    ],
  );
  return made?.id;
}

/**
 * Binds the telephone by which other networks reach the number in that country. False when that telephone stands for
 * another number already.
 */
export async function bindShadow(
  tx: Tx,
  shadow: {
    readonly assignmentId: string;
    readonly country: Region;
    readonly e164: E164;
    readonly verified: boolean;
  },
): Promise<boolean> {
  const bound = await tx.run(
    `INSERT INTO number_shadow (assignment_id, country, e164, verified_at)
     VALUES ($1, $2, $3, CASE WHEN $4 THEN now() END)
     ON CONFLICT DO NOTHING`,
    [shadow.assignmentId, shadow.country, shadow.e164, shadow.verified],
  );
  return bound === 1;
}

/** Opens a company number's branches, each answered by a member; the first under a country code is its default. */
export async function openBranches(
  tx: Tx,
  assignmentId: string,
  branches: readonly { readonly region: Region; readonly memberId: string }[],
): Promise<void> {
  const defaults = new Set<string>();
  for (const { region, memberId } of branches) {
    const ccc = cccOfRegion(region) ?? '';
    await tx.run(
      `INSERT INTO vns_branch (id, assignment_id, region, ccc, is_default, member_id) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (assignment_id, region) DO NOTHING`,
      [newId(), assignmentId, region, ccc, !defaults.has(ccc), memberId],
    );
    defaults.add(ccc);
  }
}

/** Whose fee is not paid is neither rung nor shown until it is; the number stays his. */
export const suspendNumber = (tx: Tx, key: string, holderId: string): Promise<number> =>
  tx.run(
    'UPDATE number_assignment SET suspended_at = now() WHERE key = $1 AND holder_id = $2 AND suspended_at IS NULL',
    [key, holderId],
  );

export const resumeNumber = (tx: Tx, key: string, holderId: string): Promise<number> =>
  tx.run(
    'UPDATE number_assignment SET suspended_at = NULL WHERE key = $1 AND holder_id = $2 AND suspended_at IS NOT NULL',
    [key, holderId],
  );

/** Takes a number back from that holder: from now on it rings nobody. False when he does not have it. */
export async function releaseNumber(tx: Tx, key: string, holderId: string): Promise<boolean> {
  return (
    (await tx.run('DELETE FROM number_assignment WHERE key = $1 AND holder_id = $2', [key, holderId])) === 1
  );
}

/**
 * Gives a number that one has to another. Telephones and branches stay behind: they are the former holder's. False when he
 * does not have it (any more).
 */
export async function passNumber(
  tx: Tx,
  key: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<string | undefined> {
  const [moved] = await tx.rows<{ id: string }>(
    'UPDATE number_assignment SET holder_id = $3 WHERE key = $1 AND holder_id = $2 RETURNING id',
    [key, from, to],
  );
  if (moved === undefined) return undefined;
  await tx.run('DELETE FROM number_shadow WHERE assignment_id = $1', [moved.id]);
  await tx.run('DELETE FROM vns_branch WHERE assignment_id = $1', [moved.id]);
  return moved.id;
}

/** Which of these keys are assigned: by the index, whatever is sold. */
export async function assignedKeys(sql: Sql, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ key: string }>('SELECT key FROM number_assignment WHERE key = ANY ($1)', [
    keys,
  ]);
  return new Set(rows.map(({ key }) => key));
}

/** How many numbers somebody has. */
export async function numbersHeldBy(sql: Sql, holderId: string): Promise<number> {
  const [row] = await sql.rows<{ count: string }>(
    'SELECT count(*) AS count FROM number_assignment WHERE holder_id = $1',
    [holderId],
  );
  return Number(row?.count ?? 0);
}
