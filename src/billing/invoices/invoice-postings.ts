import type { Sql } from '../../infra/db/sql.js';
import { type Currency, type Money, money } from '../../kernel/money.js';
import { type AccountName, accountIds } from '../accounts.service.js';
import { shareOut, type Totals } from '../domain/invoice/totals.js';
import { type Entry, post } from '../ledger.service.js';

/** What the lines come to by kind of revenue, exact. */
export interface LineSums {
  readonly calls: Money;
  readonly subscriptions: Money;
}
export interface Invoiced {
  readonly id: string;
  readonly account: bigint;
  readonly currency: Currency;
  readonly sums: LineSums;
  readonly totals: Totals;
  readonly taxCountry: string;
  readonly taxIncluded: boolean;
  readonly terms: 'prepaid' | 'postpaid';
}

/**
 * What an invoice adds to what its lines posted before: tax on top is the payer's (Dr payer / Cr tax), tax contained is
 * taken out of revenue (Dr revenue / Cr tax). A postpaid payer then owes exactly what is printed, so the rounding is posted;
 * prepaid money was spent to the micro-unit and stays as it is.
 */
export const postInvoice = (sql: Sql, invoice: Invoiced, at: Date): Promise<void> =>
  postMoves(sql, `invoice:${invoice.id}`, 'invoice', at, taxAndRounding(invoice));

/** Takes lines back: what they posted, their tax and rounding, with the opposite sign. */
export async function postCreditNote(sql: Sql, note: Invoiced, at: Date): Promise<void> {
  const lines = [
    { side: note.account, micros: note.totals.lines.micros },
    { side: revenue('calls', note), micros: -note.sums.calls.micros },
    { side: revenue('subscriptions', note), micros: -note.sums.subscriptions.micros },
  ];
  const moves = [...lines, ...taxAndRounding(note)].map(({ side, micros }) => ({ side, micros: -micros }));
  await postMoves(
    sql,
    `credit-note:${note.id}`,
    'credit-note',
    at,
    moves.map((move) => ({ ...move, currency: note.currency })),
  );
}

interface Move {
  readonly side: bigint | AccountName;
  /** Debit positive. */
  readonly micros: bigint;
  readonly currency: Currency;
}

function taxAndRounding(of: Invoiced): readonly Move[] {
  const { totals, account, currency } = of;
  const tax = { kind: 'tax', owner: of.taxCountry, currency } as const;
  const [fromCalls, fromFees] = shareOut(totals.tax, [of.sums.calls.micros, of.sums.subscriptions.micros]);
  const taxMoves = of.taxIncluded
    ? [
        { side: revenue('calls', of), micros: fromCalls?.micros ?? 0n },
        { side: revenue('subscriptions', of), micros: fromFees?.micros ?? 0n },
      ]
    : [{ side: account, micros: totals.tax.micros }];
  const rounding = of.terms === 'postpaid' ? totals.rounding.micros : 0n;
  const rounded = { kind: 'adjustment', owner: 'invoice-rounding', currency } as const;
  return [
    ...taxMoves,
    { side: tax, micros: -totals.tax.micros },
    { side: account, micros: rounding },
    { side: rounded, micros: -rounding },
  ].map((move) => ({ ...move, currency }));
}

const revenue = (owner: 'calls' | 'subscriptions', { currency }: Invoiced): AccountName => ({
  kind: 'revenue',
  owner,
  currency,
});

/** One entry an account; nothing at all where nothing moves. */
async function postMoves(
  sql: Sql,
  key: string,
  kind: 'invoice' | 'credit-note',
  occurredAt: Date,
  moves: readonly Move[],
): Promise<void> {
  const idOf = await accountIds(
    sql,
    moves
      .filter(({ micros }) => micros !== 0n)
      .flatMap(({ side }) => (typeof side === 'bigint' ? [] : [side])),
  );
  const sums = new Map<bigint, Money>();
  for (const { side, micros, currency } of moves) {
    if (micros === 0n) continue;
    const id = typeof side === 'bigint' ? side : idOf(side);
    sums.set(id, money((sums.get(id)?.micros ?? 0n) + micros, currency));
  }
  const entries: readonly Entry[] = [...sums]
    .filter(([, amount]) => amount.micros !== 0n)
    .map(([accountId, amount]) => ({ accountId, amount }));
  if (entries.length > 0) await post(sql, [{ key, kind, occurredAt, entries }]);
}
