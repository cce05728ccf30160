import {
  accountId,
  closeHolds,
  credit,
  debit,
  findInvoiceParty,
  holdOwnMoney,
  post,
  taxOfSale,
} from '../../billing/index.js';
import type { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { money } from '../../kernel/money.js';
import { countMoved } from '../orders/expiry.service.js';
import { tellBuyer } from '../receipts/tell-buyer.js';
import { settingsOf } from '../settings.js';
import { type Contract, lockContract, moveContract } from './contracts.rows.js';
import { closeOrder, giveUp } from './ending.service.js';

const AT_ONCE = 500;

/**
 * Renews, misses, lapses and ends whatever is due today, each contract in a transaction of its own. Safe to run any time. Those
 * that are overdue stay due for weeks: however many they are, all others have their turn.
 */
export async function keepContracts(db: Db, atOnce = AT_ONCE): Promise<number> {
  const due = [...(await dueIds(db, ENDING, atOnce)), ...(await dueIds(db, YEARLY, atOnce))];
  return countMoved(due, (id) => db.inTx((tx) => keepContract(tx, id)));
}

interface Due {
  readonly id: string;
  readonly day: string;
}
const ENDING = `
  SELECT id, ends_on::text AS day FROM number_contract
   WHERE state = 'ending' AND ends_on <= current_date AND ($1::date IS NULL OR (ends_on, id) > ($1, $2::uuid))
   ORDER BY ends_on, id LIMIT $3`;
const YEARLY = `
  SELECT id, paid_through::text AS day FROM number_contract
   WHERE state IN ('active', 'overdue') AND bill_interval = 'year' AND paid_through <= current_date
     AND ($1::date IS NULL OR (paid_through, id) > ($1, $2::uuid))
   ORDER BY paid_through, id LIMIT $3`;

/** All of them, read piece by piece. */
async function dueIds(db: Db, statement: string, atOnce: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let last: Due | undefined;
  do {
    const found: readonly Due[] = await db.rows<Due>(statement, [
      last?.day ?? null,
      last?.id ?? null,
      atOnce,
    ]);
    ids.push(...found.map(({ id }) => id));
    last = found.length === atOnce ? found.at(-1) : undefined;
  } while (last !== undefined);
  return ids;
}

async function keepContract(tx: Tx, id: string): Promise<boolean> {
  const found = await lockContract(tx, id);
  if (!found.ok) return false;
  const contract = found.value;
  const [{ today, lapses } = { today: '', lapses: '' }] = await tx.rows<{ today: string; lapses: string }>(
    'SELECT current_date::text AS today, ($1::date + $2::int)::text AS lapses',
    [contract.paidThrough, (await settingsOf(tx)).overdueDays],
  );
  switch (contract.state) {
    case 'ending':
      return contract.endsOn !== null && contract.endsOn <= today
        ? over(tx, contract, 'reach-end', 'its term is over')
        : false;
    case 'active':
    case 'overdue':
      if (contract.interval !== 'year' || contract.paidThrough > today) return false;
      if (await renew(tx, contract)) return true;
      if (contract.state === 'active') return miss(tx, contract);
      return lapses <= today ? over(tx, contract, 'lapse', 'its fee was not paid') : false;
    case 'ended':
    case 'transferred':
      return false;
  }
}

async function over(
  tx: Tx,
  contract: Contract,
  event: 'reach-end' | 'lapse',
  reason: string,
): Promise<boolean> {
  const ended = await giveUp(tx, contract, { event, to: 'ended', by: 'time', reason });
  if (!ended.ok) return false;
  await closeOrder(tx, contract.orderId, reason);
  return true;
}

async function miss(tx: Tx, contract: Contract): Promise<boolean> {
  const missed = await moveContract(tx, contract, {
    event: 'miss',
    to: 'overdue',
    by: 'time',
    reason: 'the wallet has not enough for the next year',
  });
  if (missed.ok) await tellBuyer(tx, contract.orderId, 'overdue');
  return missed.ok;
}

/** Takes the next year's fee from the wallet, once a year by the posting's key. False: there is not enough. */
async function renew(tx: Tx, contract: Contract): Promise<boolean> {
  const { accountId: account, fee, paidThrough } = contract;
  const hold = newId();
  if (!(await holdOwnMoney(tx, { id: hold, accountId: account, micros: fee.micros }))) return false;
  await closeHolds(tx, [hold], 'captured');
  await post(tx, [
    {
      key: `contract:${contract.id}:${paidThrough}`,
      kind: 'sale',
      occurredAt: new Date(),
      entries: await feeEntries(tx, contract),
    },
  ]);
  const [next] = await tx.rows<{ day: string }>(`SELECT ($1::date + interval '1 year')::date::text AS day`, [
    paidThrough,
  ]);
  const renewed = await moveContract(tx, contract, {
    event: 'renew',
    to: 'active',
    by: 'time',
    reason: null,
    paidThrough: next?.day ?? paidThrough,
  });
  return renewed.ok;
}

/** The fee has its tax in it: as much as the order's tax was of the order. */
async function feeEntries(tx: Tx, { accountId: account, fee, orderId }: Contract) {
  const [order] = await tx.rows<{ ppm: number; country: string }>(
    `SELECT (tax ->> 'ppm')::int AS ppm, tax ->> 'country' AS country FROM shop_order WHERE id = $1`,
    [orderId],
  );
  const party = await findInvoiceParty(tx, account);
  const today = new Date().toISOString().slice(0, 10);
  const sale =
    party === undefined
      ? undefined
      : await taxOfSale(tx, {
          sellerId: party.sellerId,
          net: fee,
          buyerCountry: party.country,
          buyerHasTaxId: party.taxId !== null,
          day: today,
        });
  const ppm = BigInt(sale?.ok ? sale.value.applied.ppm : (order?.ppm ?? 0));
  const owner = sale?.ok ? sale.value.applied.country : (order?.country ?? 'KR');
  const taxMicros = (fee.micros * ppm) / (1_000_000n + ppm);
  const revenue = await accountId(tx, { kind: 'revenue', owner: 'numbers', currency: fee.currency });
  const tax = await accountId(tx, { kind: 'tax', owner, currency: fee.currency });
  return [
    debit(account, fee),
    credit(revenue, money(fee.micros - taxMicros, fee.currency)),
    ...(taxMicros === 0n ? [] : [credit(tax, money(taxMicros, fee.currency))]),
  ];
}
