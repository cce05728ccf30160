import { isUniqueViolation } from '../../infra/db/sql-state.js';
import type { Tx } from '../../infra/db/tx.js';
import type { CsvRecord } from '../../kernel/csv.js';
import {
  type BadRow,
  badRow,
  MOST_BAD_ROWS,
  type RecordFile,
  tooManyBadRows,
} from '../../kernel/csv-file.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import type { Usage } from '../domain/settlement/match.js';
import {
  readStatementHeader,
  readStatementRow,
  type StatementColumns,
  type StatementTerms,
} from '../domain/settlement/statement-row.js';
import { type ColumnOf, insertAll } from '../insert-all.js';
import { findAgreement } from './agreements.service.js';
import { agreementUnknown, importSuperseded, statementTaken } from './settlement.failures.js';
import { findSettlement, lockSettlement, moved } from './settlements.service.js';

export interface ImportedStatement {
  readonly lines: number;
  readonly bad: number;
  readonly bytes: number;
  readonly sha256: string;
}
type InTx = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Reads a carrier's statement into an open settlement, in transactions of 2,000 lines: millions of lines pass through
 * little memory. The same file is taken once for a carrier. `then` runs in the transaction that completes it: the place
 * to tell of it. What breaks off is forgotten by the next import.
 */
export async function importStatement(
  inTx: InTx,
  wish: { readonly settlementId: string; readonly source: string },
  file: RecordFile,
  then: (tx: Tx) => Promise<void>,
): Promise<Result<ImportedStatement, Failure>> {
  const { settlementId } = wish;
  const begun = await inTx((tx) => beginImport(tx, settlementId));
  if (!begun.ok) return begun;
  const read = await readInto(inTx, settlementId, file, begun.value);
  if (!read.ok) return read;
  const imported = { ...read.value, bytes: file.bytes, sha256: file.sha256 };
  try {
    return await inTx(async (tx) => {
      const completed = await completeImport(tx, wish, begun.value, imported);
      if (completed.ok) await then(tx);
      return completed;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return err(statementTaken());
    throw error;
  }
}

/** Takes a statement back, with what was found in it, so that another file can be imported. */
export async function withdrawStatement(tx: Tx, settlementId: string): Promise<Result<undefined, Failure>> {
  const settlement = await lockSettlement(tx, settlementId);
  if (!settlement.ok) return settlement;
  const open = moved(settlement.value, 'statement.withdrawn');
  if (!open.ok) return open;
  await forgetLines(tx, settlementId);
  await tx.run(
    `UPDATE settlement SET state = $2, source = NULL, sha256 = NULL, statement_lines = NULL, bad_lines = NULL,
                           ours_micros = NULL, theirs_micros = NULL, matched = NULL WHERE id = $1`,
    [settlementId, open.value],
  );
  return ok(undefined);
}

/** One run of an import: a later one into the same settlement takes over, and the earlier stops at its next batch. */
interface Reading extends StatementTerms {
  readonly importId: string;
  readonly mapping: Readonly<Record<string, string>>;
}

async function beginImport(tx: Tx, settlementId: string): Promise<Result<Reading, Failure>> {
  const settlement = await lockSettlement(tx, settlementId);
  if (!settlement.ok) return settlement;
  const allowed = moved(settlement.value, 'statement.imported');
  if (!allowed.ok) return allowed;
  const agreement = await findAgreement(tx, settlement.value.carrierId);
  if (agreement === undefined) return err(agreementUnknown(settlement.value.carrierId));
  await forgetLines(tx, settlementId);
  const importId = newId();
  await tx.run('UPDATE settlement SET import_id = $2 WHERE id = $1', [settlementId, importId]);
  const { timeZone, statementColumns: mapping } = agreement;
  return ok({ importId, currency: settlement.value.currency, timeZone, mapping });
}

async function readInto(
  inTx: InTx,
  settlementId: string,
  file: RecordFile,
  reading: Reading,
): Promise<Result<{ lines: number; bad: number }, Failure>> {
  let columns: StatementColumns | undefined;
  const counts = { lines: 0, bad: 0 };
  for await (const records of file.batches()) {
    if (!records.ok) return records;
    if (columns === undefined) {
      const header = readStatementHeader(records.value[0]?.fields ?? [], reading.mapping);
      if (!header.ok) return header;
      columns = header.value;
      continue;
    }
    const { good, bad } = sorted(records.value, columns, reading);
    counts.lines += good.length;
    counts.bad += bad.length;
    if (counts.bad > MOST_BAD_ROWS) return err(tooManyBadRows(bad));
    const written = await inTx(async (tx) => {
      if (!(await isCurrent(tx, settlementId, reading))) return err(importSuperseded());
      const ofSettlement = { name: 'settlement_id', type: 'uuid', of: () => settlementId };
      await insertAll(tx, 'statement_line', [ofSettlement, ...lineColumns], good, 'NULL');
      await insertAll(tx, 'statement_bad_line', [ofSettlement, ...badColumns], bad, 'NULL');
      return ok(undefined);
    });
    if (!written.ok) return written;
  }
  return ok(counts);
}

function sorted(
  records: readonly CsvRecord[],
  columns: StatementColumns,
  terms: StatementTerms,
): { readonly good: readonly Usage[]; readonly bad: readonly BadRow[] } {
  const good: Usage[] = [];
  const bad: BadRow[] = [];
  for (const record of records) {
    const row =
      record.broken === undefined
        ? readStatementRow(record.fields, columns, terms, record.line)
        : err({ field: '', reason: record.broken });
    if (row.ok) good.push(row.value);
    else bad.push(badRow(record, row.failure));
  }
  return { good, bad };
}

async function isCurrent(tx: Tx, settlementId: string, { importId }: Reading): Promise<boolean> {
  const current = await tx.rows('SELECT FROM settlement WHERE (id, import_id) = ($1, $2) FOR SHARE', [
    settlementId,
    importId,
  ]);
  return current.length === 1;
}

async function completeImport(
  tx: Tx,
  { settlementId, source }: { readonly settlementId: string; readonly source: string },
  reading: Reading,
  imported: ImportedStatement,
): Promise<Result<ImportedStatement, Failure>> {
  const settlement = await lockSettlement(tx, settlementId);
  if (!settlement.ok) return settlement;
  const next = moved(settlement.value, 'statement.imported');
  if (!next.ok) return next;
  if (!(await isCurrent(tx, settlementId, reading))) return err(importSuperseded());
  await tx.run(
    `UPDATE settlement SET state = $2, source = $3, sha256 = $4, statement_lines = $5, bad_lines = $6 WHERE id = $1`,
    [settlementId, next.value, source, imported.sha256, imported.lines, imported.bad],
  );
  return ok(imported);
}

async function forgetLines(tx: Tx, settlementId: string): Promise<void> {
  for (const table of ['statement_line', 'statement_bad_line', 'settlement_difference'])
    await tx.run(`DELETE FROM ${table} WHERE settlement_id = $1`, [settlementId]);
}

const lineColumns: readonly ColumnOf<Usage>[] = [
  { name: 'line', type: 'integer', of: (usage) => usage.id },
  { name: 'number', type: 'text', of: (usage) => usage.number },
  { name: 'answered_at', type: 'timestamptz', of: (usage) => new Date(usage.at) },
  { name: 'duration_ms', type: 'bigint', of: (usage) => usage.durationMs },
  { name: 'amount_micros', type: 'bigint', of: (usage) => usage.micros },
];
const badColumns: readonly ColumnOf<BadRow>[] = [
  { name: 'line', type: 'integer', of: (row) => row.line },
  { name: 'field', type: 'text', of: (row) => row.field },
  { name: 'reason', type: 'text', of: (row) => row.reason },
  { name: 'row_text', type: 'text', of: (row) => row.text },
];

/** Whether a statement's bad lines can be listed, for the error file. */
export async function badLinesOf(
  sql: Pick<Tx, 'rows'>,
  settlementId: string,
): Promise<Result<readonly BadRow[], Failure>> {
  const settlement = await findSettlement(sql, settlementId);
  if (!settlement.ok) return settlement;
  return ok(
    await sql.rows<BadRow>(
      'SELECT line, field, reason, row_text AS text FROM statement_bad_line WHERE settlement_id = $1 ORDER BY line',
      [settlementId],
    ),
  );
}
