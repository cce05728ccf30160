import { err, type Failure, type Result } from '../../kernel/result.js';
import { constraintOf, sqlStateOf } from './sql-state.js';

/** What PostgreSQL says no to, by SQLSTATE: 23505 a unique key that is taken, 23503 a row that is referred to, 23514 a check. With
 * a constraint's name behind it that one alone, before the others. */
type Refused = '23505' | '23503' | '23514';
export type Refusals = Readonly<Partial<Record<Refused | `${Refused}:${string}`, Failure>>>;

/**
 * Runs `work`; where PostgreSQL refuses it for one of these reasons, that is an expected failure. Around a transaction,
 * never inside one: PostgreSQL has given that up.
 */
export async function unlessRefused<T>(
  refusals: Refusals,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    const state = sqlStateOf(error);
    const refusal = refusals[`${state}:${constraintOf(error)}` as Refused] ?? refusals[state as Refused];
    if (refusal === undefined) throw error;
    return err(refusal);
  }
}
