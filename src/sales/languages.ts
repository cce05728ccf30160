import { z } from 'zod';

/** Languages that the shop speaks; a text without one is shown in English. */
export const LANGUAGES = ['en', 'ko', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in several languages; English is always there. */
export type Words = Readonly<Partial<Record<string, string>>> & { readonly en: string };

export const wordsIn = (words: Words, language: Language): string => words[language] ?? words.en;

/** Another language is answered in English, as a page's would be. */
export const languageQuery = z
  .string()
  .max(35)
  .optional()
  .transform((text): Language => LANGUAGES.find((one) => text?.toLowerCase().startsWith(one)) ?? 'en');

const text = z.string().trim().min(1).max(4_000);
/** `{"en": "…", "ko": "…"}` of a request. */
export const wordsBody = z.strictObject({ en: text, ko: text.optional(), ja: text.optional() });
