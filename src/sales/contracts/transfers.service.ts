import { accountId, addSubscription, findInvoiceParty, setInvoiceParty } from '../../billing/index.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { keepProvedNumber, provedTelephone, registerMember } from '../../membership/index.js';
import { bindShadow, openBranches, passNumber } from '../../numbering/index.js';
import {
  contractNotNow,
  contractUnknown,
  notProved,
  transferExists,
  transferUnknown,
} from '../sales.failures.js';
import { settingsOf } from '../settings.js';
import { type Contract, lockContract, moveContract } from './contracts.rows.js';
import { closeOrder, stopFee, today } from './ending.service.js';

export interface Transfer {
  readonly id: string;
  readonly contractId: string;
  readonly shown: string;
  readonly fromAccount: string;
  readonly toEmail: string;
  readonly state: 'offered' | 'done' | 'refused' | 'expired';
  readonly reason: string;
  readonly answer: string | null;
  readonly until: Date;
  readonly createdAt: Date;
}

const TRANSFERS = `
  SELECT t.id, t.contract_id AS "contractId", n.display AS shown, t.from_account AS "fromAccount",
         t.to_email AS "toEmail", CASE WHEN t.state = 'offered' AND t.until <= now() THEN 'expired' ELSE t.state END AS state,
         t.reason, t.answer, t.until, t.created_at AS "createdAt"
    FROM number_transfer t JOIN number_contract c ON c.id = t.contract_id JOIN number_order n ON n.order_id = c.order_id`;

/**
 * Offers a number to whoever signs in with that address, now or once he has signed up: nobody learns from it who has an
 * account.
 */
export async function offerNumber(
  tx: Tx,
  id: string,
  wish: { readonly to: string; readonly reason: string; readonly by: string },
): Promise<Result<undefined, Failure>> {
  const contract = await lockContract(tx, id);
  if (!contract.ok) return contract;
  if (contract.value.state !== 'active') return err(contractNotNow(contract.value.state, 'passed on'));
  await tx.run(
    `UPDATE number_transfer SET state = 'expired' WHERE contract_id = $1 AND state = 'offered' AND until <= now()`,
    [id],
  );
  const { transferDays } = await settingsOf(tx);
  const offered = await tx.run(
    `INSERT INTO number_transfer (id, contract_id, from_account, to_email, reason, until)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6)) ON CONFLICT DO NOTHING`,
    [newId(), id, wish.by, wish.to.toLowerCase(), wish.reason, transferDays],
  );
  return offered === 1 ? ok(undefined) : err(transferExists());
}

export const listTransfers = (
  sql: Sql,
  { accountId: own, email }: Side,
  page: { readonly before: string | undefined; readonly limit: number },
): Promise<readonly Transfer[]> =>
  sql.rows<Transfer>(
    `WITH mine AS (
       (SELECT id FROM number_transfer WHERE from_account = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3)
       UNION (SELECT id FROM number_transfer WHERE to_email = $4 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3))
     ${TRANSFERS} JOIN mine ON mine.id = t.id ORDER BY t.id DESC LIMIT $3`,
    [own, page.before ?? null, page.limit, email],
  );

/** An account, as either side of an offer knows it. */
export interface Side {
  readonly accountId: string;
  readonly email: string;
}

/** An offer that still stands, locked; only for one of the two sides. */
async function lockOffer(
  tx: Tx,
  id: string,
  { accountId: own, email }: Side,
): Promise<Result<Transfer, Failure>> {
  const [row] = await tx.rows<Transfer>(`${TRANSFERS} WHERE t.id = $1 FOR UPDATE OF t`, [id]);
  if (row === undefined || (row.fromAccount !== own && row.toEmail !== email)) return err(transferUnknown());
  return row.state === 'offered' ? ok(row) : err(contractNotNow(row.state, 'answered'));
}

export async function refuseTransfer(
  tx: Tx,
  id: string,
  { by, reason }: { readonly by: Side; readonly reason: string },
): Promise<Result<undefined, Failure>> {
  const offer = await lockOffer(tx, id, by);
  if (!offer.ok) return offer;
  await tx.run(`UPDATE number_transfer SET state = 'refused', answer = $2 WHERE id = $1`, [id, reason]);
  return ok(undefined);
}

export interface Acceptance {
  readonly by: Side;
  readonly name: string;
  readonly language: string;
  readonly contact: string | null;
}

/**
 * The other side takes the number over: his member has it, his telephone stands for it (a number named after a telephone only
 * together with the proof of that telephone), his wallet pays its fee. One transaction: never two owners, never none.
 */
