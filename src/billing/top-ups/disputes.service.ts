import type { Tx } from '../../infra/db/tx.js';
import { targets } from '../../kernel/fsm.js';
import { newId } from '../../kernel/ids.js';
import { type Currency, formatAmount, type Money, money } from '../../kernel/money.js';
import { accountId } from '../accounts.service.js';
import { type DisputeState, disputeStates, isWithdrawn } from '../domain/dispute-states.js';
import { credit, debit, post } from '../ledger.service.js';
import type { Reads } from '../reads.js';
import type { Effect } from './payment-facts.service.js';
import type { DisputeFact } from './top-up-port.js';
import { lockTopUp, type TopUp } from './top-ups.service.js';

/**
 * A payer contests his payment at his bank: the provider takes the money back at once, and so do we from the wallet, which nothing
 * is spent from until it is decided. Won, the money is there again. Each step once, in whatever order they are told.
 */
export async function applyDispute(tx: Tx, port: string, fact: DisputeFact): Promise<Effect> {
  const topUp = await lockTopUp(tx, { port, payment: fact.payment });
  if (topUp === undefined) return 'not-yet';
  if (fact.amount.currency !== topUp.amount.currency) return 'other-currency';
  const known = await lockDispute(tx, topUp, fact);
  const [to] = targets(disputeStates, known.state, fact.became);
  if (to === undefined) return known.state === 'unseen' ? 'ignored' : 'late';
  const before = isWithdrawn(known.state);
  if (before !== isWithdrawn(to)) await move(tx, topUp, known, before ? 'back' : 'away', fact.at);
  await tx.run(
    `UPDATE payment_dispute SET state = $2, opened_at = CASE WHEN $2 IN ('inquiry', 'open') THEN coalesce(opened_at, $3) ELSE opened_at END,
            decided_at = CASE WHEN $2 IN ('won', 'lost', 'dropped') THEN $3::timestamptz END WHERE id = $1`,
    [known.id, to, fact.at],
  );
  await tx.run(
    `UPDATE ledger_account SET barred = EXISTS (SELECT FROM payment_dispute WHERE account_id = $1 AND state = 'open') WHERE id = $1`,
    [topUp.accountId],
  );
  return to === 'inquiry' ? 'noted' : 'disputed';
}

interface Dispute {
  readonly id: string;
  readonly state: DisputeState;
  readonly amount: Money;
}

/** As first told: what is taken away and given back is the same amount, whatever a later event says. */
async function lockDispute(tx: Tx, topUp: TopUp, { providerId, amount }: DisputeFact): Promise<Dispute> {
  const [row] = await tx.rows<{ id: string; state: DisputeState; micros: string }>(
    `INSERT INTO payment_dispute (id, top_up_id, account_id, provider_id, amount_micros) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (top_up_id, provider_id) DO UPDATE SET provider_id = excluded.provider_id
     RETURNING id, state, amount_micros AS micros`,
    [newId(), topUp.id, topUp.accountId, providerId, amount.micros],
  );
  if (row === undefined) throw new Error('no dispute');
  return { id: row.id, state: row.state, amount: money(BigInt(row.micros), amount.currency) };
}

/** Away: Dr payer / Cr what the provider has of ours. A lost one that is won after all goes back, and away no more. */
async function move(
  tx: Tx,
  topUp: TopUp,
  { id, amount }: Dispute,
  way: 'away' | 'back',
  at: Date,
): Promise<void> {
  const provider = await accountId(tx, {
    kind: 'bank',
    owner: `provider ${topUp.port}`,
    currency: amount.currency,
  });
  const entries =
    way === 'away'
      ? [debit(topUp.accountId, amount), credit(provider, amount)]
      : [debit(provider, amount), credit(topUp.accountId, amount)];
  await post(tx, [{ key: `dispute:${id}:${way}`, kind: 'refund', occurredAt: at, entries }]);
}

interface Page {
  readonly limit: number;
  readonly before: string | undefined;
}

/** An account's disputes, or everybody's (null), newest first. */
export async function listDisputes(sql: Reads, account: bigint | null, { limit, before }: Page) {
  const rows = await sql.rows<{
    id: string;
    topUpId: string;
    accountId: string;
    micros: string;
    currency: Currency;
    state: DisputeState;
    openedAt: Date | null;
    decidedAt: Date | null;
  }>(
    `SELECT d.id, d.top_up_id AS "topUpId", d.account_id AS "accountId", d.amount_micros AS micros, t.currency, d.state,
            d.opened_at AS "openedAt", d.decided_at AS "decidedAt"
       FROM payment_dispute d JOIN top_up t ON t.id = d.top_up_id
      WHERE ($1::bigint IS NULL OR d.account_id = $1) AND ($2::uuid IS NULL OR d.id < $2) ORDER BY d.id DESC LIMIT $3`,
    [account, before ?? null, limit],
  );
  return rows.map(({ micros, currency, ...row }) => ({
    ...row,
    amount: formatAmount(money(BigInt(micros), currency)),
    currency,
  }));
}
