/** Languages that every prompt exists in (asterisk/sounds/prompts). */
export const spokenLanguages = ['en', 'ko', 'ja'] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];

/** The language in which somebody with this BCP 47 tag is spoken to; English where we don't speak his. */
export function spokenLanguageOf(tag: string): SpokenLanguage {
  const primary = tag.toLowerCase().split('-', 1)[0];
  return spokenLanguages.find((one) => one === primary) ?? 'en';
}
