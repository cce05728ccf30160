import { useSearchParams } from 'react-router';
import type { Product } from './contract.js';

/** What somebody has chosen so far stands in the address: it outlives a reload, and the back button takes it back. */
export function useChoice<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams();
  const chosen = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Record<
    Name,
    string
  >;
  const choose = (changes: Partial<Record<Name, string>>): void => {
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries<string | undefined>(changes)) {
        if (value === undefined || value === '') after.delete(name);
        else after.set(name, value);
      }
      return after;
    });
  };
  return [chosen, choose] as const;
}

/** The product for that country and form; of the only country when none is chosen. */
export const productOf = (
  products: readonly Product[],
  country: string,
  form: Product['form'],
): Product | undefined => products.find((one) => one.form === form && one.country === country);

/** The countries that sell one of these forms. */
export const countriesWith = (
  products: readonly Product[],
  ...forms: readonly Product['form'][]
): readonly string[] =>
  [...new Set(products.filter(({ form }) => forms.includes(form)).map(({ country }) => country))].sort();

/** Where the reader seems to be, of the countries there are: by his browser's languages, else where the first is most spoken, else any. */
export const likelyCountry = (countries: readonly string[], tags: readonly string[]): string => {
  const regionOf = (tag: string): string => {
    try {
      return new Intl.Locale(tag).maximize().region ?? '';
    } catch {
      return '';
    }
  };
  const regions = [...tags, ...tags.map((tag) => tag.split('-')[0] ?? '')].map(regionOf);
  return regions.find((region) => countries.includes(region)) ?? countries[0] ?? '';
};
