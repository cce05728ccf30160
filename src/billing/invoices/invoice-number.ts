import type { Tx } from '../../infra/db/tx.js';

export interface InvoiceNumber {
  readonly number: bigint;
  /** The prefix and at least 6 digits: `KR-000042`. */
  readonly text: string;
}

/**
 * The series' next number. Its row stays locked until the caller's transaction ends, and a rollback gives the number back:
 * so numbers have no gap, and documents of one series are issued one after the other. Ask for it last.
 */
export async function nextNumber(
  tx: Tx,
  sellerId: string,
  kind: 'invoice' | 'credit-note',
): Promise<InvoiceNumber> {
  const [row] = await tx.rows<{ last_number: string; prefix: string }>(
    `UPDATE invoice_series SET last_number = last_number + 1 WHERE (seller_id, kind) = ($1, $2)
     RETURNING last_number, prefix`,
    [sellerId, kind],
  );
  if (row === undefined) throw new Error(`seller ${sellerId} has no series of ${kind}`);
  return { number: BigInt(row.last_number), text: `${row.prefix}${row.last_number.padStart(6, '0')}` };
}
