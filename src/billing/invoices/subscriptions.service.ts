import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { type Currency, formatAmount, type Money, money } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { accountId, standingOf } from '../accounts.service.js';
import { accountUnknown, currencyMismatch } from '../billing.failures.js';
import { feesFor } from '../domain/invoice/proration.js';
import { credit, debit, post } from '../ledger.service.js';
import type { Reads } from '../reads.js';
import { subscriptionEnds, subscriptionUnknown } from './invoice.failures.js';

/** A fee that comes back every month: a number, a port, a service. */
export interface NewSubscription {
  readonly account: bigint;
  /** Whose itemised bill it stands on. */
  readonly memberId: string | null;
  /** As it stands on the invoice: `Number 02-6200-6200-082`. */
  readonly about: string;
  /** A whole month's, more than 0. */
  readonly fee: Money;
  /** YYYY-MM-DD. */
  readonly startedOn: string;
  readonly createdBy: string;
}

/** Begins a monthly fee; returns its id. It is charged with the account's next invoice, for the days that are over then. */
export async function addSubscription(sql: Sql, wish: NewSubscription): Promise<Result<string, Failure>> {
  const standing = await standingOf(sql, wish.account);
  if (standing === undefined) return err(accountUnknown());
  if (standing.credit.currency !== wish.fee.currency) return err(currencyMismatch(standing.credit.currency));
  const id = newId();
  await sql.run(
    `INSERT INTO subscription (id, account_id, member_id, about, fee_micros, started_on, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, wish.account, wish.memberId, wish.about, wish.fee.micros, wish.startedOn, wish.createdBy],
  );
  return ok(id);
}

/** The day of the end is not charged any more. */
export async function endSubscription(
  sql: Sql,
  id: string,
  endedOn: string,
): Promise<Result<undefined, Failure>> {
  const ended = await sql.run(
    `UPDATE subscription SET ended_on = $2
      WHERE id = $1 AND ended_on IS NULL AND $2::date > started_on AND $2::date >= COALESCE(charged_through, started_on)`,
    [id, endedOn],
  );
  if (ended === 1) return ok(undefined);
  const [known] = await sql.rows('SELECT FROM subscription WHERE id = $1', [id]);
  return err(known === undefined ? subscriptionUnknown() : subscriptionEnds());
}

/**
 * Charges an account's fees for the days before `until` that were not charged yet, one charge a month: Dr payer / Cr
 * revenue. The caller holds the account's invoice party locked, so that no two do it at a time.
 */
export async function chargeFees(tx: Tx, account: bigint, currency: Currency, until: string): Promise<void> {
  const due = await tx.rows<{ id: string; fee_micros: string; from_day: string; to_day: string }>(
    `SELECT id, fee_micros, COALESCE(charged_through, started_on)::text AS from_day,
            LEAST(ended_on, $2::date)::text AS to_day
       FROM subscription
      WHERE account_id = $1 AND COALESCE(charged_through, started_on) < LEAST(ended_on, $2::date) ORDER BY id`,
    [account, until],
  );
  const charges = due.flatMap(({ id, fee_micros, from_day: from, to_day: to }) =>
    feesFor(money(BigInt(fee_micros), currency), { from, to }).map((fee) => ({ id, ...fee })),
  );
  if (charges.length === 0) return;
  await tx.run(
    `INSERT INTO subscription_charge (subscription_id, from_day, to_day, account_id, amount_micros)
     SELECT id, from_day, to_day, $4, micros
       FROM unnest($1::uuid[], $2::date[], $3::date[], $5::bigint[]) AS c (id, from_day, to_day, micros)`,
    [
      charges.map(({ id }) => id),
      charges.map(({ days }) => days.from),
      charges.map(({ days }) => days.to),
      account,
      charges.map(({ amount }) => amount.micros),
    ],
  );
  await tx.run('UPDATE subscription SET charged_through = LEAST(ended_on, $2::date) WHERE id = ANY ($1)', [
    due.map(({ id }) => id),
    until,
  ]);
  const revenue = await accountId(tx, { kind: 'revenue', owner: 'subscriptions', currency });
  await post(
    tx,
    charges
      .filter(({ amount }) => amount.micros > 0n)
      .map(({ id, days, amount }) => ({
        key: `subscription:${id}:${days.from}`,
        kind: 'subscription-fee',
        occurredAt: new Date(days.to),
        entries: [debit(account, amount), credit(revenue, amount)],
      })),
  );
}

export interface SubscriptionView {
  readonly id: string;
  readonly accountId: string;
  readonly memberId: string | null;
  readonly about: string;
  readonly fee: string;
  readonly currency: string;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly chargedThrough: string | null;
}

/** An account's fees, oldest first. */
/** In the order of their making; `only`: that one. */
export async function listSubscriptions(
  sql: Reads,
  account: bigint,
  { count = 1, after, only }: { count?: number; after?: string | undefined; only?: string },
): Promise<readonly SubscriptionView[]> {
  const rows = await sql.rows<Omit<SubscriptionView, 'fee'> & { micros: string; currency: Currency }>(
    `SELECT s.id, s.account_id AS "accountId", s.member_id AS "memberId", s.about, s.fee_micros AS micros, a.currency,
            s.started_on::text AS "startedOn", s.ended_on::text AS "endedOn", s.charged_through::text AS "chargedThrough"
       FROM subscription s JOIN ledger_account a ON a.id = s.account_id WHERE s.account_id = $1 AND ($2::uuid IS NULL OR s.id > $2) AND ($3::uuid IS NULL OR s.id = $3)
      ORDER BY s.id LIMIT $4`,
    [account, after ?? null, only ?? null, count],
  );
  return rows.map(({ micros, ...view }) => ({
    ...view,
    fee: formatAmount(money(BigInt(micros), view.currency)),
  }));
}
