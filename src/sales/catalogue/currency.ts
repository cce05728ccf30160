import { z } from 'zod';
import { type Currency, parseCurrency } from '../../kernel/money.js';

export const currencyCode = z.string().transform((text, context): Currency => {
  const parsed = parseCurrency(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: 'must be an ISO 4217 currency in capitals' });
  return z.NEVER;
});
