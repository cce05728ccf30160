import { useTranslation } from 'react-i18next';
import { useFormat } from './format.js';

/** What a buyer has to know of a number, as the shop's routes tell it. */
export interface SaleWarning {
  readonly code: string;
  readonly text: string;
  readonly countries?: readonly string[];
}

/** One sentence for each kind of warning, in the reader's language, with countries by their names; the server's own words else. */
export function useSaleWarnings(): (warnings: readonly SaleWarning[]) => readonly string[] {
  const { t, i18n } = useTranslation('app');
  const { country, list } = useFormat();
  return (warnings) => {
    const codes = [...new Set(warnings.map(({ code }) => code))];
    return codes.flatMap((code) => {
      const same = warnings.filter((one) => one.code === code);
      if (!i18n.exists(`warning.${code}`, { ns: 'app' })) return same.map(({ text }) => text);
      const countries = [...new Set(same.flatMap((one) => one.countries ?? []))].map(country);
      return [t(`warning.${code}`, { countries: list(countries) })];
    });
  };
}
