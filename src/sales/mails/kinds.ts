/** Facts of the shop's mails; amounts and times are written already. */
export interface ShopMails {
  readonly receipt: OrderFacts;
  readonly rejected: OrderFacts;
  readonly refunded: OrderFacts;
  readonly shipped: OrderFacts & { readonly carrier: string; readonly tracking: string };
  readonly approved: OrderFacts;
  readonly overdue: OrderFacts;
}
export interface OrderFacts {
  /** `02-6200-6200-082`, or the goods. */
  readonly what: string;
  readonly total: string;
  readonly reason: string;
  readonly link: string;
}
