import { type Currency, formatAmount, money, parseMoney } from '../../kernel/money.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import type { DeckRow } from './deck-row.js';

/** Columns of a deck's CSV. Period prices stand in `per_minute@<period>`. Only prefix and per_minute must be there. */
const COLUMNS = [
  'prefix',
  'destination',
  'per_minute',
  'connect_fee',
  'first',
  'next',
  'minimum',
  'free',
  'valid_from',
  'valid_to',
] as const;
type Column = (typeof COLUMNS)[number];

/** Where each of our columns stands in a file. */
export interface DeckColumns {
  readonly at: Partial<Readonly<Record<Column, number>>>;
  /** In the version's order; `at` undefined = the file has no price for it. */
  readonly periods: readonly { readonly column: string; readonly at: number | undefined }[];
  readonly width: number;
}

export interface BadField {
  readonly field: string;
  readonly reason: string;
}

export type HeaderFailure = Failure<
  'deck-file.column-missing' | 'deck-file.column-unknown' | 'deck-file.column-twice'
>;

/**
 * Reads a header. `mapping` translates a file's own names into ours (`{ 'Dial Code': 'prefix' }`), case and surrounding
 * blanks aside; a column mapped to '' is left out. Unknown columns are refused: a typing error must not lose a price.
 */
export function readDeckHeader(
  header: readonly string[],
  periods: readonly string[],
  mapping: Readonly<Record<string, string>> = {},
): Result<DeckColumns, HeaderFailure> {
  const plain = (name: string) => name.trim().toLowerCase();
  const mapped = new Map(Object.entries(mapping).map(([theirs, ours]) => [plain(theirs), ours]));
  const names = header.map((name) => mapped.get(plain(name)) ?? plain(name));
  const known: readonly string[] = [...COLUMNS, ...periods.map((period) => `per_minute@${period}`)];
  for (const [index, name] of names.entries()) {
    if (name === '') continue;
    if (!known.includes(name))
      return err(
        failure(
          'deck-file.column-unknown',
          `column ${index + 1} is called ${JSON.stringify(header[index])}`,
          {
            hint: `columns are ${known.join(', ')}; map other names, or map to "" what is to be left out`,
          },
        ),
      );
    if (names.indexOf(name) !== index)
      return err(
        failure('deck-file.column-twice', `there are two columns ${name}`, {
          hint: 'leave one out, or map it to another name',
        }),
      );
  }
  for (const needed of ['prefix', 'per_minute'])
    if (!names.includes(needed))
      return err(
        failure('deck-file.column-missing', `there is no column ${needed}`, { hint: 'name it with mapping' }),
      );
  const found = COLUMNS.flatMap((name) =>
    names.includes(name) ? [[name, names.indexOf(name)] as const] : [],
  );
  return ok({
    at: Object.fromEntries(found),
    periods: periods.map((period) => {
      const column = `per_minute@${period}`;
      return { column, at: names.includes(column) ? names.indexOf(column) : undefined };
    }),
    width: names.length,
  });
}

/** One record of a deck in this currency; the first field that is wrong, with what it must be. */
export function readDeckRow(
  fields: readonly string[],
  columns: DeckColumns,
  currency: Currency,
): Result<DeckRow, BadField> {
  if (fields.length !== columns.width)
    return err({ field: '', reason: `has ${fields.length} fields, the header has ${columns.width}` });
  try {
    return ok(rowOf(new Fields(fields, columns, currency)));
  } catch (error) {
    if (error instanceof Wrong) return err(error.bad);
    throw error;
  }
}

/** Stops reading a row at its first wrong field; never leaves this file. */
class Wrong extends Error {
  constructor(readonly bad: BadField) {
    super(bad.reason);
  }
}

function rowOf(read: Fields): DeckRow {
  const validFrom = read.time('valid_from');
  const validTo = read.time('valid_to');
  if (validFrom !== undefined && validTo !== undefined && validTo <= validFrom)
    throw new Wrong({ field: 'valid_to', reason: 'must be after valid_from' });
  return {
    prefix: read.prefix(),
    destination: read.destination(),
    connectFee: read.price(read.text('connect_fee') || '0', 'connect_fee'),
    perMinute: read.price(read.text('per_minute'), 'per_minute'),
    perPeriod: read.periodPrices(),
    firstS: read.seconds('first', 1, 1, 3_600),
    nextS: read.seconds('next', 1, 1, 3_600),
    minimumS: read.seconds('minimum', 0, 0, 3_600),
    freeS: read.seconds('free', 0, 0, 86_400),
    validFrom,
    validTo,
  };
}

class Fields {
  constructor(
    private readonly fields: readonly string[],
    private readonly columns: DeckColumns,
    private readonly currency: Currency,
  ) {}

  text(column: Column): string {
    const at = this.columns.at[column];
    return at === undefined ? '' : (this.fields[at] ?? '').trim();
  }

  prefix(): string {
    const text = this.text('prefix').replace(/^\+/, '');
    if (!/^[0-9]{0,15}$/.test(text))
      throw new Wrong({ field: 'prefix', reason: 'must be at most 15 digits, + in front allowed' });
    return text;
  }

  destination(): string {
    const text = this.text('destination');
    if (text.length > 200 || /[\p{Cc}]/u.test(text))
      throw new Wrong({ field: 'destination', reason: 'must be at most 200 characters on one line' });
    return text;
  }

  price(text: string, field: string): bigint {
    const parsed = parseMoney(text, this.currency);
    if (!parsed.ok || parsed.value.micros < 0n)
      throw new Wrong({ field, reason: 'must be a price like 0.0125, at most 6 decimals, not negative' });
    return parsed.value.micros;
  }

  periodPrices(): readonly (bigint | undefined)[] {
    return this.columns.periods.map(({ column, at }) => {
      const text = at === undefined ? '' : (this.fields[at] ?? '').trim();
      return text === '' ? undefined : this.price(text, column);
    });
  }

  seconds(column: Column, otherwise: number, least: number, most: number): number {
    const text = this.text(column);
    if (text === '') return otherwise;
    const value = /^[0-9]{1,5}$/.test(text) ? Number(text) : -1;
    if (value < least || value > most)
      throw new Wrong({ field: column, reason: `must be whole seconds from ${least} to ${most}` });
    return value;
  }

  time(column: Column): Date | undefined {
    const text = this.text(column);
    if (text === '') return undefined;
    const time = new Date(TIME.test(text) ? text : Number.NaN);
    if (Number.isNaN(time.getTime()) || (DAY.test(text) && time.toISOString().slice(0, 10) !== text))
      throw new Wrong({
        field: column,
        reason: 'must be a day (2026-12-01, from midnight UTC) or a time with its zone',
      });
    return time;
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** The header that `writeDeckRow` fits; `readDeckHeader` reads it. */
export const deckHeader = (periods: readonly string[]): readonly string[] => [
  ...COLUMNS,
  ...periods.map((period) => `per_minute@${period}`),
];

/** A row as `readDeckRow` reads it back. */
export function writeDeckRow(row: DeckRow, currency: Currency): readonly string[] {
  const price = (micros: bigint) => formatAmount(money(micros, currency));
  return [
    row.prefix,
    row.destination,
    price(row.perMinute),
    price(row.connectFee),
    ...[row.firstS, row.nextS, row.minimumS, row.freeS].map(String),
    row.validFrom?.toISOString() ?? '',
    row.validTo?.toISOString() ?? '',
    ...row.perPeriod.map((one) => (one === undefined ? '' : price(one))),
  ];
}
