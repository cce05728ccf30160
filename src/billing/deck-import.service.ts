import type { Tx } from '../infra/db/tx.js';
import { type BadRow, MOST_BAD_ROWS, type RecordFile, tooManyBadRows } from '../kernel/csv-file.js';
import { err, ok, type Result } from '../kernel/result.js';
import { type DeckFailure, deckUnknown } from './billing.failures.js';
import { type DeckFileFailure, deckBatches } from './deck-file.js';
import { addRates, beginVersion, completeVersion, discardVersion } from './deck-versions.service.js';
import { deckTerms } from './decks.service.js';
import { type PeriodFailure, type PeriodText, parsePeriod } from './domain/period.js';
import { insertAll } from './insert-all.js';

export interface ImportWish {
  readonly versionId?: string;
  readonly deckId: string;
  readonly periods: readonly PeriodText[];
  /** A file's own column names to ours; see `readDeckHeader`. */
  readonly mapping: Readonly<Record<string, string>>;
  /** The file's name, for people. */
  readonly source: string;
  readonly createdBy: string;
}
export interface ImportProgress {
  readonly bytes: number;
  readonly good: number;
  readonly bad: number;
}
export interface Imported extends ImportProgress {
  readonly versionId: string;
  readonly sha256: string;
  readonly badRows: readonly BadRow[];
}
export type ImportFailure = DeckFailure | DeckFileFailure | PeriodFailure | ReturnType<typeof tooManyBadRows>;

type InTx = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Reads a deck's CSV into a draft version, in transactions of 2,000 rows, so that its progress can be seen and nothing
 * is held long. What breaks off (the file, this process) leaves a version that can never be scheduled. Bad rows are kept
 * with it; rating is not touched until `scheduleVersion`.
 */
export async function importDeck(
  inTx: InTx,
  wish: ImportWish,
  file: RecordFile,
  report: (progress: ImportProgress) => void | Promise<void> = () => undefined,
): Promise<Result<Imported, ImportFailure>> {
  for (const period of wish.periods) {
    const parsed = parsePeriod(period);
    if (!parsed.ok) return parsed;
  }
  const terms = await inTx((tx) => deckTerms(tx, wish.deckId));
  if (terms === undefined) return err(deckUnknown(wish.deckId));
  const begun = await inTx((tx) => beginVersion(tx, wish));
  if (!begun.ok) return begun;
  const periods = wish.periods.map(({ name }) => name);
  const batches = deckBatches(file, { currency: terms.currency, periods, mapping: wish.mapping });
  const read = await readInto(inTx, begun.value, batches, ({ good, bad }) =>
    report({ good, bad, bytes: file.bytes }),
  );
  if (!read.ok) {
    await inTx((tx) => discardVersion(tx, begun.value));
    return read;
  }
  const { sha256, bytes } = file;
  await inTx((tx) => completeVersion(tx, begun.value, { ...read.value, sha256 }));
  return ok({ versionId: begun.value, sha256, bytes, ...read.value });
}

type Counts = Omit<ImportProgress, 'bytes'>;
type Read = Counts & { readonly badRows: readonly BadRow[] };

async function readInto(
  inTx: InTx,
  versionId: string,
  batches: ReturnType<typeof deckBatches>,
  report: (counts: Counts) => void | Promise<void>,
): Promise<Result<Read, ImportFailure>> {
  const badRows: BadRow[] = [];
  let counts: Counts = { good: 0, bad: 0 };
  for await (const batch of batches) {
    if (!batch.ok) return batch;
    const { good, bad } = batch.value;
    badRows.push(...bad);
    counts = { good: counts.good + good.length, bad: badRows.length };
    if (badRows.length > MOST_BAD_ROWS) return err(tooManyBadRows(badRows));
    const soFar = [versionId, counts.good, counts.bad];
    await inTx(async (tx) => {
      await addRates(tx, versionId, good);
      await insertAll(
        tx,
        'deck_bad_row',
        [
          { name: 'version_id', type: 'uuid', of: () => versionId },
          { name: 'line', type: 'integer', of: (row) => row.line },
          { name: 'field', type: 'text', of: (row) => row.field },
          { name: 'reason', type: 'text', of: (row) => row.reason },
          { name: 'row_text', type: 'text', of: (row) => row.text },
        ],
        bad,
        'line',
      );
      await tx.run('UPDATE deck_version SET good_rows = $2, bad_rows = $3 WHERE id = $1', soFar);
    });
    await report(counts);
  }
  return ok({ ...counts, badRows });
}
