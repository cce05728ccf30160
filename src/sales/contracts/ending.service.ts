import { endSubscription } from '../../billing/index.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Failure, Result } from '../../kernel/result.js';
import { ok } from '../../kernel/result.js';
import { releaseNumber } from '../../numbering/index.js';
import { HOLDING } from '../domain/contract-states.js';
import { restNumber } from '../numbers/claims.service.js';
import { moveOrder } from '../orders/move.js';
import { lockOrder } from '../orders/orders.rows.js';
import { settingsOf } from '../settings.js';
import { type Contract, type ContractMove, lockContract, moveContract } from './contracts.rows.js';

interface Deed {
  readonly by: string;
  readonly reason: string;
}

const DAY_MS = 86_400_000;
export const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
export const today = (): string => new Date().toISOString().slice(0, 10);

/** At the end of what is paid: of a yearly fee its year, of a monthly one the month that has begun; of what is overdue at once. */
export async function endContract(tx: Tx, id: string, deed: Deed): Promise<Result<Contract, Failure>> {
  const contract = await lockContract(tx, id);
  if (!contract.ok) return contract;
  if (contract.value.overdueSince !== null) {
    const ended = await giveUp(tx, contract.value, { ...deed, event: 'end', to: 'ended' });
    if (ended.ok) await closeOrder(tx, contract.value.orderId, deed.reason);
    return ended;
  }
  const endsOn = contract.value.interval === 'year' ? contract.value.paidThrough : monthEnd(contract.value);
  return moveContract(tx, contract.value, { ...deed, event: 'end', to: 'ending', endsOn });
}

/** The buyer keeps it after all. */
export async function resumeContract(tx: Tx, id: string, by: string): Promise<Result<Contract, Failure>> {
  const contract = await lockContract(tx, id);
  if (!contract.ok) return contract;
  return moveContract(tx, contract.value, { event: 'resume', to: 'active', by, reason: null, endsOn: null });
}

/** The number of an order that is paid back is taken back at once. */
export async function revokeContract(
  tx: Tx,
  orderId: string,
  deed: Deed,
): Promise<Result<Contract | undefined, Failure>> {
  const [row] = await tx.rows<{ id: string }>(
    `SELECT id FROM number_contract WHERE order_id = $1 AND state = ANY ($2)`,
    [orderId, HOLDING],
  );
  if (row === undefined) return ok(undefined);
  const contract = await lockContract(tx, row.id);
  if (!contract.ok) return contract;
  return giveUp(tx, contract.value, { ...deed, event: 'revoke', to: 'ended' });
}

/** The number is nobody's any more, and rests. */
export async function giveUp(
  tx: Tx,
  contract: Contract,
  move: ContractMove,
): Promise<Result<Contract, Failure>> {
  const moved = await moveContract(tx, contract, { ...move, endsOn: move.endsOn ?? today() });
  if (!moved.ok) return moved;
  await stopFee(tx, contract);
  await releaseNumber(tx, contract.key, contract.holderId);
  const { quarantineDays } = await settingsOf(tx);
  await restNumber(tx, contract.key, quarantineDays, move.reason ?? move.event);
  return moved;
}

/** The fee of a day that has begun is still charged: a fee never ends on the day that it began. */
export async function stopFee(tx: Tx, { subscriptionId, startedOn }: Contract): Promise<void> {
  if (subscriptionId === null) return;
  const end = today() > startedOn ? today() : dayAfter(startedOn);
  const [fee] = await tx.rows<{ through: string | null }>(
    'SELECT charged_through::text AS through FROM subscription WHERE id = $1 AND ended_on IS NULL',
    [subscriptionId],
  );
  if (fee === undefined) return;
  const ended = await endSubscription(
    tx,
    subscriptionId,
    fee.through !== null && fee.through > end ? fee.through : end,
  );
  if (!ended.ok) throw new Error(ended.failure.message);
}

/** The order that the number came by is over with its contract. */
export async function closeOrder(tx: Tx, orderId: string, reason: string): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (order.ok && order.value.state === 'active')
    await moveOrder(tx, order.value, { event: 'close', to: 'closed', by: 'shop', reason, minutes: null });
}

/** The day of the month that a fee began on comes next: what is over then has been charged. */
function monthEnd({ startedOn }: Contract): string {
  const start = new Date(startedOn);
  const now = new Date();
  let months = (now.getUTCFullYear() - start.getUTCFullYear()) * 12 + now.getUTCMonth() - start.getUTCMonth();
  let end = addMonths(start, Math.max(1, months));
  while (end.getTime() <= now.getTime()) end = addMonths(start, ++months);
  return end.toISOString().slice(0, 10);
}

/** The 31st plus a month is the last of the next. */
function addMonths(from: Date, months: number): Date {
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), last));
  return first;
}
