import type { CsvRecord } from '../kernel/csv.js';
import { type BadRow, badRow, type CsvFailure, type RecordFile } from '../kernel/csv-file.js';
import type { Currency } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import {
  type BadField,
  type DeckColumns,
  type HeaderFailure,
  readDeckHeader,
  readDeckRow,
} from './domain/deck-csv.js';
import type { DeckRow } from './domain/deck-row.js';

export interface DeckBatch {
  readonly good: readonly DeckRow[];
  readonly bad: readonly BadRow[];
}
export type DeckFileFailure = HeaderFailure | CsvFailure;

export interface DeckFileTerms {
  readonly currency: Currency;
  readonly periods: readonly string[];
  readonly mapping: Readonly<Record<string, string>>;
}

/** A deck's rows in batches, each record either good or bad; a prefix may stand once for each time from which it is valid. */
export async function* deckBatches(
  file: RecordFile,
  terms: DeckFileTerms,
): AsyncGenerator<Result<DeckBatch, DeckFileFailure>> {
  let columns: DeckColumns | undefined;
  const seen = new Set<string>();
  for await (const records of file.batches()) {
    if (!records.ok) return yield records;
    const [header] = records.value;
    if (columns === undefined) {
      const read = readDeckHeader(header?.fields ?? [], terms.periods, terms.mapping);
      if (!read.ok) return yield read;
      columns = read.value;
    } else yield ok(batchOf(records.value, columns, terms.currency, seen));
  }
}

function batchOf(
  records: readonly CsvRecord[],
  columns: DeckColumns,
  currency: Currency,
  seen: Set<string>,
): DeckBatch {
  const good: DeckRow[] = [];
  const bad: BadRow[] = [];
  for (const record of records) {
    const row = rowOf(record, columns, currency, seen);
    if (row.ok) good.push(row.value);
    else bad.push(badRow(record, row.failure));
  }
  return { good, bad };
}

function rowOf(
  { fields, broken }: CsvRecord,
  columns: DeckColumns,
  currency: Currency,
  seen: Set<string>,
): Result<DeckRow, BadField> {
  if (broken !== undefined) return err({ field: '', reason: broken });
  const row = readDeckRow(fields, columns, currency);
  if (!row.ok) return row;
  const key = `${row.value.prefix} ${row.value.validFrom?.getTime() ?? ''}`;
  if (seen.has(key)) return err({ field: 'prefix', reason: 'stands twice for the same time' });
  seen.add(key);
  return row;
}
