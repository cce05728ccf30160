import type { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { resumeNumber, suspendNumber } from '../../numbering/index.js';
import type { ContractEvent } from '../domain/contract-states.js';
import { decideDunning } from '../domain/dunning.js';
import type { ContractNews } from '../domain/sales-events.js';
import { countMoved } from '../orders/expiry.service.js';
import { tellOwner } from '../receipts/tell-buyer.js';
import { settingsOf } from '../settings.js';
import { coversFee, takeFee } from './contract-fee.js';
import { type Contract, type ContractMove, lockContract, moveContract } from './contracts.rows.js';
import { closeOrder, giveUp } from './ending.service.js';

const AT_ONCE = 500;

/**
 * Renews, misses, reminds, suspends, lapses and ends whatever is due today, each contract in a transaction of its own. Safe to
 * run any time. Those that are overdue stay due for weeks: however many they are, all others have their turn.
 */
export async function keepContracts(db: Db, atOnce = AT_ONCE): Promise<number> {
  const due: string[] = [];
  for (const statement of [ENDING, YEARLY, MONTHLY, OVERDUE])
    due.push(...(await dueIds(db, statement, atOnce)));
  return countMoved(due, (id) => db.inTx((tx) => keepContract(tx, id)));
}

/** Those that were missed and whose money has come, however it came: nobody waits for the next hour. */
export async function reviveContracts(db: Db, atOnce = AT_ONCE): Promise<number> {
  const due = await dueIds(db, PAID_AFTER_ALL, atOnce);
  return countMoved(due, (id) => db.inTx((tx) => keepContract(tx, id)));
}

const ENDING = `SELECT id FROM number_contract
   WHERE state = 'ending' AND ends_on <= current_date AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`;
const YEARLY = `SELECT id FROM number_contract
   WHERE state = 'active' AND bill_interval = 'year' AND paid_through <= current_date AND ($1::uuid IS NULL OR id > $1)
   ORDER BY id LIMIT $2`;
/** Monthly fees are charged by billing when their month is over: missed they are when the account owes more than it may. */
const MONTHLY = `SELECT c.id FROM number_contract c JOIN subscription s ON s.id = c.subscription_id
         JOIN ledger_account a ON a.id = c.account_id JOIN account_balance b ON b.account_id = a.id AND b.shard = 0
   WHERE c.state = 'active' AND c.bill_interval = 'month' AND s.charged_through IS NOT NULL
     AND b.balance_micros > a.credit_limit_micros AND ($1::uuid IS NULL OR c.id > $1) ORDER BY c.id LIMIT $2`;
const OVERDUE = `SELECT id FROM number_contract
   WHERE state IN ('overdue', 'suspended') AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`;
const PAID_AFTER_ALL = `SELECT c.id FROM number_contract c
         JOIN ledger_account a ON a.id = c.account_id JOIN account_balance b ON b.account_id = a.id AND b.shard = 0
   WHERE c.state IN ('overdue', 'suspended') AND ($1::uuid IS NULL OR c.id > $1)
     AND CASE c.bill_interval WHEN 'year' THEN -b.balance_micros - b.held_micros >= c.fee_micros
                              ELSE b.balance_micros <= a.credit_limit_micros END ORDER BY c.id LIMIT $2`;

/** All of them, read piece by piece. */
async function dueIds(db: Db, statement: string, atOnce: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let last: string | undefined;
  do {
    const found: readonly { id: string }[] = await db.rows<{ id: string }>(statement, [last ?? null, atOnce]);
    ids.push(...found.map(({ id }) => id));
    last = found.length === atOnce ? found.at(-1)?.id : undefined;
  } while (last !== undefined);
  return ids;
}

async function keepContract(tx: Tx, id: string): Promise<boolean> {
  const found = await lockContract(tx, id);
  if (!found.ok) return false;
  const contract = found.value;
  const today = new Date().toISOString().slice(0, 10);
  if (contract.state === 'ending')
    return contract.endsOn !== null && contract.endsOn <= today
      ? over(tx, contract, 'reach-end', 'its term is over')
      : false;
  if (contract.interval === 'year' && contract.paidThrough > today) return false;
  const covered = await coversFee(tx, contract);
  const { graceDays, overdueDays } = await settingsOf(tx);
  const overdueFor = daysSince(contract.overdueSince ?? today, today);
  const step = decideDunning({ ...contract, covered, overdueFor, graceDays, overdueDays });
  return step !== undefined && take(tx, contract, step, today);
}

const daysSince = (day: string, today: string): number => (Date.parse(today) - Date.parse(day)) / 86_400_000;

/** One step, and the mail about it. */
async function take(tx: Tx, contract: Contract, step: ContractEvent, today: string): Promise<boolean> {
  const move = { by: 'time', reason: null };
  switch (step) {
    case 'renew':
      return renew(tx, contract);
    case 'miss':
      return told(tx, contract, 'overdue', {
        ...move,
        event: step,
        to: 'overdue',
        overdueSince: today,
        reason: 'the wallet has not enough for the fee',
      });
    case 'remind':
      return told(tx, contract, 'reminder', { ...move, event: step, to: 'overdue' });
    case 'suspend':
      await suspendNumber(tx, contract.key, contract.holderId);
      return told(tx, contract, 'suspended', { ...move, event: step, to: 'suspended' });
    case 'lapse':
      await tellOwner(tx, contract.id, 'lapsed');
      return over(tx, contract, step, 'its fee was not paid');
    default:
      throw new Error(`time does not ${step} a contract`);
  }
}

async function told(tx: Tx, contract: Contract, about: ContractNews, move: ContractMove): Promise<boolean> {
  const moved = await moveContract(tx, contract, move);
  if (moved.ok) await tellOwner(tx, contract.id, about);
  return moved.ok;
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

/** Revives what was overdue; of a yearly contract the fee that was set aside is ours now, once a year by the posting's key. */
async function renew(tx: Tx, contract: Contract): Promise<boolean> {
  const paidThrough = contract.interval === 'year' ? await takeFee(tx, contract) : contract.paidThrough;
  const renewed = await moveContract(tx, contract, {
    event: 'renew',
    to: 'active',
    by: 'time',
    reason: null,
    paidThrough,
    overdueSince: null,
  });
  if (contract.state === 'suspended') await resumeNumber(tx, contract.key, contract.holderId);
  if (contract.state !== 'active') await tellOwner(tx, contract.id, 'resumed');
  return renewed.ok;
}
