import { z } from 'zod';
import type { AttemptLimit } from '../../infra/http/access/attempts.js';
import { consentPurposes } from './consents.js';

/** What routes about accounts have in common in their input. */
export const email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email('must be an e-mail address'))
  .transform((address) => address.toLowerCase());
/** Long enough not to be guessed online; NIST SP 800-63B asks for length, not for kinds of characters. */
export const password = z.string().min(10, 'must have at least 10 characters').max(200);
/** One that was set before, by whatever rule held then. */
export const currentPassword = z.string().min(1).max(200);
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag: ko, en, pt-BR')
  .max(35);
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must be on one line');
export { mailedCode as code } from '../codes.js';
export const consent = z.strictObject({
  purpose: z.enum(consentPurposes),
  version: z.string().trim().min(1).max(40),
  given: z.boolean().default(true),
});

/** Mails to one address, and from one place; a person needs a few. */
export const MAILED: AttemptLimit = { purpose: 'mail', minutes: 60, both: 5, source: 30, subject: 10 };
/** Typed codes: those of one place, whichever they open. */
export const TYPED: AttemptLimit = { purpose: 'code', minutes: 15, both: 20, source: 60, subject: 60 };
/** And of a whole day: by one place over all accounts, at one account (or telephone) from all places, whichever of its codes. */
export const TYPED_TODAY: AttemptLimit = {
  purpose: 'codes-today',
  minutes: 24 * 60,
  both: 60,
  source: 200,
  subject: 100,
};