export async function acceptTransfer(
  tx: Tx,
  id: string,
  wish: Acceptance,
): Promise<Result<{ readonly contractId: string }, Failure>> {
  const offer = await lockOffer(tx, id, wish.by);
  if (!offer.ok) return offer;
  const by = wish.by.accountId;
  if (offer.value.toEmail !== wish.by.email || offer.value.fromAccount === by) return err(transferUnknown());
  const found = await lockContract(tx, offer.value.contractId);
  if (!found.ok) return found;
  const contract = found.value;
  if (!(await stillOwns(tx, offer.value.fromAccount, contract))) return err(transferUnknown());
  const terms = await termsOf(tx, contract);
  if (terms === undefined) return err(contractUnknown());
  const telephone = terms.ownTelephone ?? wish.contact;
  const proved = telephone !== null && (await provedTelephone(tx, by, telephone));
  if (terms.ownTelephone !== null && !proved) return err(notProved());
  const left = await moveContract(tx, contract, {
    event: 'transfer',
    to: 'transferred',
    by: offer.value.fromAccount,
    reason: offer.value.reason,
    endsOn: today(),
  });
  if (!left.ok) return left;
  await stopFee(tx, contract);
  // The order is over with its contract: paid back, it would take the number from its new owner.
  await closeOrder(tx, contract.orderId, 'the number was passed on');
  const registered = await registerMember(tx, {
    accountId: by,
    kind: terms.kind,
    name: wish.name,
    language: wish.language,
    country: terms.country,
    area: null,
  });
  if (!registered.ok) return registered;
  const holderId = registered.value.member.id;
  const assignmentId = await passNumber(tx, contract.key, { from: contract.holderId, to: holderId });
  if (assignmentId === undefined) return err(contractUnknown());
  if (telephone !== null && proved) {
    await keepProvedNumber(tx, { accountId: by, memberId: holderId, e164: telephone, label: '' });
    await bindShadow(tx, { assignmentId, country: terms.region, e164: telephone, verified: true });
  }
  if (terms.kind === 'company')
    await openBranches(
      tx,
      assignmentId,
      terms.countries.map((region) => ({ region, memberId: holderId })),
    );
  const contractId = await beginAnew(tx, contract, { holderId, ownerId: by, terms });
  await tx.run(`UPDATE number_transfer SET state = 'done', new_contract_id = $2 WHERE id = $1`, [
    id,
    contractId,
  ]);
  return ok({ contractId });
}

/** An administrator's offer of his company's number is worth nothing once he is not that any more. */
async function stillOwns(tx: Tx, offeredBy: string, { holderId, holderKind }: Contract): Promise<boolean> {
  if (holderKind === 'person') return true;
  const admins = await tx.rows(
    `SELECT FROM user_account
      WHERE id = $1 AND company_id = $2 AND 'company-admin' = ANY (roles) AND disabled_at IS NULL`,
    [offeredBy, holderId],
  );
  return admins.length > 0;
}

interface Terms {
  readonly kind: 'person' | 'company';
  readonly country: string;
  readonly region: string;
  readonly countries: readonly string[];
  readonly ownTelephone: string | null;
}

async function termsOf(tx: Tx, { orderId }: Contract): Promise<Terms | undefined> {
  const [row] = await tx.rows<Terms>(
    `SELECT p.kind, o.country, n.region, n.countries,
            CASE WHEN p.form = 'own-telephone' THEN n.telephone END AS "ownTelephone"
       FROM shop_order o JOIN number_order n ON n.order_id = o.id JOIN number_product p ON p.id = n.product_id
      WHERE o.id = $1`,
    [orderId],
  );
  return row;
}

/** What was paid for a year stays paid; a monthly fee begins anew with the new owner. */
async function beginAnew(
  tx: Tx,
  before: Contract,
  after: { readonly holderId: string; readonly ownerId: string; readonly terms: Terms },
): Promise<string> {
  const { currency } = before.fee;
  const kind = after.terms.kind === 'company' ? 'company' : 'member';
  const account = await accountId(tx, { kind, owner: after.holderId, currency });
  await copyParty(tx, before.accountId, account);
  const started = today();
  const fee =
    before.interval === 'month'
      ? await addSubscription(tx, {
          account,
          memberId: after.holderId,
          about: `Number ${before.display}`,
          fee: before.fee,
          startedOn: started,
          createdBy: `transfer of ${before.id}`,
        })
      : undefined;
  if (fee !== undefined && !fee.ok) throw new Error(fee.failure.message);
  const id = newId();
  await tx.run(
    `INSERT INTO number_contract (id, order_id, key, holder_id, owner_id, account_id, state, bill_interval, fee_micros, currency,
                                  subscription_id, started_on, paid_through)
     VALUES ($1, $2, $3, $4, $5, $6, 'active', $7, $8, $9, $10, $11, $12)`,
    [
      id,
      before.orderId,
      before.key,
      after.holderId,
      after.ownerId,
      account,
      before.interval,
      before.fee.micros,
      currency,
      fee?.ok ? fee.value : null,
      started,
      before.interval === 'year' ? before.paidThrough : started,
    ],
  );
  return id;
}

/** Who never bought anything has no invoice address yet: the seller and the language are known, the rest he enters. */
async function copyParty(tx: Tx, from: bigint, to: bigint): Promise<void> {
  if ((await findInvoiceParty(tx, to)) !== undefined) return;
  const known = await findInvoiceParty(tx, from);
  if (known === undefined) return;
  const blank = { name: '-', street: '-', city: '-', postcode: '-', taxId: null };
  const set = await setInvoiceParty(tx, to, { ...known, ...blank });
  if (!set.ok) throw new Error(set.failure.message);
}
