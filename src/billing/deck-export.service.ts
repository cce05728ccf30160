import { csvLine } from '../kernel/csv.js';
import type { Currency } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import { type DeckFailure, versionUnknown } from './billing.failures.js';
import { deckHeader, writeDeckRow } from './domain/deck-csv.js';
import type { DeckRow } from './domain/deck-row.js';
import type { Reads } from './reads.js';

const PAGE = 5_000;

/** A version as the CSV that imports it again, page by page: any size, little memory. */
export async function exportDeck(
  sql: Reads,
  versionId: string,
): Promise<Result<AsyncGenerator<string>, DeckFailure>> {
  const [version] = await sql.rows<{ currency: Currency; periods: readonly { name: string }[] }>(
    'SELECT d.currency, v.periods FROM deck_version v JOIN rate_deck d ON d.id = v.deck_id WHERE v.id = $1',
    [versionId],
  );
  if (version === undefined) return err(versionUnknown(versionId));
  const periods = version.periods.map(({ name }) => name);
  return ok(lines(sql, versionId, version.currency, periods));
}

async function* lines(
  sql: Reads,
  versionId: string,
  currency: Currency,
  periods: readonly string[],
): AsyncGenerator<string> {
  const text = (rows: readonly (readonly string[])[]) => rows.map((row) => `${csvLine(row)}\r\n`).join('');
  yield text([deckHeader(periods)]);
  let after: readonly unknown[] = [null, null];
  for (;;) {
    const page = await sql.rows<RateRow>(EXPORT_PAGE, [versionId, ...after, PAGE]);
    if (page.length > 0) yield text(page.map((row) => writeDeckRow(rowOf(row, periods.length), currency)));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = [last.prefix, last.from_key];
  }
}

interface RateRow {
  readonly prefix: string;
  readonly from_key: string;
  readonly destination: string;
  readonly valid_from: Date | null;
  readonly valid_to: Date | null;
  readonly connect_fee_micros: string;
  readonly per_minute_micros: string;
  readonly per_period_micros: readonly (string | null)[];
  readonly first_s: number;
  readonly next_s: number;
  readonly minimum_s: number;
  readonly free_s: number;
}

/** $1: the version, $2 and $3: after which prefix and time, $4: how many. */
export const EXPORT_PAGE = `
  SELECT prefix, valid_from::text AS from_key, destination,
         NULLIF(valid_from, '-infinity') AS valid_from, NULLIF(valid_to, 'infinity') AS valid_to,
         connect_fee_micros, per_minute_micros, per_period_micros::text[], first_s, next_s, minimum_s, free_s
    FROM deck_rate
   WHERE version_id = $1 AND ($2::text IS NULL OR (prefix, deck_rate.valid_from) > ($2, $3::timestamptz))
   ORDER BY prefix, deck_rate.valid_from LIMIT $4`;

const rowOf = (row: RateRow, periods: number): DeckRow => ({
  prefix: row.prefix,
  destination: row.destination,
  connectFee: BigInt(row.connect_fee_micros),
  perMinute: BigInt(row.per_minute_micros),
  perPeriod: Array.from({ length: periods }, (_, index) => {
    const price = row.per_period_micros[index];
    return price == null ? undefined : BigInt(price);
  }),
  firstS: row.first_s,
  nextS: row.next_s,
  minimumS: row.minimum_s,
  freeS: row.free_s,
  validFrom: row.valid_from ?? undefined,
  validTo: row.valid_to ?? undefined,
});
