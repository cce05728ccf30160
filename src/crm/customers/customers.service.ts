import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { partyNumber } from '../fields.js';
import { isSeen, type Owner, type Seen } from '../owner.js';
import { CUSTOMERS, type CustomerRow } from './customer.rows.js';

/** Somebody on the telephone: by his number (null: he hides it) and as the member that he is, if he is one. */
export interface Party {
  readonly number: string | null;
  readonly memberId: string | null;
}

export type CustomerUnknown = Failure<'customer.unknown'>;

/** The customer if he is there for this caller; somebody else's is unknown. */
export async function seenCustomer(
  sql: Sql,
  seen: Seen,
  id: string,
): Promise<Result<CustomerRow, CustomerUnknown>> {
  const found = await CUSTOMERS.one(sql, { id });
  return found === undefined || !isSeen(seen, found.owner) ? err(customerUnknown()) : ok(found);
}

/** The card of that party, made when there is none; undefined for somebody of whom nothing is known. */
export async function cardOf(
  tx: Tx,
  owner: Owner,
  party: Party,
  facts: Facts = {},
): Promise<CustomerRow | undefined> {
  const { memberId } = party;
  // A caller of another network may send anything as his number.
  const number = partyNumber.safeParse(party.number).data ?? null;
  if (number === null && memberId === null) return undefined;
  // Two agents, or an agent and the end of a call, may come at once: one makes the card, the other finds it.
  await tx.run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `customer ${owner} ${memberId ?? number}`,
  ]);
  const found = await findCard(tx, owner, { number, memberId });
  const card = found ?? (await CUSTOMERS.insert(tx, { id: newId(), owner, memberId, ...facts }));
  if (card === undefined) throw new Error('a customer of that member is there, and was not found');
  if (found !== undefined && found.memberId === null && memberId !== null)
    await tx.run(
      `UPDATE customer SET member_id = $2 WHERE id = $1
          AND NOT EXISTS (SELECT FROM customer other WHERE other.owner = $3 AND other.member_id = $2)`,
      [card.id, memberId, owner],
    );
  if (number !== null)
    await tx.run(
      'INSERT INTO customer_number (owner, number, customer_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [owner, number, card.id],
    );
  return card;
}

export interface Facts {
  readonly name?: string;
  readonly language?: string | null;
  readonly country?: string | null;
}

/** As the member that he is before by his number: a telephone has several users. */
export async function findCard(
  sql: Sql,
  owner: Owner,
  { number, memberId }: Party,
): Promise<CustomerRow | undefined> {
  const [found] = await sql.rows<CustomerRow>(FIND, [owner, memberId, number]);
  return found;
}

/** Somebody else's card, who called from the same telephone, is not his. */
const FIND = `
  SELECT ${CUSTOMERS.columns} FROM customer
   WHERE owner = $1 AND (member_id = $2
         OR id = (SELECT customer_id FROM customer_number WHERE owner = $1 AND number = $3) AND ($2::uuid IS NULL OR member_id IS NULL))
   ORDER BY member_id NULLS LAST LIMIT 1`;

export const customerUnknown = (): CustomerUnknown =>
  failure('customer.unknown', 'There is no such customer.', { hint: 'GET /v1/customers lists yours' });
