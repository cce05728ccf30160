import i18next from 'i18next';

/** Each language is a folder beside this file: a new one is added by adding it. */
const files = import.meta.glob<{ default: Readonly<Record<string, string>> }>('./*/*.json');

export const languages: readonly string[] = [
  ...new Set(Object.keys(files).map((path) => path.split('/')[1] ?? '')),
].sort();

/** In itself: 한국어, not "Korean". */
export const nameOfLanguage = (language: string): string => {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
};

export async function textsOf(language: string, area: string): Promise<Readonly<Record<string, string>>> {
  const load = files[`./${language}/${area}.json`];
  if (load === undefined) throw new Error(`no texts ${language}/${area}.json`);
  return (await load()).default;
}

const KEY = 'anydial-language';

/** What was chosen in this browser. */
export const storedLanguage = (): string | null => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};

export async function switchLanguage(language: string): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be closed to us: then the choice lasts as long as the page.
  }
  await i18next.changeLanguage(language);
}

/** Whoever has chosen nothing here reads his account's language. */
export async function followAccountLanguage(language: string): Promise<void> {
  if (storedLanguage() === null && languages.includes(language)) await i18next.changeLanguage(language);
}
