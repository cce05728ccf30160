import { z } from 'zod';

/** A page of a list. Ask for the next one with `?cursor=<nextCursor>`; null on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export const MOST_OF_A_PAGE = 200;

/** Query of a listing route: `limit` (1 to 200, 50 unless told) and `cursor`, which decodes to the given key (or is a 400). */
export const pageQuery = <Key>(key: z.ZodType<Key>) =>
  z.strictObject({
    limit: z.coerce.number().int().min(1).max(MOST_OF_A_PAGE).default(50),
    cursor: z
      .string()
      .max(500)
      .transform((text, context) => {
        const parsed = key.safeParse(decoded(text));
        if (parsed.success) return parsed.data;
        context.addIssue({ code: 'custom', message: 'is not a cursor of this list' });
        return z.NEVER;
      })
      .optional(),
  });

/** From `limit + 1` items: the page, and the key of its last item as cursor when there is more. */
export function pageOf<Item, Key>(
  found: readonly Item[],
  limit: number,
  keyOf: (item: Item) => Key,
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? encoded(keyOf(last)) : null };
}

/** Opaque to callers, so that a list may change its order without breaking them. */
const encoded = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
