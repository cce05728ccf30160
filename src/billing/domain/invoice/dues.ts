/** A postpaid invoice as far as its payment goes: micro-units, credit notes taken off. */
export interface Payable {
  readonly invoiceId: string;
  readonly payableMicros: bigint;
  /** ISO date; absent: at once. */
  readonly dueOn: string | null;
}

export interface Due extends Payable {
  readonly openMicros: bigint;
  readonly state: 'paid' | 'part-paid' | 'open' | 'overdue';
}

/**
 * What of each invoice is still to be paid, given what the account owes for its invoices in all: money that came in has paid
 * the oldest first, so what is owed stands on the newest. `newestFirst` in the order of issue, backwards; `today` as ISO date.
 * The open amounts never add up to more than is owed, nor any to more than its invoice.
 */
export function duesOf(newestFirst: readonly Payable[], owedMicros: bigint, today: string): readonly Due[] {
  let left = owedMicros > 0n ? owedMicros : 0n;
  return newestFirst.map((invoice) => {
    const payable = invoice.payableMicros > 0n ? invoice.payableMicros : 0n;
    const openMicros = left < payable ? left : payable;
    left -= openMicros;
    return { ...invoice, openMicros, state: stateOf(invoice, payable, openMicros, today) };
  });
}

function stateOf({ dueOn }: Payable, payable: bigint, open: bigint, today: string): Due['state'] {
  if (open === 0n) return 'paid';
  if (dueOn !== null && dueOn < today) return 'overdue';
  return open < payable ? 'part-paid' : 'open';
}
