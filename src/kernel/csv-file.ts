import { createHash } from 'node:crypto';
import { CsvReader, type CsvRecord, csvLine, guessDelimiter } from './csv.js';
import { err, failure, ok, type Result } from './result.js';

/** What could not be read, and the record as it stood: a line of the error file. */
export interface BadRow {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  readonly text: string;
}
export type CsvFailure = ReturnType<typeof notUtf8> | ReturnType<typeof empty>;

/** An uploaded file of records, whatever its form, read once: batches, the header (the fields' names) first and alone. */
export interface RecordFile {
  /** Read so far. */
  readonly bytes: number;
  /** Hex; of the whole file once it has been read. */
  readonly sha256: string;
  batches(): AsyncGenerator<Result<readonly CsvRecord[], CsvFailure>>;
}

export const BATCH = 2_000;

/**
 * An uploaded CSV file as a stream of batches of records, the header first and alone; delimiter and file hash are found on
 * the way. Memory stays at a batch. The last result may be a failure of the whole file.
 */
export class CsvFile implements RecordFile {
  /** Of the file, so far. */
  bytes = 0;
  private readonly hash = createHash('sha256');
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private reader: CsvReader | undefined;
  private head = '';

  constructor(private readonly file: AsyncIterable<Uint8Array>) {}

  /** Hex; of the whole file once it has been read. */
  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  async *batches(): AsyncGenerator<Result<readonly CsvRecord[], CsvFailure>> {
    let waiting: CsvRecord[] = [];
    let headerSeen = false;
    for await (const records of this.records()) {
      if (records === undefined) return yield err(notUtf8());
      waiting.push(...records);
      if (!headerSeen && waiting.length > 0) {
        yield ok(waiting.splice(0, 1));
        headerSeen = true;
      }
      for (; waiting.length >= BATCH; waiting = waiting.slice(BATCH)) yield ok(waiting.slice(0, BATCH));
    }
    yield headerSeen ? ok(waiting) : err(empty());
  }

  /** undefined: the file is not UTF-8. */
  private async *records(): AsyncGenerator<readonly CsvRecord[] | undefined> {
    for await (const piece of this.file) {
      this.hash.update(piece);
      this.bytes += piece.length;
      const text = this.decoded(piece);
      if (text === undefined) return yield undefined;
      yield this.read(text, false);
    }
    const rest = this.decoded();
    yield rest === undefined ? undefined : this.read(rest, true);
  }

  /** The header's line tells the delimiter, so nothing is read before it is there. */
  private read(text: string, atEnd: boolean): readonly CsvRecord[] {
    if (this.reader !== undefined) return [...this.reader.push(text), ...(atEnd ? this.reader.end() : [])];
    this.head += text;
    if (!atEnd && !this.head.includes('\n')) return [];
    this.reader = new CsvReader({ delimiter: guessDelimiter(this.head.split('\n', 1)[0] ?? '') });
    const head = this.head;
    this.head = '';
    return this.read(head, atEnd);
  }

  private decoded(piece?: Uint8Array): string | undefined {
    try {
      return piece === undefined ? this.decoder.decode() : this.decoder.decode(piece, { stream: true });
    } catch {
      return undefined;
    }
  }
}

export const badRow = (record: CsvRecord, { field, reason }: { field: string; reason: string }): BadRow => ({
  line: record.line,
  field,
  reason,
  text: csvLine(record.fields).replaceAll('\u0000', '').slice(0, 1_000),
});

/** The error file: bad rows with their line, what is wrong, and the row itself. */
export const badRowsCsv = (rows: readonly BadRow[]): string =>
  [
    ['line', 'field', 'reason', 'row'],
    ...rows.map((row) => [String(row.line), row.field, row.reason, row.text]),
  ]
    .map((fields) => `${csvLine(fields)}\r\n`)
    .join('');

/** Whoever maps a column wrongly gets an answer at once, not a million lines of errors. */
export const MOST_BAD_ROWS = 10_000;
export const tooManyBadRows = ([first]: readonly BadRow[]) =>
  failure('csv-file.too-many-bad-rows', `more than ${MOST_BAD_ROWS} rows could not be read`, {
    hint: `check delimiter and columns; the first: line ${first?.line}, ${first?.field} ${first?.reason}`,
  });

export const notUtf8 = () =>
  failure('csv-file.not-utf8', 'the file is not UTF-8 text', { hint: 'save it as "CSV UTF-8"' });
export const empty = () =>
  failure('csv-file.empty', 'the file has no header line', { hint: 'the first line names the columns' });
