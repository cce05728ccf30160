import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { BadRow } from '../../../kernel/csv-file.js';
import { newId } from '../../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import type { Tx } from '../../db/tx.js';
import { recordsIn } from '../csv.js';
import type { Principal } from '../principal.js';
import * as failures from './import.failures.js';
import { type ImportKind, type ImportRun, ImportStopped, type Outcome } from './import-kind.js';
import { type ImportState, importStates } from './import-states.js';

/** So often a reader looks whether it is still the one, and writes down how far it has come. */
const BEAT_MS = 250;

interface Begun {
  readonly runId: string;
  readonly state: ImportState;
  readonly options: unknown;
  readonly source: string;
  readonly sha256: string | null;
  readonly good: number;
  readonly bad: number;
  readonly records: number;
  readonly hash: string | null;
}

/** Reads the file of an import as it comes. */
@Injectable()
export class ImportReader {
  constructor(private readonly db: Db) {}

  async read(
    id: string,
    kind: ImportKind,
    principal: Principal,
    request: Request,
  ): Promise<Result<undefined, Failure>> {
    // Before it is begun: a body that is no file begins nothing.
    recordsIn(request);
    const begun = await this.begin(id);
    if (!begun.ok) return begun;
    if (begun.value.state === 'done') return sameAsDone(begun.value, request);
    try {
      return await this.run(id, kind, principal, request, begun.value);
    } catch (error) {
      if (error instanceof ImportStopped) return err(failures.taken());
      await this.breakOff(id, begun.value.runId);
      throw error;
    }
  }

  private begin(id: string): Promise<Result<Begun, Failure>> {
    return this.db.inTx(async (tx) => {
      const runId = newId();
      const [found] = await tx.rows<Begun>(
        `SELECT $2::text AS "runId", state, options, source, sha256, good, bad, records, records_hash AS hash
           FROM bulk_import WHERE id = $1 FOR UPDATE`,
        [id, runId],
      );
      if (found === undefined) return err(failures.importUnknown());
      if (found.state === 'done') return ok(found);
      const moves = importStates.moves[found.state];
      if (moves['file.begun'] === undefined && moves['file.begun-again'] === undefined)
        return err(failures.notAllowed(found.state));
      await tx.run(
        `UPDATE bulk_import SET state = 'running', run_id = $2, bytes = 0, begun_at = coalesce(begun_at, now()) WHERE id = $1`,
        [id, runId],
      );
      return ok(found.records > 0 ? found : await fromTheBeginning(tx, id, found));
    });
  }

  private async run(
    id: string,
    kind: ImportKind,
    principal: Principal,
    request: Request,
    begun: Begun,
  ): Promise<Result<undefined, Failure>> {
    const file = recordsIn(request, this.beating(id, begun.runId, request));
    const inTx: ImportRun['inTx'] = (work) =>
      this.db.inTx(async (tx) => {
        await mustBeMine(tx, id, begun.runId);
        return work(tx);
      });
    const { records, hash, good, bad, options, source } = begun;
    const done = await kind.read({
      importId: id,
      options: kind.options.parse(options),
      source,
      by: principal,
      file,
      before: { records, hash, good, bad },
      inTx,
      note: (tx, counts, badRows) => note(tx, id, counts, badRows),
    });
    if (!done.ok) {
      // Somebody's file, not ours, is wrong: what may be tried again goes on later.
      if (done.failure.retry === 'safe') await this.breakOff(id, begun.runId);
      else await inTx((tx) => refuse(tx, id, done.failure));
      return done;
    }
    const { bytes, sha256 } = file;
    await inTx((tx) => complete(tx, id, { bytes, sha256, outcome: done.value }));
    return ok(undefined);
  }

  /** The body's pieces, counted; ends with `ImportStopped` when somebody else has taken over. */
  private async *beating(id: string, runId: string, body: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    let next = 0;
    for await (const piece of body) {
      bytes += piece.length;
      if (performance.now() >= next) {
        const mine = await this.db.run(
          `UPDATE bulk_import SET bytes = $3 WHERE id = $1 AND run_id = $2 AND state = 'running'`,
          [id, runId, bytes],
        );
        if (mine === 0) throw new ImportStopped();
        next = performance.now() + BEAT_MS;
      }
      yield piece;
    }
  }

  private async breakOff(id: string, runId: string): Promise<void> {
    await this.db.run(
      `UPDATE bulk_import SET state = 'interrupted' WHERE id = $1 AND run_id = $2 AND state = 'running'`,
      [id, runId],
    );
  }
}

/** Nothing of it counts yet, so what was told of it is told anew. */
async function fromTheBeginning(tx: Tx, id: string, begun: Begun): Promise<Begun> {
  await tx.run('DELETE FROM bulk_import_bad_row WHERE import_id = $1', [id]);
  await tx.run('UPDATE bulk_import SET good = 0, bad = 0 WHERE id = $1', [id]);
  return { ...begun, good: 0, bad: 0 };
}

async function mustBeMine(tx: Tx, id: string, runId: string): Promise<void> {
  const mine = await tx.rows(
    `SELECT FROM bulk_import WHERE id = $1 AND run_id = $2 AND state = 'running' FOR UPDATE`,
    [id, runId],
  );
  if (mine.length === 0) throw new ImportStopped();
}

async function note(
  tx: Tx,
  id: string,
  { good, bad, records, hash }: { good: number; bad: number; records?: number; hash?: string },
  badRows: readonly BadRow[],
): Promise<void> {
  await tx.run(
    `UPDATE bulk_import SET good = $2, bad = $3, records = coalesce($4, records), records_hash = coalesce($5, records_hash) WHERE id = $1`,
    [id, good, bad, records ?? null, hash ?? null],
  );
  if (badRows.length === 0) return;
  await tx.run(
    `INSERT INTO bulk_import_bad_row (import_id, ordinal, line, field, reason, row_text)
     SELECT $1, (SELECT count(*) FROM bulk_import_bad_row WHERE import_id = $1) + n, line, field, reason, row_text
       FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS b (line, field, reason, row_text, n)`,
    [
      id,
      badRows.map(({ line }) => line),
      badRows.map(({ field }) => field),
      badRows.map(({ reason }) => reason),
      badRows.map(({ text }) => text),
    ],
  );
}

async function complete(
  tx: Tx,
  id: string,
  { bytes, sha256, outcome }: { readonly bytes: number; readonly sha256: string; readonly outcome: Outcome },
): Promise<void> {
  await tx.run(
    `UPDATE bulk_import SET state = 'done', bytes = $2, sha256 = $3, outcome = $4, ended_at = now() WHERE id = $1`,
    [id, bytes, sha256, JSON.stringify(outcome)],
  );
}

async function refuse(tx: Tx, id: string, { code, message, hint }: Failure): Promise<void> {
  await tx.run(`UPDATE bulk_import SET state = 'refused', failure = $2, ended_at = now() WHERE id = $1`, [
    id,
    JSON.stringify({ code, message, hint: hint ?? null }),
  ]);
}

/** Whoever did not hear that it was done sends it again: the same file is done already. */
async function sameAsDone({ sha256 }: Begun, request: Request): Promise<Result<undefined, Failure>> {
  const file = recordsIn(request);
  for await (const batch of file.batches()) if (!batch.ok) break;
  return file.sha256 === sha256 ? ok(undefined) : err(failures.otherThanDone());
}
