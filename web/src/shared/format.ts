import { useTranslation } from 'react-i18next';

export interface Format {
  /** `12.50`, `USD` as the reader writes it; the currency's own decimals, and more only where the amount has them. */
  readonly money: (amount: string, currency: string) => string;
  readonly date: (iso: string) => string;
  readonly moment: (iso: string) => string;
  readonly country: (code: string) => string;
  readonly language: (code: string) => string;
  readonly seconds: (count: number) => string;
  /** `Korea, Japan and Luxembourg`. */
  readonly list: (names: readonly string[]) => string;
}

const MOST_DECIMALS = 6;

/** How the reader's language writes things. Amounts come as decimal text and are never calculated with here. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatIn(i18n.resolvedLanguage ?? 'en');
}

export function formatIn(locale: string): Format {
  const names = (type: 'region' | 'language') => (code: string) => {
    try {
      return new Intl.DisplayNames([locale], { type }).of(code) ?? code;
    } catch {
      return code;
    }
  };
  return {
    money: (amount, currency) => {
      const { maximumFractionDigits = 2 } = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
      }).resolvedOptions();
      const significant = (amount.split('.')[1] ?? '').replace(/0+$/, '').length;
      return new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        maximumFractionDigits: Math.min(Math.max(maximumFractionDigits, significant), MOST_DECIMALS),
        // A decimal text keeps all its digits; a number would not.
      }).format(amount as Intl.StringNumericLiteral);
    },
    date: (iso) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso)),
    moment: (iso) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
    country: names('region'),
    language: names('language'),
    list: (parts) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
    seconds: (count) => `${Math.floor(count / 60)}:${String(Math.floor(count % 60)).padStart(2, '0')}`,
  };
}
