/** What is sold, as its operator edits it: docs/shop.md. */
export type Words = Readonly<Record<string, string>>;

export const TIERS = ['plain', 'fine', 'premium'] as const;
export const PRICES = ['setup', 'monthly', 'yearly'] as const;
export type Prices = Readonly<Record<(typeof PRICES)[number], string>>;

export interface DeskProduct {
  readonly id: string;
  readonly country: string;
  readonly kind: 'person' | 'company';
  readonly form: 'own-telephone' | 'identification' | 'company';
  readonly title: Words;
  readonly body: Words;
  readonly currency: string;
  readonly onSale: boolean;
  readonly prices: readonly (Prices & { readonly tier: (typeof TIERS)[number] })[];
  readonly branch: Prices | null;
}

export interface DeskGoods {
  readonly id: string;
  readonly kind: 'phone' | 'ata' | 'card';
  readonly title: Words;
  readonly body: Words;
  readonly vendor: string | null;
  readonly onSale: boolean;
  readonly prices: readonly { readonly country: string; readonly currency: string; readonly price: string }[];
  readonly inStock: number;
  readonly setAside: number;
}

export interface ShopText {
  readonly id: string;
  readonly position: number;
  readonly title: Words;
  readonly body: Words;
}

export interface ApprovalRule {
  readonly position: number;
  readonly decision: 'approve' | 'operator' | 'reject';
  readonly kind: DeskProduct['kind'] | null;
  readonly form: DeskProduct['form'] | null;
  readonly tier: (typeof TIERS)[number] | null;
  readonly proved: boolean | null;
  readonly knownHolder: boolean | null;
  readonly mostNumbers: number | null;
  readonly leastDigits: number | null;
  readonly reason: string;
}

/** As the reader reads it, else English. */
export const inLanguage = (words: Words, language: string): string => words[language] ?? words['en'] ?? '';
