import { z } from 'zod';
import { language, personName } from '../accounts/account.fields.js';

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** ISO 3166-1 alpha-2, as CLDR knows them; `ZZ` and the like are no countries. */
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && !/^(ZZ|X[A-Z]|EU|EZ|UN|QO)$/.test(code) && regionNames.of(code) !== undefined;
export const country = z.string().refine(isCountry, 'must be an ISO 3166-1 country in capitals');
export const area = z.string().regex(/^[0-9]{1,6}$/, 'must be an area code: 1 to 6 digits');

export const memberTerms = z.strictObject({
  /** A company's legal name. */
  name: personName,
  language,
  country,
  area: area.nullable().default(null),
});
export const newMember = memberTerms.extend({ kind: z.enum(['person', 'company']) });
export const newBranch = memberTerms;
export const changedMember = z
  .strictObject({
    name: personName,
    language,
    country,
    area: area.nullable(),
    status: z.enum(['active', 'suspended', 'closed']),
  })
  .partial();
