import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { type Currency, formatAmount, type Money, money } from '../../kernel/money.js';
import { assertNever, err, type Failure, ok, type Result } from '../../kernel/result.js';
import { standingOf } from '../accounts.service.js';
import { accountUnknown, currencyMismatch } from '../billing.failures.js';
import type { Reads } from '../reads.js';
import { portRefused, portSilent } from './top-up.failures.js';
import type { Begun, TopUpPort } from './top-up-port.js';

export type InTx = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export interface TopUpWish {
  readonly account: bigint;
  readonly amount: Money;
  readonly askedBy: string;
  readonly returnUrl: string;
}

/**
 * Begins a payment: noted first, then the provider is told with no transaction open. Without an answer nothing was paid and
 * nothing will be: the payer never saw the provider's page. Returns the top-up's id.
 */
export async function beginTopUp(
  inTx: InTx,
  port: TopUpPort,
  wish: TopUpWish,
): Promise<Result<string, Failure>> {
  const noted = await inTx((tx) => noteTopUp(tx, port, wish));
  return noted.ok ? tellOfTopUp(inTx, port, { id: noted.value, ...wish }) : noted;
}

/** Tells the provider of a top-up that is noted. Told again under its key it is the same payment: what was lost is found so. */
export async function tellOfTopUp(
  inTx: InTx,
  port: TopUpPort,
  { id, amount, returnUrl }: { readonly id: string } & Pick<TopUpWish, 'amount' | 'returnUrl'>,
): Promise<Result<string, Failure>> {
  const begun = await port.begin({ key: id, amount, about: 'Telephone credit', returnUrl });
  await inTx((tx) => noteBegun(tx, id, begun));
  switch (begun.kind) {
    case 'redirect':
      return ok(id);
    case 'refused':
      return err(portRefused(begun.reason));
    case 'unknown':
      return err(portSilent(begun.reason));
    default:
      return assertNever(begun);
  }
}

/** Notes what is to be paid, in the caller's transaction; `tellOfTopUp` comes after its commit. */
export async function noteTopUp(
  tx: Tx,
  port: TopUpPort,
  { account, amount, askedBy }: TopUpWish,
): Promise<Result<string, Failure>> {
  const standing = await standingOf(tx, account);
  if (standing === undefined) return err(accountUnknown());
  if (standing.credit.currency !== amount.currency) return err(currencyMismatch(standing.credit.currency));
  const id = newId();
  await tx.run(
    'INSERT INTO top_up (id, account_id, amount_micros, currency, port, asked_by) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, account, amount.micros, amount.currency, port.name, askedBy],
  );
  return ok(id);
}

/** An event may have been quicker than this answer: then only the reference is new. */
async function noteBegun(tx: Tx, id: string, begun: Begun): Promise<void> {
  if (begun.kind === 'unknown') return;
  if (begun.kind === 'refused') {
    await tx.run(
      `UPDATE top_up SET state = 'failed', detail = $2, settled_at = now() WHERE id = $1 AND state = 'asked'`,
      [id, begun.reason.slice(0, 500)],
    );
    return;
  }
  await tx.run(
    `UPDATE top_up SET state = CASE WHEN state = 'asked' THEN 'pending' ELSE state END, reference = $2, redirect_url = $3
      WHERE id = $1`,
    [id, begun.reference, begun.url],
  );
}

export interface TopUp {
  readonly id: string;
  readonly accountId: bigint;
  readonly amount: Money;
  readonly port: string;
  readonly state: 'asked' | 'pending' | 'paid' | 'failed' | 'expired';
  readonly reference: string | null;
  readonly redirectUrl: string | null;
  readonly payment: string | null;
  readonly detail: string | null;
  readonly askedAt: Date;
  readonly settledAt: Date | null;
}

const TOP_UPS = `
  SELECT id, account_id, amount_micros, currency, port, state, reference, redirect_url AS "redirectUrl", payment, detail,
         asked_at AS "askedAt", settled_at AS "settledAt" FROM top_up`;
type TopUpRow = Omit<TopUp, 'accountId' | 'amount'> & {
  readonly account_id: string;
  readonly amount_micros: string;
  readonly currency: Currency;
};
const topUpFrom = ({ account_id, amount_micros, currency, ...same }: TopUpRow): TopUp => ({
  ...same,
  accountId: BigInt(account_id),
  amount: money(BigInt(amount_micros), currency),
});

export async function findTopUp(sql: Reads, id: string): Promise<TopUp | undefined> {
  const [row] = await sql.rows<TopUpRow>(`${TOP_UPS} WHERE id = $1`, [id]);
  return row && topUpFrom(row);
}

/** Locked until the transaction ends. */
export async function lockTopUp(
  tx: Tx,
  by: { readonly id: string } | { readonly port: string; readonly payment: string },
): Promise<TopUp | undefined> {
  const [row] =
    'id' in by
      ? await tx.rows<TopUpRow>(`${TOP_UPS} WHERE id = $1 FOR UPDATE`, [by.id])
      : await tx.rows<TopUpRow>(`${TOP_UPS} WHERE (port, payment) = ($1, $2) FOR UPDATE`, [
          by.port,
          by.payment,
        ]);
  return row && topUpFrom(row);
}

/** An account's, newest first, before an id when given. */
export async function listTopUps(
  sql: Reads,
  account: bigint,
  page: { readonly limit: number; readonly before: string | undefined },
): Promise<readonly TopUp[]> {
  const rows = await sql.rows<TopUpRow>(
    `${TOP_UPS} WHERE account_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [account, page.before ?? null, page.limit],
  );
  return rows.map(topUpFrom);
}

export const topUpView = ({ accountId, amount, ...same }: TopUp) => ({
  ...same,
  accountId: String(accountId),
  amount: formatAmount(amount),
  currency: amount.currency,
});
