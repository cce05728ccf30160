import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, type Page } from '../../api/http.js';
import type { SaleWarning } from '../../shared/sale-warnings.js';

/** The shop's REST answers: docs/shop.md. */
export interface Price {
  readonly tier: string;
  readonly setup: string;
  readonly monthly: string;
  readonly yearly: string;
}

export interface Product {
  readonly id: string;
  readonly country: string;
  readonly kind: 'person' | 'company';
  readonly form: 'own-telephone' | 'identification' | 'company';
  readonly title: string;
  readonly text: string;
  readonly currency: string;
  readonly prices: readonly Price[];
  readonly branch: Omit<Price, 'tier'> | null;
  readonly taxIncluded: boolean;
}

export interface Catalogue {
  readonly countries: readonly string[];
  readonly info: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly products: readonly Product[];
}

export interface Offered {
  readonly setup: string | null;
  readonly monthly: string | null;
  readonly yearly: string | null;
  readonly tier: Price['tier'];
  readonly number: string;
  readonly shown: string;
  readonly currency: string;
}

export interface Availability {
  readonly number: string;
  readonly shown: string;
  readonly available: boolean;
  readonly reasons: readonly { readonly code: string; readonly text: string }[];
  readonly warnings: readonly SaleWarning[];
  readonly price: (Price & { readonly currency: string }) | null;
  readonly alternatives: readonly Offered[];
}

export interface Goods {
  readonly id: string;
  readonly kind: 'phone' | 'ata' | 'card';
  readonly title: string;
  readonly text: string;
  readonly country: string;
  readonly currency: string;
  readonly price: string;
  readonly stock: 'in-stock' | 'few' | 'sold-out';
  readonly most: number;
}

export function useCatalogue() {
  const { i18n } = useTranslation();
  const lang = i18n.resolvedLanguage ?? 'en';
  return useQuery({
    queryKey: ['catalogue', lang],
    queryFn: ({ signal }) => ask('GET /v1/shop/catalogue', { query: { lang }, signal }),
    staleTime: 300_000,
  });
}

export function useAvailability(product: string | undefined, number: string, countries?: readonly string[]) {
  const { i18n } = useTranslation();
  const lang = i18n.resolvedLanguage ?? 'en';
  const query = { product, number, lang, ...(countries?.length ? { countries: countries.join(',') } : {}) };
  return useQuery({
    queryKey: ['availability', query],
    // What is offered is priced: a tier without a price is not offered.
    queryFn: async ({ signal }) =>
      (await ask('GET /v1/shop/numbers/availability', { query, signal })) as Availability,
    enabled: product !== undefined && number !== '',
    // Somebody may be quicker: an answer is not kept.
    staleTime: 0,
    gcTime: 0,
  });
}

export type GoodsPage = Page<Goods>;

/** Texts that have a page of their own, which others link to; the first page shows all others. */
export const OWN_PAGE = ['terms', 'privacy'] as const;
export const hasOwnPage = (id: string): boolean => (OWN_PAGE as readonly string[]).includes(id);
