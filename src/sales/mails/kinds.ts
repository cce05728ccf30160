/** Facts of the shop's mails; amounts and times are written already. */
export interface ShopMails {
  readonly receipt: OrderFacts;
  readonly rejected: OrderFacts;
  readonly refunded: OrderFacts;
  readonly shipped: OrderFacts & { readonly carrier: string; readonly tracking: string };
  readonly approved: OrderFacts;
  readonly overdue: FeeFacts;
  readonly reminder: FeeFacts;
  readonly suspended: FeeFacts;
  readonly lapsed: FeeFacts;
  readonly resumed: FeeFacts;
}
/** Of a number's fee. `total`: what the wallet is short of. */
export interface FeeFacts {
  readonly what: string;
  readonly total: string;
  /** YYYY-MM-DD: out of service from then on; given up then, and when others may have it. */
  readonly suspendedOn: string;
  readonly lapsesOn: string;
  readonly link: string;
}
export interface OrderFacts {
  /** `02-6200-6200-082`, or the goods. */
  readonly what: string;
  readonly total: string;
  readonly reason: string;
  readonly link: string;
}
