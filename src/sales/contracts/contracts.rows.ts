import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Principal } from '../../infra/http/principal.js';
import { checkMove } from '../../kernel/fsm.js';
import { type Currency, formatAmount, type Money, money } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { type ContractEvent, type ContractState, contractStates } from '../domain/contract-states.js';
import { contractNotNow, contractUnknown } from '../sales.failures.js';

export interface Contract {
  readonly id: string;
  readonly orderId: string;
  readonly key: string;
  readonly display: string;
  readonly holderId: string;
  readonly holderKind: 'person' | 'company';
  /** The account that looks after it. */
  readonly ownerId: string;
  readonly accountId: bigint;
  readonly state: ContractState;
  readonly interval: 'month' | 'year';
  readonly fee: Money;
  readonly subscriptionId: string | null;
  readonly startedOn: string;
  readonly paidThrough: string;
  readonly endsOn: string | null;
  /** The day on which its fee was missed, and whether its owner was reminded since. */
  readonly overdueSince: string | null;
  readonly reminded: boolean;
  readonly reason: string | null;
  readonly version: number;
}

export const CONTRACTS = `
  SELECT c.id, c.order_id AS "orderId", c.key, n.display, c.holder_id AS "holderId", m.kind AS "holderKind", c.owner_id AS "ownerId",
         c.account_id AS account, c.state, c.bill_interval AS "interval", c.fee_micros AS micros, c.currency,
         c.subscription_id AS "subscriptionId", c.started_on::text AS "startedOn", c.paid_through::text AS "paidThrough",
         c.ends_on::text AS "endsOn", c.overdue_since::text AS "overdueSince", c.reminded_on IS NOT NULL AS reminded, c.reason, c.version
    FROM number_contract c JOIN number_order n ON n.order_id = c.order_id JOIN member m ON m.id = c.holder_id`;

type Row = Omit<Contract, 'accountId' | 'fee'> & {
  readonly account: string;
  readonly micros: string;
  readonly currency: Currency;
};
export const contractFrom = ({ account, micros, currency, ...same }: Row): Contract => ({
  ...same,
  accountId: BigInt(account),
  fee: money(BigInt(micros), currency),
});

/**
 * The contract, locked, and before it the order that the number came by: whoever has both took them in this order (a refund begins
 * with the order), so nobody waits for the other in a circle.
 */
export async function lockContract(tx: Tx, id: string): Promise<Result<Contract, Failure>> {
  await tx.rows(
    'SELECT FROM shop_order WHERE id = (SELECT order_id FROM number_contract WHERE id = $1) FOR UPDATE',
    [id],
  );
  const [row] = await tx.rows<Row>(`${CONTRACTS} WHERE c.id = $1 FOR UPDATE OF c`, [id]);
  return row === undefined ? err(contractUnknown()) : ok(contractFrom(row));
}

/** One's own are those that one looks after; a company's are those of its administrators, whoever bought them. */
export const ownsContract = (
  { accountId, companyId, roles }: Principal,
  { ownerId, holderId, holderKind }: Pick<Contract, 'ownerId' | 'holderId' | 'holderKind'>,
): boolean =>
  holderKind === 'company'
    ? roles.includes('company-admin') && holderId === companyId
    : ownerId === accountId;

export async function listContracts(
  sql: Sql,
  { accountId, companyId }: { readonly accountId: string; readonly companyId: string | null },
  page: { readonly limit: number; readonly before: string | undefined },
): Promise<readonly Contract[]> {
  const rows = await sql.rows<Row>(
    `WITH mine AS (
       (SELECT id FROM number_contract c WHERE owner_id = $1
           AND NOT EXISTS (SELECT FROM member m WHERE m.id = c.holder_id AND m.kind = 'company') AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4)
       UNION (SELECT id FROM number_contract WHERE holder_id = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4))
     ${CONTRACTS} JOIN mine ON mine.id = c.id ORDER BY c.id DESC LIMIT $4`,
    [accountId, companyId, page.before ?? null, page.limit],
  );
  return rows.map(contractFrom);
}

export interface ContractMove {
  readonly event: ContractEvent;
  readonly to: ContractState;
  readonly by: string;
  readonly reason: string | null;
  readonly endsOn?: string | null;
  readonly paidThrough?: string;
  /** Today, or null: nothing is overdue (any more). */
  readonly overdueSince?: string | null;
}

/** Moves a locked contract and writes the move down. */
export async function moveContract(
  tx: Tx,
  contract: Contract,
  { event, to, by, reason, endsOn, paidThrough, overdueSince }: ContractMove,
): Promise<Result<Contract, Failure>> {
  if (!checkMove(contractStates, { from: contract.state, event, to }).ok)
    return err(contractNotNow(contract.state, PAST[event] ?? event));
  const ends = endsOn === undefined ? contract.endsOn : endsOn;
  const paid = paidThrough ?? contract.paidThrough;
  const version = contract.version + 1;
  const overdue = overdueSince === undefined ? contract.overdueSince : overdueSince;
  const reminded = overdueSince === undefined && (contract.reminded || event === 'remind');
  await tx.run(
    `UPDATE number_contract SET state = $2, ends_on = $3, paid_through = $4, reason = $5, version = $6, overdue_since = $7,
            reminded_on = CASE WHEN $8 THEN coalesce(reminded_on, current_date) END WHERE id = $1`,
    [contract.id, to, ends, paid, reason, version, overdue, reminded],
  );
  await tx.run(
    `INSERT INTO contract_move (contract_id, version, event, from_state, to_state, moved_by, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [contract.id, version, event, contract.state, to, by, reason],
  );
  return ok({
    ...contract,
    state: to,
    endsOn: ends,
    paidThrough: paid,
    overdueSince: overdue,
    reminded,
    reason,
    version,
  });
}

const PAST: Readonly<Partial<Record<ContractEvent, string>>> = {
  end: 'ended',
  resume: 'resumed',
  transfer: 'passed on',
  revoke: 'taken back',
};

export const contractView = ({
  fee,
  accountId,
  holderId,
  holderKind: _kind,
  ownerId: _,
  key,
  version,
  reminded: _reminded,
  ...same
}: Contract) => ({
  ...same,
  number: key.replace('#', ''),
  shown: same.display,
  memberId: holderId,
  accountId: String(accountId),
  fee: formatAmount(fee),
  currency: fee.currency,
  version,
});
