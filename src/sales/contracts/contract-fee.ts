import {
  accountId,
  closeHolds,
  credit,
  debit,
  findInvoiceParty,
  hasTaxId,
  holdOwnMoney,
  ownMoneyCovers,
  post,
  standingOf,
  taxOfSale,
} from '../../billing/index.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { money } from '../../kernel/money.js';
import type { Contract } from './contracts.rows.js';

/** By the year: the wallet's own money, locked until this commits. By the month: the account owes no more than it may. */
export async function coversFee(tx: Tx, { accountId: account, fee, interval }: Contract): Promise<boolean> {
  if (interval === 'year') return ownMoneyCovers(tx, account, fee.micros);
  const standing = await standingOf(tx, account);
  return standing !== undefined && standing.credit.micros + standing.creditLimit.micros >= 0n;
}

/** The next year's fee, of the wallet; returns the day through which is paid then. Not there (any more): all is undone. */
export async function takeFee(tx: Tx, contract: Contract): Promise<string> {
  const { accountId: account, fee, paidThrough } = contract;
  const hold = newId();
  if (!(await holdOwnMoney(tx, { id: hold, accountId: account, micros: fee.micros })))
    throw new Error(`the fee of contract ${contract.id} is gone`);
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
  return next?.day ?? paidThrough;
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
          buyerHasTaxId: hasTaxId(party),
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
