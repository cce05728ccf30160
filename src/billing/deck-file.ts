import { createHash } from 'node:crypto';
import { CsvReader, type CsvRecord, csvLine, guessDelimiter } from '../kernel/csv.js';
import type { Currency } from '../kernel/money.js';
import { err, failure, ok, type Result } from '../kernel/result.js';
import { type DeckColumns, type HeaderFailure, readDeckHeader, readDeckRow } from './domain/deck-csv.js';
import type { DeckRow } from './domain/deck-row.js';

/** What could not be read, and the record as it stood: a line of the error file. */
export interface BadRow {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  readonly text: string;
}
export interface DeckBatch {
  readonly good: readonly DeckRow[];
  readonly bad: readonly BadRow[];
  /** Of the file, so far. */
  readonly bytes: number;
}

export type FileFailure = HeaderFailure | ReturnType<typeof notUtf8> | ReturnType<typeof empty>;

export interface DeckFileTerms {
  readonly currency: Currency;
  readonly periods: readonly string[];
  readonly mapping: Readonly<Record<string, string>>;
}

const BATCH = 2_000;

/**
 * A deck's CSV as a stream: batches of rows, each record either good or bad. Memory stays at a batch and the keys seen
 * (a prefix may stand once for each time from which it is valid). The last result may be a failure of the whole file.
 */
export class DeckFile {
  private readonly hash = createHash('sha256');
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly seen = new Set<string>();
  private reader: CsvReader | undefined;
  private head = '';
  private columns: DeckColumns | undefined;
  private bytes = 0;
  private waiting: CsvRecord[] = [];

  constructor(private readonly terms: DeckFileTerms) {}

  /** Hex; of the whole file once it has been read. */
  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  async *batches(file: AsyncIterable<Uint8Array>): AsyncGenerator<Result<DeckBatch, FileFailure>> {
    for await (const piece of file) {
      this.hash.update(piece);
      this.bytes += piece.length;
      const text = this.decoded(piece);
      const taken = text === undefined ? err(notUtf8()) : this.take(text, false);
      if (!taken.ok) return yield taken;
      while (this.waiting.length >= BATCH) yield ok(this.batch(this.waiting.splice(0, BATCH)));
    }
    const text = this.decoded();
    const taken = text === undefined ? err(notUtf8()) : this.take(text, true);
    if (!taken.ok) return yield taken;
    if (this.columns === undefined) return yield err(empty());
    yield ok(this.batch(this.waiting.splice(0)));
  }

  private decoded(piece?: Uint8Array): string | undefined {
    try {
      return piece === undefined ? this.decoder.decode() : this.decoder.decode(piece, { stream: true });
    } catch {
      return undefined;
    }
  }

  /** Text to records; the first record is the header, whose line also tells the delimiter. */
  private take(text: string, atEnd: boolean): Result<undefined, FileFailure> {
    this.head += this.reader === undefined ? text : '';
    if (this.reader === undefined && !atEnd && !this.head.includes('\n')) return ok(undefined);
    const first = this.reader === undefined;
    this.reader ??= new CsvReader({ delimiter: guessDelimiter(this.head.split('\n', 1)[0] ?? '') });
    const records = [...this.reader.push(first ? this.head : text), ...(atEnd ? this.reader.end() : [])];
    const header = this.columns === undefined ? records.shift() : undefined;
    if (header !== undefined) {
      const columns = readDeckHeader(header.fields, this.terms.periods, this.terms.mapping);
      if (!columns.ok) return columns;
      this.columns = columns.value;
      this.head = '';
    }
    this.waiting.push(...records);
    return ok(undefined);
  }

  private batch(records: readonly CsvRecord[]): DeckBatch {
    const good: DeckRow[] = [];
    const bad: BadRow[] = [];
    for (const record of records) {
      const row = this.row(record);
      if (row.ok) good.push(row.value);
      else bad.push({ line: record.line, ...row.failure, text: csvLine(record.fields).slice(0, 1_000) });
    }
    return { good, bad, bytes: this.bytes };
  }

  private row({ fields, broken }: CsvRecord): Result<DeckRow, Omit<BadRow, 'line' | 'text'>> {
    if (broken !== undefined || this.columns === undefined) return err({ field: '', reason: broken ?? '' });
    const row = readDeckRow(fields, this.columns, this.terms.currency);
    if (!row.ok) return row;
    const key = `${row.value.prefix} ${row.value.validFrom?.getTime() ?? ''}`;
    if (this.seen.has(key)) return err({ field: 'prefix', reason: 'stands twice for the same time' });
    this.seen.add(key);
    return row;
  }
}

/** The error file: bad rows with their line, what is wrong, and the row itself. */
export const badRowsCsv = (rows: readonly BadRow[]): string =>
  [
    ['line', 'field', 'reason', 'row'],
    ...rows.map((row) => [String(row.line), row.field, row.reason, row.text]),
  ]
    .map((fields) => `${csvLine(fields)}\r\n`)
    .join('');

const notUtf8 = () =>
  failure('deck-file.not-utf8', 'the file is not UTF-8 text', { hint: 'save it as "CSV UTF-8"' });
const empty = () => failure('deck-file.empty', 'the file has no header line');
