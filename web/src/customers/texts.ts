import { useTranslation } from 'react-i18next';

/** Countries, languages, times and lengths as the reader writes them. */
export function useWording() {
  const { i18n } = useTranslation();
  const reader = i18n.resolvedLanguage ?? 'en';
  const named = (type: 'region' | 'language', code: string | null | undefined): string => {
    if (!code) return '–';
    try {
      return new Intl.DisplayNames([reader], { type }).of(code) ?? code;
    } catch {
      return code;
    }
  };
  return {
    reader,
    country: (code: string | null | undefined) => named('region', code),
    language: (code: string | null | undefined) => named('language', code),
    time: (at: string) => new Date(at).toLocaleString(reader, { dateStyle: 'short', timeStyle: 'short' }),
    day: (on: string) => new Date(`${on}T00:00:00`).toLocaleDateString(reader, { dateStyle: 'medium' }),
    number: (value: number, digits = 0) => value.toLocaleString(reader, { maximumFractionDigits: digits }),
    percent: (value: number | null) =>
      value === null ? '–' : value.toLocaleString(reader, { style: 'percent', maximumFractionDigits: 1 }),
  };
}

/** 75 → `1:15` */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`;
