import type { Failure, Result } from '../../kernel/result.js';
import { ProblemError } from './problem.js';

/** A controller's last line: the value, or the failure as a problem answer. */
export function orProblem<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new ProblemError(result.failure);
  return result.value;
}
