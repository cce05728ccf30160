import { z } from 'zod';
import type { TableRows } from '../../infra/db/table-rows.js';
import {
  CARRIER_NUMBERS,
  type CarrierNumberRow,
  type Claim,
  CONTACT_NUMBERS,
  type ContactNumberRow,
  DOMAINS,
  type DomainRow,
  EMAILS,
  type EmailRow,
} from '../../membership/index.js';
import { canonicalDomain, canonicalEmail } from '../../numbering/index.js';
import { e164, slug } from '../fields.js';

/** One of the things by which a member is known: what is claimed, and where the claims are kept. */
export interface IdentityKind {
  readonly what: string;
  readonly rows: TableRows<Claim & AnyClaim>;
  readonly claim: z.ZodType<Readonly<Record<string, unknown>>>;
}

/** A claim of any kind, as it is kept. */
export type AnyClaim = ContactNumberRow | CarrierNumberRow | EmailRow | DomainRow;

/** Text in its one canonical spelling, as dialled addresses are looked up. */
const canonical = (spell: (text: string) => string | undefined, message: string) =>
  z
    .string()
    .max(320)
    .transform((text, context) => {
      const spelled = spell(text);
      if (spelled !== undefined) return spelled;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });

const contactNumber = z.strictObject({ e164, label: z.string().trim().max(100).default('') });
const carrierNumber = z.strictObject({
  carrierId: slug,
  /** As that carrier writes it. */
  number: z.string().regex(/^[0-9*#+]{1,40}$/, 'must be 1 to 40 of 0-9*#+'),
});
const email = z.strictObject({ address: canonical(canonicalEmail, 'must be an e-mail address') });
const domain = z.strictObject({ domain: canonical(canonicalDomain, 'must be a domain name') });

export const identityKinds = {
  'contact-numbers': { what: 'contact number', rows: CONTACT_NUMBERS, claim: contactNumber },
  'carrier-numbers': { what: 'carrier number', rows: CARRIER_NUMBERS, claim: carrierNumber },
  emails: { what: 'e-mail address', rows: EMAILS, claim: email },
  domains: { what: 'domain', rows: DOMAINS, claim: domain },
} as const satisfies Readonly<Record<string, IdentityKind>>;

export type IdentityKindName = keyof typeof identityKinds;
export const identityKindNames = Object.keys(identityKinds) as readonly IdentityKindName[];
export const identityKind = z.enum(identityKindNames);
