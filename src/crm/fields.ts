import { z } from 'zod';

export const uuid = z.uuid();
export const languageTag = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language, like ko or en');
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'must be a country, like KR');
/** As call records have it: E.164, or the key of one of our numbers. */
export const partyNumber = z
  .string()
  .max(40)
  .regex(
    /^\+[1-9][0-9]{2,14}$|^[0-9]{4,32}$|^[0-9]{3,12}#([0-9]{3})?$/,
    'must be E.164 (+82…) or one of our numbers without separators',
  );
export const timeZone = z.string().max(60).refine(isTimeZone, 'must be a time zone, like Asia/Seoul');
export const plainText = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/[\p{Cc}--[\n\t]]/v.test(text), 'must not have control characters');
export const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/\p{Cc}/u.test(text), 'must be one line');
export const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a-z, 0-9 and -');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
