import type { z } from 'zod';
import type { BadRow, RecordFile } from '../../../kernel/csv-file.js';
import type { Failure, Result } from '../../../kernel/result.js';
import type { Tx } from '../../db/tx.js';
import type { PolicyName } from '../policies.js';
import type { Principal } from '../principal.js';

/** What is told of an import when it is through, beside its counts: ids and numbers. */
export type Outcome = Readonly<Record<string, string | number | null>>;

/** What may be read in from files, and how. Modules register their kinds when they begin. */
export interface ImportKind<Options = unknown> {
  readonly kind: string;
  /** Who may: this line of the policy table beside `imports.make`. */
  readonly policy: PolicyName;
  readonly options: z.ZodType<Options>;
  /** For the docs: what a line has. */
  readonly columns: string;
  read(run: ImportRun<Options>): Promise<Result<Outcome, Failure>>;
  /** It was cancelled half way: takes back what cannot stand alone. */
  undo?(tx: Tx, importId: string): Promise<void>;
}

export interface ImportWish<Options> {
  readonly importId: string;
  readonly options: Options;
  /** A file's name, for people. */
  readonly source: string;
  readonly by: Pick<Principal, 'accountId' | 'companyId' | 'roles'>;
}

/** One reading of an import's file, from its first byte; an earlier one may have broken off. */
export interface ImportRun<Options = unknown> extends ImportWish<Options> {
  readonly file: RecordFile;
  /** Records (without the header) whose rows an earlier run has committed, and the hash of them. */
  readonly before: {
    readonly records: number;
    readonly hash: string | null;
    readonly good: number;
    readonly bad: number;
  };
  /** Any transaction; nothing of it counts when another run has taken over or the import was cancelled (`ImportStopped`). */
  inTx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Within `inTx`: what has been done by now. `bad`: the rows that are new among the bad ones. */
  note(
    tx: Tx,
    done: { good: number; bad: number; records?: number; hash?: string },
    bad: readonly BadRow[],
  ): Promise<void>;
}

/** Another run has taken over, or somebody cancelled it: this one must write no more. */
export class ImportStopped extends Error {}
