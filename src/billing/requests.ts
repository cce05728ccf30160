import { z } from 'zod';
import { type Currency, type Money, parseCurrency, parseMoney } from '../kernel/money.js';

/** What billing's routes have in common in their input. */
export const deckId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be a-z, 0-9 and -, 2 to 40 characters');

/** An account's id in a path. */
export const accountNumber = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, 'must be the id of an account')
  .transform(BigInt);

export const currencyCode = z.string().transform((text, context): Currency => {
  const parsed = parseCurrency(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: 'must be an ISO 4217 currency in capitals' });
  return z.NEVER;
});

/** An amount that is not negative, as text; its currency says how to read it (`parseMoney`). */
export const amountText = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be an amount like "12.50", at most 6 decimals');

/** `{ "amount": "12.50", "currency": "USD" }`, more than 0. */
export const positiveMoney = z
  .strictObject({ amount: amountText, currency: z.string() })
  .transform((given, context): Money => {
    const parsed = parseMoney(given.amount, given.currency);
    if (parsed.ok && parsed.value.micros > 0n) return parsed.value;
    const message = parsed.ok ? 'must be more than 0' : parsed.failure.message;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** Aborts where it is none: what compares two of them must not see a text. */
export const instant = z.iso.datetime({ offset: true, abort: true }).transform((text) => new Date(text));

export const periodText = z.strictObject({
  name: z.string().max(30),
  timeZone: z.string().max(60),
  windows: z
    .array(
      z.strictObject({
        days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
        from: z.string().max(5),
        to: z.string().max(5),
      }),
    )
    .max(50),
});

/** A query parameter that holds JSON. */
export const jsonText = <T>(schema: z.ZodType<T>) =>
  z
    .string()
    .max(10_000)
    .transform((text, context) => {
      try {
        const value: unknown = JSON.parse(text);
        return value;
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
