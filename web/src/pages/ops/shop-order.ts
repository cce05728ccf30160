import type { SaleWarning } from '../../shared/sale-warnings.js';

/** What the operator's routes tell of an order: docs/shop.md. */
export interface ShopOrder {
  readonly id: string;
  readonly kind: 'number' | 'goods';
  readonly state: string;
  readonly shown?: string | null;
  readonly product?: string | null;
  readonly contact?: string | null;
  readonly proved?: boolean | null;
  readonly tier?: string | null;
  readonly countries?: readonly string[] | null;
  readonly country: string;
  readonly holderKind: 'person' | 'company';
  readonly price: { readonly currency: string; readonly total: string };
  readonly reason: string | null;
  readonly createdAt: string;
  readonly warnings?: readonly SaleWarning[];
  readonly lines?: readonly {
    readonly goods: string;
    readonly title: string;
    readonly count: number;
    readonly serials: readonly string[];
  }[];
  readonly shipTo?: Readonly<Record<string, string | null>> | null;
  readonly billing?: Readonly<Record<string, string | null>> | null;
}

export interface Approval extends ShopOrder {
  readonly waitsSince: string;
  readonly why: string | null;
  readonly application: { readonly name: string; readonly language: string } | null;
}

export const titleOf = ({ shown, lines = [], id }: ShopOrder): string =>
  shown ?? (lines.map(({ title, count }) => `${count} × ${title}`).join(', ') || id);
