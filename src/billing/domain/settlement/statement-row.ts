import { type Currency, parseMoney } from '../../../kernel/money.js';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { offsetAt } from '../zone.js';
import type { Usage } from './match.js';

/** Columns that a carrier's statement must have, under whatever names. */
const COLUMNS = ['number', 'answered_at', 'duration', 'amount'] as const;
type Column = (typeof COLUMNS)[number];
export type StatementColumns = Readonly<Record<Column, number>>;

export interface StatementTerms {
  readonly currency: Currency;
  /** Of times that don't name their own. */
  readonly timeZone: string;
}
export interface BadField {
  readonly field: string;
  readonly reason: string;
}

/** Finds the columns in a header; `mapping` is theirs to ours, case and blanks aside; what isn't needed may be there. */
export function readStatementHeader(
  header: readonly string[],
  mapping: Readonly<Record<string, string>>,
): Result<StatementColumns, Failure<'statement.column-missing'>> {
  const plain = (name: string) => name.trim().toLowerCase();
  const mapped = new Map(Object.entries(mapping).map(([theirs, ours]) => [plain(theirs), ours]));
  const names = header.map((name) => mapped.get(plain(name)) ?? plain(name));
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0)
    return err(
      failure('statement.column-missing', `the statement has no column for ${missing.join(', ')}`, {
        hint: `it has ${header.slice(0, 30).join(', ')}: map them in the agreement's statementColumns`,
      }),
    );
  const [number, answered_at, duration, amount] = COLUMNS.map((column) => names.indexOf(column)) as [
    number,
    number,
    number,
    number,
  ];
  return ok({ number, answered_at, duration, amount });
}

/** One line of a statement; the first field that can't be read otherwise. `id` is the line's number. */
export function readStatementRow(
  fields: readonly string[],
  columns: StatementColumns,
  terms: StatementTerms,
  line: number,
): Result<Usage, BadField> {
  const text = (column: Column) => (fields[columns[column]] ?? '').trim();
  const number = text('number')
    .replace(/^(\+|00)/, '')
    .replace(/[ ()./-]/g, '');
  if (!/^[1-9][0-9]{2,14}$/.test(number))
    return err({ field: 'number', reason: 'must be an international number' });
  const at = readTime(text('answered_at'), terms.timeZone);
  if (at === undefined)
    return err({
      field: 'answered_at',
      reason: 'must be like 2026-11-23 12:00:00, or ISO 8601 with its zone',
    });
  const durationMs = readDuration(text('duration'));
  if (durationMs === undefined) return err({ field: 'duration', reason: 'must be seconds, or h:mm:ss' });
  const amount = parseMoney(text('amount'), terms.currency);
  if (!amount.ok || amount.value.micros < 0n)
    return err({ field: 'amount', reason: 'must be an amount with at most 6 decimals, not negative' });
  return ok({ id: String(line), number, at, durationMs, micros: amount.value.micros });
}

/** ms since epoch. A local time that daylight saving repeats is taken as the first of the two. */
function readTime(text: string, timeZone: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, , , , , , , fraction = '', zone] = match;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as number[];
  const local =
    Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) + Number(`0${fraction}`) * 1_000;
  const iso = new Date(local);
  if (iso.getUTCDate() !== day || iso.getUTCHours() !== hour || iso.getUTCMinutes() !== minute)
    return undefined;
  if (zone !== undefined) return Date.parse(text.replace(' ', 'T'));
  const candidates = [local - 86_400_000, local + 86_400_000].map(
    (near) => local - offsetAt(timeZone, near).offsetMs,
  );
  const fitting = candidates.filter((at) => at + offsetAt(timeZone, at).offsetMs === local);
  return Math.min(...(fitting.length > 0 ? fitting : candidates));
}

/** ms, from `63`, `62.5`, `1:03` or `0:01:03`. */
function readDuration(text: string): number | undefined {
  const plain = /^\d{1,6}(\.\d{1,3})?$/.exec(text);
  if (plain !== null) return Math.round(Number(text) * 1_000);
  const parts = /^(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)$/.exec(text);
  if (parts === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = parts;
  return (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
}
