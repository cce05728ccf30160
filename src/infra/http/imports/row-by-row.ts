import { createHash } from 'node:crypto';
import type { CsvRecord } from '../../../kernel/csv.js';
import { type BadRow, badRow, MOST_BAD_ROWS, tooManyBadRows } from '../../../kernel/csv-file.js';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import type { Tx } from '../../db/tx.js';
import type { ImportRun } from './import-kind.js';

export interface BadField {
  readonly field: string;
  readonly reason: string;
}
/** A line's fields by the names of the header; one that is not there is undefined. */
export type Fields = Readonly<Record<string, string | undefined>>;

export interface RowReader<Row> {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  row(fields: Fields): Result<Row, BadField>;
  /** In the transaction that also notes how far it has come: each row is written once, whatever breaks off when. */
  write(tx: Tx, rows: readonly Row[]): Promise<void>;
}

/**
 * Reads a file whose rows do not depend on each other: good ones are kept beside bad ones, batch by batch. Where an earlier run broke off,
 * its records are passed over, after it was seen that they are the same.
 */
export async function readRowByRow<Row>(
  run: ImportRun,
  reader: RowReader<Row>,
): Promise<Result<{ readonly good: number; readonly bad: number }, Failure>> {
  const hash = createHash('sha256');
  let header: readonly string[] | undefined;
  let records = 0;
  let { good, bad } = run.before;
  for await (const batch of run.file.batches()) {
    if (!batch.ok) return batch;
    if (header === undefined) {
      const read = headerOf(batch.value[0]?.fields ?? [], reader);
      if (!read.ok) return read;
      header = read.value;
      continue;
    }
    const passed = Math.min(batch.value.length, Math.max(0, run.before.records - records));
    for (const record of batch.value.slice(0, passed)) hash.update(textOf(record));
    records += passed;
    if (passed > 0 && records === run.before.records && hash.copy().digest('hex') !== run.before.hash)
      return err(otherFile());
    const rest = batch.value.slice(passed);
    if (rest.length === 0) continue;
    const rows = sorted(rest, header, reader);
    for (const record of rest) hash.update(textOf(record));
    records += rest.length;
    good += rows.good.length;
    bad += rows.bad.length;
    if (bad > MOST_BAD_ROWS) return err(tooManyBadRows(rows.bad));
    const done = { good, bad, records, hash: hash.copy().digest('hex') };
    await run.inTx(async (tx) => {
      await reader.write(tx, rows.good);
      await run.note(tx, done, rows.bad);
    });
  }
  return records < run.before.records ? err(otherFile()) : ok({ good, bad });
}

const textOf = ({ fields, broken }: CsvRecord): string => `${JSON.stringify([fields, broken])}\n`;

function headerOf(
  names: readonly string[],
  { required, optional }: Pick<RowReader<unknown>, 'required' | 'optional'>,
): Result<readonly string[], Failure> {
  const header = names.map((name) => name.trim().toLowerCase());
  const known = [...required, ...optional];
  const missing = required.filter((name) => !header.includes(name));
  const strange = header.filter((name, index) => !known.includes(name) || header.indexOf(name) !== index);
  const hint = `columns are ${required.join(', ')}${optional.length === 0 ? '' : `; may be left out: ${optional.join(', ')}`}`;
  if (missing.length > 0)
    return err(failure('import-file.columns', `There is no column ${missing.join(', ')}.`, { hint }));
  return strange.length > 0
    ? err(
        failure(
          'import-file.columns',
          `Column ${JSON.stringify(strange[0]?.slice(0, 60))} is unknown or stands twice.`,
          { hint },
        ),
      )
    : ok(header);
}

function sorted<Row>(
  records: readonly CsvRecord[],
  header: readonly string[],
  reader: RowReader<Row>,
): { readonly good: readonly Row[]; readonly bad: readonly BadRow[] } {
  const good: Row[] = [];
  const bad: BadRow[] = [];
  for (const record of records) {
    const row = rowOf(record, header, reader);
    if (row.ok) good.push(row.value);
    else bad.push(badRow(record, row.failure));
  }
  return { good, bad };
}

function rowOf<Row>(
  { fields, broken }: CsvRecord,
  header: readonly string[],
  reader: RowReader<Row>,
): Result<Row, BadField> {
  if (broken !== undefined) return err({ field: '', reason: broken });
  if (fields.length !== header.length)
    return err({ field: '', reason: `has ${fields.length} fields, the header has ${header.length}` });
  return reader.row(Object.fromEntries(header.map((name, index) => [name, fields[index]?.trim()])));
}

const otherFile = () =>
  failure('import-file.mismatch', 'This is another file than the one that was begun.', {
    hint: 'send the same file again to go on, or make a new import for another one',
  });
