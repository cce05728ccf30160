import type { Sql } from '../infra/db/sql.js';
import { type Money, money } from '../kernel/money.js';
import { type AccountName, accountIds } from './accounts.service.js';
import type { Accrual, Charge } from './assessing.service.js';
import type { Revised } from './charge-rows.js';
import { microsOf } from './domain/assessment.js';
import { credit, debit, type Posting, post } from './ledger.service.js';

/** A new revision and what the one before came to: the difference is posted. */
export type Corrected<Of> = Revised<Of> & { readonly beforeMicros: bigint };

/** Dr payer / Cr revenue for charges, Dr carrier cost / Cr carrier payable for accruals; nothing where nothing changed. */
export async function postCalls(
  sql: Sql,
  charges: readonly Corrected<Charge>[],
  accruals: readonly Corrected<Accrual>[],
): Promise<void> {
  const owed = [...charges.flatMap(chargeMoved), ...accruals.flatMap(accrualMoved)];
  const names = owed.flatMap(({ from, to }) => [from, to]).filter((one) => typeof one !== 'bigint');
  const idOf = await accountIds(sql, names);
  const id = (side: bigint | AccountName) => (typeof side === 'bigint' ? side : idOf(side));
  await post(
    sql,
    owed.map(({ from, to, amount, ...fact }) => ({
      ...fact,
      entries: [debit(id(from), amount), credit(id(to), amount)],
    })),
  );
}

interface Moved extends Pick<Posting, 'key' | 'kind' | 'occurredAt'> {
  readonly from: bigint | AccountName;
  readonly to: bigint | AccountName;
  readonly amount: Money;
}

function chargeMoved({
  talk,
  payer,
  assessment,
  revision,
  beforeMicros,
}: Corrected<Charge>): readonly Moved[] {
  const difference = microsOf(assessment) - beforeMicros;
  if (payer === undefined || difference === 0n) return [];
  return [
    {
      key: `charge:${talk.callId}:${revision}`,
      kind: revision === 0 ? 'call-charge' : 'call-charge-correction',
      occurredAt: new Date(talk.answeredAt),
      from: payer.accountId,
      to: { kind: 'revenue', owner: 'calls', currency: payer.currency },
      amount: money(difference, payer.currency),
    },
  ];
}

function accrualMoved({
  talk,
  carrier,
  assessment,
  revision,
  beforeMicros,
}: Corrected<Accrual>): readonly Moved[] {
  const difference = microsOf(assessment) - beforeMicros;
  if (carrier === undefined || difference === 0n) return [];
  const { id: owner, currency } = carrier;
  return [
    {
      key: `accrual:${talk.callId}:${talk.leg}:${revision}`,
      kind: revision === 0 ? 'carrier-accrual' : 'carrier-accrual-correction',
      occurredAt: new Date(talk.answeredAt),
      from: { kind: 'carrier-cost', owner, currency },
      to: { kind: 'carrier-payable', owner, currency },
      amount: money(difference, currency),
    },
  ];
}
