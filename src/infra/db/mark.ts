import { AsyncLocalStorage } from 'node:async_hooks';
import type { PoolClient } from 'pg';

/** On whose behalf the database is changed: a text that triggers read from the setting `anydial.audit`. */
export interface Mark {
  readonly text: string;
  /** False once the request is answered: what it left running (a timer, a batch) is nobody's. */
  open: boolean;
}

const marks = new AsyncLocalStorage<Mark>();

/** Runs `work` so that every transaction it opens carries the mark. */
export const withMark = <T>(mark: Mark, work: () => T): T => marks.run(mark, work);

export const currentMark = (): string | undefined => {
  const mark = marks.getStore();
  return mark?.open === true ? mark.text : undefined;
};

/** The first statement of a marked transaction; the setting ends with it. */
export async function markTransaction(connection: PoolClient): Promise<void> {
  const text = currentMark();
  if (text !== undefined) await connection.query(`SELECT set_config('anydial.audit', $1, true)`, [text]);
}

/** Whether a statement may change rows. Too many are thought to (`FOR UPDATE`): they are only marked for nothing. */
export const mayChange = (sql: string): boolean => /\b(INSERT|UPDATE|DELETE|MERGE|nextval)\b/i.test(sql);
