import { primaryTag } from './rule.js';

/** What is known of a caller's languages, the most reliable first; tags may have regions. */
export interface CallerTongue {
  /** His membership's. */
  readonly own?: string;
  /** What he chose when he was asked. */
  readonly remembered?: string;
  /** ISO 3166-1 alpha-2: where he calls from. */
  readonly country: string;
}

/** Countries nearly all of whose people speak one language, and which; of all others nobody can say. */
const MAIN: Readonly<Record<string, string>> = {
  AR: 'es',
  AT: 'de',
  AU: 'en',
  BR: 'pt',
  CL: 'es',
  CN: 'zh',
  CO: 'es',
  CU: 'es',
  DE: 'de',
  ES: 'es',
  FR: 'fr',
  GB: 'en',
  ID: 'id',
  IE: 'en',
  IT: 'it',
  JP: 'ja',
  KP: 'ko',
  KR: 'ko',
  MX: 'es',
  NZ: 'en',
  PE: 'es',
  PL: 'pl',
  PT: 'pt',
  RU: 'ru',
  TH: 'th',
  TR: 'tr',
  US: 'en',
  VE: 'es',
  VN: 'vi',
};

/**
 * The language in which a caller is served by a queue that speaks `spoken` (primary tags, its own first): the first that is known of him and
 * spoken there. Where nothing is known he has to be asked; whoever nobody can speak to is served in the queue's first.
 */
export function languageAt(
  { own, remembered, country }: CallerTongue,
  spoken: readonly string[],
): { readonly language: string } | { readonly ask: readonly string[] } {
  const known = [own, remembered, MAIN[country]].flatMap((tag) =>
    tag === undefined ? [] : [primaryTag(tag)],
  );
  const language = known.find((tag) => spoken.includes(tag));
  if (language !== undefined) return { language };
  const [only = 'en', ...others] = spoken;
  return others.length === 0 ? { language: only } : { ask: spoken };
}
