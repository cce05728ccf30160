import { z } from 'zod';
import { parseMoney } from '../kernel/money.js';
import { shopLanguage } from './languages.js';

/** What the shop's routes have in common in their input. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 country in capitals');
export const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be a-z, 0-9 and -, 2 to 40 characters');
/** The buyer's language; a page may speak one that the shop does not: then he is written to in English. */
export const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language like "ko"')
  .max(35)
  .transform(shopLanguage);
export const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line');
export const reason = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line');
export const e164 = z.string().regex(/^\+[1-9]\d{5,14}$/, 'must be a telephone like +82262006200');

/** Not more than an invoice has room for: what is paid must never fail for a name that is too long. */
export const address = z.strictObject({
  name: line,
  street: line,
  city: line.max(100),
  postcode: z.string().trim().min(1).max(20),
  country,
  taxId: z.string().trim().min(4).max(30).nullable().default(null),
});

/** An amount that is not negative, in micro-units; the currency stands elsewhere. */
export const micros = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be an amount like "12.50", at most 6 decimals')
  .transform((text): bigint => {
    const parsed = parseMoney(text, 'USD');
    return parsed.ok ? parsed.value.micros : 0n;
  });

export const because = z.strictObject({ reason });
export const perhapsBecause = z.strictObject({ reason: reason.nullable().default(null) });
