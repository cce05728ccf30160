import { z } from 'zod';
import { nationalFormat, REGIONS } from '../numbering/index.js';

/** What the operator's routes have in common in their input. */
export const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be a-z, 0-9 and -, 2 to 40 characters');

export const label = z.string().trim().min(1).max(200);

const known = new Set(REGIONS);
export const country = z
  .string()
  .refine((code) => known.has(code), 'must be an ISO 3166-1 country in capitals');

export const area = z.string().regex(/^[0-9]{1,6}$/, 'must be an area code: 1 to 6 digits');

/** A telephone number that there can be, with +. */
export const e164 = z
  .string()
  .refine(
    (text) => /^\+[1-9][0-9]{3,14}$/.test(text) && nationalFormat(text) !== undefined,
    'must be a telephone number with + and country code',
  );

/** How many at once, or a second; null: as many as there are. */
export const most = z.number().int().min(1).max(1_000_000).nullable();

/** Cursor of lists that are ordered by one text key. */
export const textCursor = z.tuple([z.string().max(300)]);
export const uuidCursor = z.tuple([z.uuid()]);
