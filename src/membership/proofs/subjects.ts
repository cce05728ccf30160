import type { Sql } from '../../infra/db/sql.js';
import { CARRIER_NUMBERS, type Claim, CONTACT_NUMBERS, DOMAINS, EMAILS } from '../membership.rows.js';

export type ProofKind = 'telephone' | 'contact-number' | 'carrier-number' | 'email' | 'domain';
export type ProofMethod = 'call' | 'mail' | 'dns';
export type ProofSpace = 'telephone' | 'carrier' | 'email' | 'domain';

/** What is to be proved. `memberId` and `identityId`: of the claim; null for a telephone that is nobody's contact number (yet). */
export interface Subject {
  readonly kind: ProofKind;
  readonly space: ProofSpace;
  /** +E.164, `<carrier>:<number>`, address or domain, in its one spelling. */
  readonly subject: string;
  readonly method: ProofMethod;
  readonly memberId: string | null;
  readonly identityId: string | null;
}

export const telephoneSubject = (e164: string): Subject => ({
  kind: 'telephone',
  space: 'telephone',
  subject: e164,
  method: 'call',
  memberId: null,
  identityId: null,
});

export type IdentityTable = 'contact-numbers' | 'carrier-numbers' | 'emails' | 'domains';

/** The claim of a member as a subject; undefined when he has no such claim. */
export async function identitySubject(
  sql: Sql,
  table: IdentityTable,
  where: { readonly id: string; readonly memberId: string },
): Promise<Subject | undefined> {
  switch (table) {
    case 'contact-numbers':
      return subjectOf(await CONTACT_NUMBERS.one(sql, where), ({ e164 }) => [
        'contact-number',
        'telephone',
        e164,
        'call',
      ]);
    case 'carrier-numbers':
      return subjectOf(await CARRIER_NUMBERS.one(sql, where), ({ carrierId, number }) => [
        'carrier-number',
        'carrier',
        `${carrierId}:${number}`,
        'call',
      ]);
    case 'emails':
      return subjectOf(await EMAILS.one(sql, where), ({ address }) => ['email', 'email', address, 'mail']);
    case 'domains':
      return subjectOf(await DOMAINS.one(sql, where), ({ domain }) => ['domain', 'domain', domain, 'dns']);
  }
}

function subjectOf<Row extends Claim>(
  row: Row | undefined,
  say: (row: Row) => readonly [ProofKind, ProofSpace, string, ProofMethod],
): Subject | undefined {
  if (row === undefined) return undefined;
  const [kind, space, subject, method] = say(row);
  return { kind, space, subject, method, memberId: row.memberId, identityId: row.id };
}

/** Of a carrier's number: whose it is, and how that carrier writes it. */
export function carrierNumberOf(subject: string): { readonly carrierId: string; readonly number: string } {
  const colon = subject.indexOf(':');
  return { carrierId: subject.slice(0, colon), number: subject.slice(colon + 1) };
}

const tables = {
  'contact-number': 'contact_number',
  'carrier-number': 'carrier_number',
  email: 'email_identity',
  domain: 'domain_identity',
} as const;

/** Marks a claim as proved, or as not. */
export const setVerified = (
  sql: Sql,
  { kind, identityId }: Pick<Subject, 'kind' | 'identityId'>,
  verified: boolean,
): Promise<number> =>
  kind === 'telephone'
    ? Promise.resolve(0)
    : sql.run(`UPDATE ${tables[kind]} SET verified_at = CASE WHEN $2 THEN now() END WHERE id = $1`, [
        identityId,
        verified,
      ]);

/** The claim that is proved now, whoever's: by a proof, or because an operator said so. */
export async function provedClaim(
  sql: Sql,
  { space, subject }: Pick<Subject, 'space' | 'subject'>,
): Promise<
  | { readonly id: string; readonly memberId: string; readonly kind: Exclude<ProofKind, 'telephone'> }
  | undefined
> {
  const [found] = await sql.rows<{ id: string; memberId: string; kind: Exclude<ProofKind, 'telephone'> }>(
    PROVED_CLAIM[space],
    [subject],
  );
  return found;
}

const claim = (kind: Exclude<ProofKind, 'telephone'>, where: string): string =>
  `SELECT id, member_id AS "memberId", '${kind}' AS kind FROM ${tables[kind]} WHERE ${where} AND verified_at IS NOT NULL`;

const PROVED_CLAIM: Readonly<Record<ProofSpace, string>> = {
  telephone: claim('contact-number', 'e164 = $1'),
  carrier: claim(
    'carrier-number',
    "carrier_id = split_part($1, ':', 1) AND number = substr($1, strpos($1, ':') + 1)",
  ),
  email: claim('email', 'address = $1'),
  domain: claim('domain', 'domain = $1'),
};
