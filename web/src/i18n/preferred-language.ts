/** The first wish (BCP 47, best first) that we have texts for, `ko-KR` being met by `ko`; English else. */
export function preferredLanguage(wishes: readonly string[], have: readonly string[]): string {
  for (const wish of wishes) {
    const [language = ''] = wish.toLowerCase().split('-');
    if (have.includes(language)) return language;
  }
  return 'en';
}
