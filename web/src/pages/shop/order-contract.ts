import type { SaleWarning } from '../../shared/sale-warnings.js';

export type NextAction =
  | 'hold'
  | 'apply'
  | 'prove'
  | 'wait'
  | 'select'
  | 'pay'
  | 'register-phone'
  | 'receive'
  | 'none';

export interface PriceLine {
  readonly about: string;
  readonly count?: number;
  readonly amount: string;
}

/** An order as each of its routes answers: docs/shop.md. */
export interface Order {
  readonly id: string;
  readonly kind: 'number' | 'goods';
  readonly state: string;
  readonly next: { readonly action: NextAction; readonly until: string | null };
  readonly product: string | null;
  readonly number: string | null;
  readonly shown: string | null;
  /** The telephone whose control is proved, E.164. */
  readonly contact: string | null;
  readonly countries: readonly string[] | null;
  readonly interval: 'month' | 'year' | null;
  readonly price: {
    readonly currency: string;
    readonly lines: readonly PriceLine[];
    readonly net: string;
    readonly tax: {
      readonly name: string | null;
      readonly percent: string | null;
      readonly amount: string;
      readonly note: string | null;
    };
    readonly total: string;
    readonly recurring: { readonly interval: 'month' | 'year'; readonly total: string } | null;
  };
  readonly warnings: readonly SaleWarning[];
  readonly reason: string | null;
  readonly payments: readonly {
    readonly id?: string;
    readonly method: string;
    readonly state: string;
    readonly redirectUrl: string | null;
  }[];
  readonly memberId: string | null;
  readonly createdAt: string;
  readonly lines?: readonly {
    readonly goods: string;
    readonly title: string;
    readonly count: number;
    readonly price: string;
    readonly serials: readonly string[];
  }[];
  readonly shipment?: {
    readonly carrier: string | null;
    readonly tracking: string | null;
    readonly shippedAt: string | null;
  } | null;
}
