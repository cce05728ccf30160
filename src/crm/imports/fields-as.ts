import type { z } from 'zod';
import type { BadField, Fields } from '../../infra/http/imports/row-by-row.js';
import { err, ok, type Result } from '../../kernel/result.js';

/** A line of a file by a schema: an empty field is one that is not there. */
export const fieldsAs =
  <Schema extends z.ZodType>(schema: Schema) =>
  (fields: Fields): Result<z.output<Schema>, BadField> => {
    const given = Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
    const parsed = schema.safeParse(given);
    if (parsed.success) return ok(parsed.data);
    const [first] = parsed.error.issues;
    return err({ field: String(first?.path[0] ?? ''), reason: first?.message ?? 'is wrong' });
  };
