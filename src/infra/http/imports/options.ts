import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import type { ImportKind } from './import-kind.js';

/** As they are kept: what the kind's schema makes of them is made anew at each reading. */
export function optionsOf(kind: ImportKind, given: unknown): Result<unknown, Failure> {
  const parsed = kind.options.safeParse(given);
  if (parsed.success) return ok(given);
  const [first] = parsed.error.issues;
  const place =
    first === undefined || first.path.length === 0 ? 'options' : `options.${first.path.join('.')}`;
  return err(
    failure('import-options.invalid', `${place}: ${first?.message ?? 'is wrong'}`, {
      hint: `docs/bulk.md tells the options of ${kind.kind}`,
    }),
  );
}
