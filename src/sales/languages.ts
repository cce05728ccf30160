import { z } from 'zod';

/** Languages that the shop speaks; a text without one is shown in English. */
export const LANGUAGES = ['en', 'ko', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in several languages; English is always there. */
export type Words = Readonly<Partial<Record<string, string>>> & { readonly en: string };

/** In any language that the operator wrote, which may be more than the shop's own words are in. */
export const wordsIn = (words: Words, language: string): string =>
  words[language.toLowerCase()] ?? words[language.toLowerCase().split('-')[0] ?? 'en'] ?? words.en;

/** In which language somebody wants words: a tag like `ko` or `pt-BR`. */
export const wordsQuery = z.string().max(35).default('en');

/** The nearest that the shop speaks, English for all others, as a page's would be. */
export const shopLanguage = (tag: string): Language =>
  LANGUAGES.find((one) => tag.toLowerCase().startsWith(one)) ?? 'en';

export const languageQuery = z.string().max(35).default('en').transform(shopLanguage);

const text = z.string().trim().min(1).max(4_000);
const MOST_LANGUAGES = 60;
/** `{"en": "…", "ko": "…"}` of a request: English, and any other languages. */
export const wordsBody = z
  .object({ en: text })
  .catchall(text)
  .refine((words) => Object.keys(words).every((tag) => /^[a-z]{2,3}(-[a-z0-9]{2,8})?$/.test(tag)), {
    message: 'each name must be a language, like "ko"',
  })
  .refine((words) => Object.keys(words).length <= MOST_LANGUAGES, {
    message: `at most ${MOST_LANGUAGES} languages`,
  });
