import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { failure } from '../../kernel/result.js';
import { ProblemError } from './problem.js';

const MOST_ERRORS = 20;

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

const invalid = (issues: readonly Issue[]): ProblemError =>
  new ProblemError(
    failure('request.invalid', 'The request has wrong or missing values.', {
      hint: 'see "errors" for each place',
    }),
    {
      errors: issues.slice(0, MOST_ERRORS).map((issue) => ({
        pointer: (issue.path ?? [])
          .map((step) => `/${escapeStep(typeof step === 'object' ? step.key : step)}`)
          .join(''),
        detail: issue.message,
      })),
    },
  );

/**
 * Input is declared beside the parameter: `@Body({ schema: z.strictObject({…}) })`, `@Query({ schema })`, `@Param('id', { schema })`.
 * The handler gets the parsed value; anything else is a 400 with the places that are wrong, and never the values.
 */
export const validationPipe = new StandardSchemaValidationPipe({ exceptionFactory: invalid });

/** The same for a body whose form depends on something else: it is parsed when that is known. */
export function parsedOr400<T>(schema: z.ZodType<T>, given: unknown): T {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw invalid(read.error.issues);
}

/** RFC 6901 section 3; cut, because an attacker chooses the key. */
const escapeStep = (step: PropertyKey): string =>
  String(step).slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
