import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import type { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { MEMBERS } from '../../membership/index.js';
import { numberForPeople } from '../../numbering/index.js';
import { type By, type CaseRow, note, seenCase } from '../cases/cases.service.js';
import type { CustomerRow } from '../customers/customer.rows.js';
import { fillTemplate, type TemplateFacts, templateFor } from '../domain/mail-template.js';
import { HOUSE, type Seen } from '../owner.js';
import { templatesOf } from './mail-templates.service.js';

export interface MailWish {
  readonly template: string;
  readonly text?: string | undefined;
  readonly caseId?: string | undefined;
}
export interface ComposedMail {
  readonly template: string;
  readonly language: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly caseId: string | null;
}
export type MailFailure = Failure<string>;

/** The mail as it would leave: the template in his language, filled with what is known. */
export async function composeMail(
  sql: Sql,
  seen: Seen,
  card: CustomerRow,
  agent: string,
  wish: MailWish,
): Promise<Result<ComposedMail, MailFailure>> {
  const member = card.memberId === null ? undefined : await MEMBERS.one(sql, { id: card.memberId });
  const address = card.email ?? (await provedAddress(sql, card));
  if (address === undefined) return err(noAddress);
  const about = wish.caseId === undefined ? ok(undefined) : await seenCase(sql, seen, wish.caseId);
  if (!about.ok) return about;
  if (about.value !== undefined && about.value.customerId !== card.id) return err(otherCase);
  const all = await templatesOf(sql, card.owner);
  const chosen = templateFor(
    all.filter(({ code }) => code === wish.template),
    card.language ?? member?.language ?? null,
  );
  if (chosen === undefined) return err(noTemplate(wish.template));
  const name = card.name ?? member?.name;
  const filled = fillTemplate(chosen, await factsOf(sql, card, name, agent, wish.text, about.value));
  if (!filled.ok) return filled;
  return ok({
    template: chosen.code,
    language: chosen.language,
    address,
    ...filled.value,
    caseId: wish.caseId ?? null,
  });
}

/** Keeps it with the customer and lets it leave when the transaction has committed. */
export async function sendMail(
  tx: Tx,
  outgoing: OutgoingMail,
  card: CustomerRow,
  by: By,
  mail: ComposedMail,
) {
  const id = newId();
  const { template, language, address, subject, body, caseId } = mail;
  await tx.run(
    `INSERT INTO customer_mail (id, owner, customer_id, case_id, template, language, address, subject, body, account_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, card.owner, card.id, caseId, template, language, address, subject, body, by.accountId],
  );
  if (caseId !== null) await note(tx, caseId, by, 'mailed', { subject }, null);
  await outgoing.order(tx, { id: `customer.${id}`, to: address, subject, text: body });
  return { id, template, language, address, subject, body, caseId };
}

/** Of a customer of the house: the address that he has proved. A company writes to the one that he has told the company. */
async function provedAddress(sql: Sql, { owner, memberId }: CustomerRow): Promise<string | undefined> {
  if (owner !== HOUSE || memberId === null) return undefined;
  const [row] = await sql.rows<{ address: string }>(
    'SELECT address FROM email_identity WHERE member_id = $1 AND verified_at IS NOT NULL ORDER BY created_at LIMIT 1',
    [memberId],
  );
  return row?.address;
}

async function factsOf(
  sql: Sql,
  { id, owner }: CustomerRow,
  name: string | undefined,
  agent: string,
  text: string | undefined,
  about: CaseRow | undefined,
): Promise<TemplateFacts> {
  const [first] = await sql.rows<{ number: string }>(
    'SELECT min(number) AS number FROM customer_number WHERE customer_id = $1 HAVING min(number) IS NOT NULL',
    [id],
  );
  const company = owner === HOUSE ? undefined : await MEMBERS.one(sql, { id: owner });
  return {
    agent,
    company: company?.name ?? 'Anydial',
    ...(name === undefined ? {} : { name }),
    ...(first === undefined ? {} : { number: numberForPeople(first.number) }),
    ...(text === undefined ? {} : { text }),
    ...(about === undefined ? {} : { case: about.subject }),
    ...(about?.dueOn ? { due: about.dueOn } : {}),
  };
}

const noAddress = failure('customer-mail.mismatch', 'No e-mail address of this customer is known.', {
  hint: 'ask him and write it into his card',
});
const otherCase = failure('customer-mail.mismatch', 'This case is not about this customer.', {
  hint: 'leave caseId out, or name a case of this customer',
});
const noTemplate = (code: string) =>
  failure('mail-template.unknown', `There is no template ${code}.`, {
    hint: 'GET /v1/mail-templates lists them',
  });
