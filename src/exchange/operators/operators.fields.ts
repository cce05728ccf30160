import { z } from 'zod';
import type { Principal } from '../../infra/http/principal.js';
import { ProblemError } from '../../infra/http/problem.js';
import { failure } from '../../kernel/result.js';

/** Why somebody does it: kept with the deed. */
export const reason = z
  .string()
  .trim()
  .min(3)
  .max(300)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must have no control characters');

/** Whoever belongs to a company is none of the house's people, whatever roles he has there. */
export function houseOnly({ companyId }: Principal): void {
  if (companyId !== null)
    throw new ProblemError(
      failure('console.forbidden', "This is for the house's own people.", {
        hint: 'accounts of companies see their own pages',
      }),
    );
}
