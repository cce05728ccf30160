/** One record of a CSV file (RFC 4180) with the line it starts on, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
  /** Set when the record could not be read: a quote that never ends, text after a closing quote, or a record without end. */
  readonly broken?: string;
}

export interface CsvOptions {
  /** One character: `,` `;` or a tab. */
  readonly delimiter: string;
  /** Longest record in UTF-16 units; a longer one is broken, so that a file without line ends doesn't fill the memory. */
  readonly longestRecord?: number;
}

const LONGEST_RECORD = 65_536;

/**
 * Reads CSV piece by piece: give it text as it comes, take the records that are complete. Empty lines are left out, CRLF
 * and a byte order mark are understood. Memory stays at one record and the piece at hand.
 */
export class CsvReader {
  private rest = '';
  private line = 1;
  private begun = false;
  private readonly longest: number;

  constructor(private readonly options: CsvOptions) {
    if (options.delimiter.length !== 1) throw new Error('a delimiter is one character');
    this.longest = options.longestRecord ?? LONGEST_RECORD;
  }

  push(text: string): readonly CsvRecord[] {
    if (text === '') return [];
    this.rest += this.begun ? text : text.replace(/^\uFEFF/, '');
    this.begun = true;
    return this.take(false);
  }

  /** The last record, when the file doesn't end with a line end. */
  end(): readonly CsvRecord[] {
    return this.take(true);
  }

  private take(atEnd: boolean): readonly CsvRecord[] {
    const records: CsvRecord[] = [];
    let from = 0;
    while (from < this.rest.length) {
      const found = readRecord(this.rest, from, this.options.delimiter, atEnd);
      if (found === undefined) {
        if (this.rest.length - from <= this.longest) break;
        records.push({
          line: this.line,
          fields: [],
          broken: `a record of more than ${this.longest} characters`,
        });
        from = this.skipLine(from);
        continue;
      }
      if (!isEmpty(found.record)) records.push({ line: this.line, ...found.record });
      this.line += found.lines;
      from = found.next;
    }
    this.rest = this.rest.slice(from);
    return records;
  }

  /** Past a hopeless record: on to the next line end, or all that is there. */
  private skipLine(from: number): number {
    const end = this.rest.indexOf('\n', from);
    if (end === -1) return this.rest.length;
    this.line += 1;
    return end + 1;
  }
}

interface Found {
  readonly record: Omit<CsvRecord, 'line'>;
  /** Line ends inside and at the end of it. */
  readonly lines: number;
  readonly next: number;
}

/** The record at `from`; undefined when its end hasn't come yet. */
function readRecord(text: string, from: number, delimiter: string, atEnd: boolean): Found | undefined {
  const lineEnd = text.indexOf('\n', from);
  if (lineEnd === -1 && !atEnd) return undefined;
  const end = lineEnd === -1 ? text.length : lineEnd;
  const line = text.slice(from, text.charCodeAt(end - 1) === CR && end > from ? end - 1 : end);
  if (!line.includes('"')) return found(line.split(delimiter), undefined, 1, end + 1);
  return readQuoted(text, from, delimiter, atEnd);
}

/** The slow way, for records in which a quote stands. */
function readQuoted(text: string, from: number, delimiter: string, atEnd: boolean): Found | undefined {
  const fields: string[] = [];
  let lines = 0;
  for (let at = from; ; ) {
    let value = '';
    const isQuoted = text[at] === '"';
    if (isQuoted) {
      const closed = readQuotes(text, at + 1);
      if (closed === undefined)
        return atEnd ? found(fields, 'a quote that never ends', lines, text.length) : undefined;
      ({ value } = closed);
      at = closed.next;
      lines += closed.lines;
    }
    const stop = nextStop(text, at, delimiter);
    if (stop === undefined && !atEnd) return undefined;
    const end = stop ?? text.length;
    const plain = text.slice(
      at,
      text[end] !== delimiter && text.charCodeAt(end - 1) === CR && end > at ? end - 1 : end,
    );
    if (isQuoted && plain !== '')
      return found(fields, 'text after a closing quote', lines + 1, lineAfter(text, end));
    fields.push(value + plain);
    if (text[end] !== delimiter) return found(fields, undefined, lines + 1, end + 1);
    at = end + 1;
  }
}

const CR = 13;

/** From after an opening quote to after the closing one; two quotes are one. */
function readQuotes(text: string, from: number): { value: string; next: number; lines: number } | undefined {
  let value = '';
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return undefined;
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, next: quote + 1, lines: value.split('\n').length - 1 };
    value += '"';
    at = quote + 2;
  }
}

function nextStop(text: string, from: number, delimiter: string): number | undefined {
  for (let at = from; at < text.length; at++) if (text[at] === delimiter || text[at] === '\n') return at;
  return undefined;
}

function lineAfter(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

const found = (
  fields: readonly string[],
  broken: string | undefined,
  lines: number,
  next: number,
): Found => ({
  record: broken === undefined ? { fields } : { fields, broken },
  lines,
  next,
});

const isEmpty = ({ fields, broken }: Omit<CsvRecord, 'line'>): boolean =>
  broken === undefined && fields.length === 1 && fields[0] === '';

/** One line of CSV without its line end; quotes where they are needed. */
export const csvLine = (fields: readonly string[], delimiter = ','): string =>
  fields.map((field) => quoted(field, delimiter)).join(delimiter);

function quoted(field: string, delimiter: string): string {
  const needs = field.includes(delimiter) || /["\r\n]/.test(field) || field !== field.trim();
  return needs ? `"${field.replaceAll('"', '""')}"` : field;
}

/** The delimiter a header line was written with: the most frequent of tab, semicolon and comma. */
export function guessDelimiter(header: string): string {
  const counts = ['\t', ';', ','].map((one) => [one, header.split(one).length - 1] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** What a caller sends as his number, or somebody as his name, must not become a formula in a spreadsheet; a plain number is none. */
export const harmless = (field: string): string =>
  /^[=@\t\r]|^[+-](?![\d ]+$)/.test(field) ? `'${field}` : field;
