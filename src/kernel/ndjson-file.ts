import { createHash } from 'node:crypto';
import type { CsvRecord } from './csv.js';
import { BATCH, type CsvFailure, empty, notUtf8, type RecordFile } from './csv-file.js';
import { err, ok, type Result } from './result.js';

const LONGEST_LINE = 65_536;

/**
 * An uploaded file of one JSON object a line, as the records that a CSV of the same content has: the first line's names are the header, a
 * later one may leave some out and not add any. Values are texts, numbers, true, false, or null (empty). Memory stays at a batch.
 */
export class NdjsonFile implements RecordFile {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private header: readonly string[] | undefined;

  constructor(private readonly file: AsyncIterable<Uint8Array>) {}

  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  async *batches(): AsyncGenerator<Result<readonly CsvRecord[], CsvFailure>> {
    let waiting: CsvRecord[] = [];
    let line = 0;
    for await (const text of this.lines()) {
      if (text === undefined) return yield err(notUtf8());
      line += 1;
      if (text.trim() === '') continue;
      const object = objectOf(text);
      if (this.header === undefined && object !== undefined) {
        this.header = Object.keys(object);
        yield ok([{ line, fields: this.header }]);
      }
      waiting.push(recordOf(line, text, object, this.header));
      if (waiting.length === BATCH && this.header !== undefined) {
        yield ok(waiting);
        waiting = [];
      }
      if (waiting.length > BATCH) return yield err(empty());
    }
    yield this.header === undefined ? err(empty()) : ok(waiting);
  }

  /** undefined: the file is not UTF-8. A line that never ends is cut, and found broken. */
  private async *lines(): AsyncGenerator<string | undefined> {
    let rest = '';
    let tooLong = false;
    for await (const piece of this.file) {
      this.hash.update(piece);
      this.bytes += piece.length;
      const text = this.decoded(piece);
      if (text === undefined) return yield undefined;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!tooLong) yield line;
        tooLong = false;
      }
      if (rest.length > LONGEST_LINE) {
        if (!tooLong) yield rest;
        tooLong = true;
        rest = '';
      }
    }
    const end = this.decoded();
    if (end === undefined) return yield undefined;
    if (!tooLong && rest + end !== '') yield rest + end;
  }

  private decoded(piece?: Uint8Array): string | undefined {
    try {
      return piece === undefined ? this.decoder.decode() : this.decoder.decode(piece, { stream: true });
    } catch {
      return undefined;
    }
  }
}

function recordOf(
  line: number,
  text: string,
  object: Readonly<Record<string, unknown>> | undefined,
  header: readonly string[] | undefined,
): CsvRecord {
  const broken = (why: string): CsvRecord => ({ line, fields: [text.slice(0, 1_000)], broken: why });
  if (text.length > LONGEST_LINE) return broken(`a line of more than ${LONGEST_LINE} characters`);
  if (object === undefined || header === undefined) return broken('is not one JSON object');
  const strange = Object.keys(object).find((name) => !header.includes(name));
  if (strange !== undefined)
    return broken(`has ${JSON.stringify(strange.slice(0, 60))}, the first line has not`);
  const nested = header.find((name) => typeof object[name] === 'object' && object[name] !== null);
  if (nested !== undefined) return broken(`${nested} must be one value`);
  return { line, fields: header.map((name) => fieldOf(Object.hasOwn(object, name) ? object[name] : null)) };
}

const fieldOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.length > LONGEST_LINE) return undefined;
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
