import type { TaxedSale } from '../../billing/index.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import type { OrderKind, OrderState } from '../domain/next-action.js';
import type { Language } from '../languages.js';
import type { Buyer } from './buyer.js';
import type { BillingAddress, StoredLine } from './orders.rows.js';

export interface NewOrder {
  readonly id: string;
  readonly kind: OrderKind;
  readonly state: OrderState;
  readonly buyer: Buyer;
  readonly holderKind: 'person' | 'company';
  readonly country: string;
  readonly language: Language;
  readonly sellerId: string;
  readonly taxed: TaxedSale;
  readonly lines: readonly StoredLine[];
  readonly billing: BillingAddress;
  /** Until it expires. */
  readonly minutes: number;
}

/** Whose it becomes: the buyer's member or company where there is one, else one that is registered under a new id. */
async function holderOf(tx: Tx, buyer: Buyer, kind: 'person' | 'company'): Promise<string> {
  const known = kind === 'person' ? buyer.memberId : buyer.companyId;
  if (known !== null) return known;
  const [row] = await tx.rows<{ id: string }>(
    `INSERT INTO shop_holder (account_id, kind, holder_id) VALUES ($1, $2, $3)
     ON CONFLICT (account_id, kind) DO UPDATE SET kind = excluded.kind RETURNING holder_id AS id`,
    [buyer.accountId, kind, newId()],
  );
  if (row === undefined) throw new Error('no holder');
  return row.id;
}

export async function insertOrder(tx: Tx, order: NewOrder): Promise<void> {
  const { net, tax, total, applied } = order.taxed;
  await tx.run(
    `INSERT INTO shop_order (id, kind, state, buyer_id, holder_id, holder_kind, country, language, seller_id, currency,
                             net_micros, tax_micros, total_micros, price_lines, tax, billing, until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15, $16, now() + make_interval(mins => $17))`,
    [
      order.id,
      order.kind,
      order.state,
      order.buyer.accountId,
      await holderOf(tx, order.buyer, order.holderKind),
      order.holderKind,
      order.country,
      order.language,
      order.sellerId,
      net.currency,
      net.micros,
      tax.micros,
      total.micros,
      JSON.stringify(order.lines),
      applied,
      order.billing,
      order.minutes,
    ],
  );
  await tx.run(
    `INSERT INTO order_move (order_id, version, event, from_state, to_state, moved_by) VALUES ($1, 1, 'order', '', $2, $3)`,
    [order.id, order.state, order.buyer.accountId],
  );
}
