import type { Sql } from '../../infra/db/sql.js';
import { type Currency, formatAmount, type Money, money } from '../../kernel/money.js';
import { accountIds } from '../accounts.service.js';
import type { SettlementState } from '../domain/settlement/settlement-states.js';
import { credit, debit, post } from '../ledger.service.js';
import type { Reads } from '../reads.js';

/** A leg that a re-rating brings to something else: the difference of what it comes to. */
export interface ReRatedLeg {
  readonly callId: string;
  readonly leg: number;
  readonly revision: number;
  readonly carrierId: string;
  readonly answeredAt: number;
  readonly difference: Money;
}
interface LockedSettlement {
  readonly id: string;
  readonly carrierId: string;
  readonly currency: Currency;
  readonly state: SettlementState;
  readonly from: Date;
  readonly to: Date;
}

/**
 * The settlements these legs lie in, locked until the transaction ends: none of them is matched or approved meanwhile. To
 * be asked before balances are locked, as an approval does it.
 */
export async function lockSettlementsOf(
  sql: Sql,
  legs: readonly Pick<ReRatedLeg, 'carrierId' | 'answeredAt'>[],
): Promise<readonly LockedSettlement[]> {
  if (legs.length === 0) return [];
  const times = legs.map(({ answeredAt }) => answeredAt);
  return sql.rows<LockedSettlement>(
    `SELECT id, carrier_id AS "carrierId", currency, state, lower(period) AS "from", upper(period) AS "to" FROM settlement
      WHERE carrier_id = ANY ($1) AND period && tstzrange($2, $3, '[]') ORDER BY id FOR UPDATE`,
    [
      [...new Set(legs.map(({ carrierId }) => carrierId))],
      new Date(Math.min(...times)),
      new Date(Math.max(...times)),
    ],
  );
}

/**
 * What was agreed with a carrier stays agreed. Where a settlement was approved the difference is noted as a claim, and an
 * adjustment takes it off the payable again (Dr payable / Cr cost). Where it is still looked at, our side of it follows the
 * re-rating, so that the approval posts the right difference. Before that the matching will see it by itself.
 */
export async function keepSettled(
  sql: Sql,
  settlements: readonly LockedSettlement[],
  legs: readonly ReRatedLeg[],
): Promise<void> {
  const found = legs.flatMap((leg) => {
    const settlement = settlements.find((one) => covers(one, leg));
    return settlement === undefined || leg.difference.micros === 0n ? [] : [{ leg, settlement }];
  });
  const agreed = found.filter(({ settlement }) => ['approved', 'paying', 'paid'].includes(settlement.state));
  for (const { leg, settlement } of found.filter((one) => one.settlement.state === 'review'))
    await follow(sql, settlement.id, leg);
  await claim(sql, agreed);
}

interface Claimed {
  readonly leg: ReRatedLeg;
  readonly settlement: LockedSettlement;
}

const covers = (one: LockedSettlement, { carrierId, answeredAt, difference }: ReRatedLeg): boolean =>
  one.carrierId === carrierId &&
  one.currency === difference.currency &&
  one.from.getTime() <= answeredAt &&
  answeredAt < one.to.getTime();

async function follow(
  sql: Sql,
  settlementId: string,
  { callId, leg, difference }: ReRatedLeg,
): Promise<void> {
  await sql.run('UPDATE settlement SET ours_micros = ours_micros + $2 WHERE id = $1', [
    settlementId,
    difference.micros,
  ]);
  await sql.run(
    `UPDATE settlement_difference SET ours_micros = ours_micros + $4
      WHERE settlement_id = $1 AND call_id = $2 AND leg = $3`,
    [settlementId, callId, leg, difference.micros],
  );
}

async function claim(sql: Sql, claimed: readonly Claimed[]): Promise<void> {
  if (claimed.length === 0) return;
  await sql.run(
    `INSERT INTO settlement_re_rating (settlement_id, call_id, leg, revision, difference_micros)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::smallint[], $5::bigint[])`,
    [
      claimed.map(({ settlement }) => settlement.id),
      claimed.map(({ leg }) => leg.callId),
      claimed.map(({ leg }) => leg.leg),
      claimed.map(({ leg }) => leg.revision),
      claimed.map(({ leg }) => leg.difference.micros),
    ],
  );
  const sides = ({ settlement: { carrierId: owner, currency } }: Claimed) => ({
    payable: { kind: 'carrier-payable', owner, currency } as const,
    cost: { kind: 'carrier-cost', owner, currency } as const,
  });
  const idOf = await accountIds(
    sql,
    claimed.flatMap((one) => Object.values(sides(one))),
  );
  await post(
    sql,
    claimed.map((one) => {
      const { leg, settlement } = one;
      const { payable, cost } = sides(one);
      return {
        key: `settlement:${settlement.id}:re-rating:${leg.callId}:${leg.leg}:${leg.revision}`,
        kind: 'settlement-adjustment',
        occurredAt: new Date(leg.answeredAt),
        entries: [debit(idOf(payable), leg.difference), credit(idOf(cost), leg.difference)],
      };
    }),
  );
}

export interface SettledReRating {
  readonly callId: string;
  readonly leg: number;
  readonly revision: number;
  /** Positive: by our deck the carrier should have got more. */
  readonly difference: string;
  readonly currency: string;
  readonly at: Date;
}

/** What re-ratings found in a settlement's calls after it was approved, after a row when given. */
export async function settledReRatings(
  sql: Reads,
  settlementId: string,
  page: {
    readonly limit: number;
    readonly after: { readonly callId: string; readonly leg: number; readonly revision: number } | undefined;
  },
): Promise<readonly SettledReRating[]> {
  const rows = await sql.rows<Omit<SettledReRating, 'difference'> & { micros: string; currency: Currency }>(
    `SELECT r.call_id AS "callId", r.leg, r.revision, r.difference_micros AS micros, s.currency, r.at
       FROM settlement_re_rating r JOIN settlement s ON s.id = r.settlement_id
      WHERE r.settlement_id = $1 AND ($2::uuid IS NULL OR (r.call_id, r.leg, r.revision) > ($2, $3::smallint, $4::smallint))
      ORDER BY r.call_id, r.leg, r.revision LIMIT $5`,
    [settlementId, page.after?.callId ?? null, page.after?.leg ?? 0, page.after?.revision ?? 0, page.limit],
  );
  return rows.map(({ micros, ...row }) => ({
    ...row,
    difference: formatAmount(money(BigInt(micros), row.currency)),
  }));
}
