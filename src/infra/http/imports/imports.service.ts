import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import type { Sql } from '../../db/sql.js';
import { decideFor } from '../policy.js';
import type { Principal } from '../principal.js';
import * as failures from './import.failures.js';
import type { ImportKind, Outcome } from './import-kind.js';
import { type ImportState, importStates } from './import-states.js';

export interface ImportView {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly state: ImportState;
  /** Of the file, so far. */
  readonly bytes: number;
  readonly good: number;
  readonly bad: number;
  readonly sha256: string | null;
  /** What came of it, once it is done. */
  readonly outcome: Outcome | null;
  /** Why it was refused. */
  readonly failure: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly begunAt: Date | null;
  readonly endedAt: Date | null;
}
export interface BadRowView {
  readonly ordinal: number;
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  readonly row: string;
}

const VIEW = `
  SELECT id, kind, source, state, bytes::float8 AS bytes, good, bad, sha256, outcome, failure, account_id AS "createdBy",
         created_at AS "createdAt", begun_at AS "begunAt", ended_at AS "endedAt"
    FROM bulk_import`;
const HOUSE = 'operator';

/** What may be imported, and the imports there are. A company's people see its imports, staff the house's; each only kinds that he may make. */
@Injectable()
export class Imports {
  private readonly kinds = new Map<string, ImportKind>();

  constructor(private readonly db: Db) {}

  register<Options>(kind: ImportKind<Options>): void {
    if (this.kinds.has(kind.kind)) throw new Error(`two kinds of import named ${kind.kind}`);
    this.kinds.set(kind.kind, kind as unknown as ImportKind);
  }

  all(): readonly ImportKind[] {
    return [...this.kinds.values()];
  }

  kindFor(principal: Principal, name: string): Result<ImportKind, Failure> {
    const mine = this.mayBe(principal);
    const kind = this.kinds.get(name);
    return kind !== undefined && mine.includes(name) ? ok(kind) : err(failures.kindUnknown(mine));
  }

  async create(
    principal: Principal,
    kind: ImportKind,
    source: string,
    options: unknown,
  ): Promise<ImportView> {
    const id = newId();
    await this.db.run(
      'INSERT INTO bulk_import (id, owner, account_id, kind, source, options) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, ownerFor(principal), principal.accountId, kind.kind, source, JSON.stringify(options)],
    );
    const [made] = await this.db.rows<ImportView>(`${VIEW} WHERE id = $1`, [id]);
    if (made === undefined) throw new Error('an import that was just made is not there');
    return made;
  }

  async find(principal: Principal, id: string, sql: Sql = this.db): Promise<Result<ImportView, Failure>> {
    const [found] = await sql.rows<ImportView>(`${VIEW} WHERE id = $1 AND owner = $2 AND kind = ANY ($3)`, [
      id,
      ownerFor(principal),
      this.mayBe(principal),
    ]);
    return found === undefined ? err(failures.importUnknown()) : ok(found);
  }

  /** Newest first. */
  list(principal: Principal, count: number, before: string | undefined): Promise<readonly ImportView[]> {
    return this.db.rows<ImportView>(
      `${VIEW} WHERE owner = $1 AND kind = ANY ($2) AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [ownerFor(principal), this.mayBe(principal), before ?? null, count],
    );
  }

  badRows(id: string, count: number, after: number): Promise<readonly BadRowView[]> {
    return this.db.rows<BadRowView>(
      `SELECT ordinal, line, field, reason, row_text AS row FROM bulk_import_bad_row
        WHERE import_id = $1 AND ordinal > $2 ORDER BY ordinal LIMIT $3`,
      [id, after, count],
    );
  }

  /** What it has written by then stays: it is told by its counts. Its reader stops at its next batch. */
  cancel(principal: Principal, id: string): Promise<Result<ImportView, Failure>> {
    return this.db.inTx(async (tx) => {
      await tx.rows('SELECT FROM bulk_import WHERE id = $1 FOR UPDATE', [id]);
      const found = await this.find(principal, id, tx);
      if (!found.ok || found.value.state === 'cancelled') return found;
      if (importStates.moves[found.value.state]['asker.cancelled'] === undefined)
        return err(failures.notAllowed(found.value.state));
      await tx.run(`UPDATE bulk_import SET state = 'cancelled', ended_at = now() WHERE id = $1`, [id]);
      await this.kinds.get(found.value.kind)?.undo?.(tx, id);
      return this.find(principal, id, tx);
    });
  }

  /** The kinds that this caller may import. */
  private mayBe({ roles, by, codeIsStale, scopes }: Principal): readonly string[] {
    const caller = { fromThisHost: false, signedIn: { roles, by, codeIsStale, scopes } };
    return this.all().flatMap(({ kind, policy }) => (decideFor(policy, caller) === 'allowed' ? [kind] : []));
  }
}

const ownerFor = ({ companyId }: Principal): string => companyId ?? HOUSE;
