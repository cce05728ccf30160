import { createHash } from 'node:crypto';

/** Texts that are written out are some hundreds; one that is put together anew each time must not fill every session's memory. */
const MOST_NAMES = 1_000;

/** A statement for `pg`: by its name a session parses and plans it once. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

const names = new Map<string, string>();
/** Statements whose name was given up: PostgreSQL refuses a plan whose result has changed since (a migration under a running process). */
const renamed = new Map<string, number>();

/**
 * Names a statement after its text, so that the session that ran it before neither parses nor plans it again. Without
 * values it stays unnamed: such a text may hold several statements, which have no common plan.
 */
export function statementOf(text: string, values: readonly unknown[]): Statement {
  const name = values.length === 0 ? undefined : nameOf(text);
  return name === undefined ? { text, values: [...values] } : { name, text, values: [...values] };
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) return undefined;
  const name = `${createHash('sha256').update(text).digest('base64url').slice(0, 22)}.${renamed.get(text) ?? 0}`;
  names.set(text, name);
  return name;
}

/**
 * Whether PostgreSQL refused a statement only because its kept plan no longer fits the tables (0A000 out of
 * `RevalidateCachedQuery`). The statement has another name afterwards: running it again is safe and helps.
 */
export function planIsStale(error: unknown, text: string): boolean {
  if (!isStalePlan(error)) return false;
  if (names.delete(text)) renamed.set(text, (renamed.get(text) ?? 0) + 1);
  return true;
}

const isStalePlan = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === '0A000' &&
  'routine' in error &&
  error.routine === 'RevalidateCachedQuery';
