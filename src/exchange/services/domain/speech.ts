import type { SpokenLanguage } from '../../domain/language.js';
import type { LocalTime } from './local-time.js';
import { soundOf } from './prompts.js';
import { english } from './speech-en.js';
import { japanese } from './speech-ja.js';
import { korean } from './speech-ko.js';

/** How one language says what changes from call to call, as names of sounds that are put together. */
export interface Grammar {
  /** "You have two new messages and three saved messages"; not both 0. */
  messages(fresh: number, saved: number): readonly string[];
  /** "Message three". */
  heading(position: number): readonly string[];
  /** "From", and the number's digits; or that it is not known. */
  from(digits: readonly string[] | undefined): readonly string[];
  /** "Received on November twenty-third at three oh five p.m." */
  received(at: LocalTime): readonly string[];
  /** "You are number three", "the expected wait is about two minutes"; absent minutes: nobody can say. */
  place(position: number, minutes: number | undefined): readonly string[];
  /** Every part that the others may name. */
  readonly parts: readonly string[];
}

const grammars: Readonly<Record<SpokenLanguage, Grammar>> = { en: english, ko: korean, ja: japanese };

/** Nobody listens to more than this of a number that somebody else chose. */
const MOST_DIGITS = 32;
/** What counts are made of ends here; nobody minds whether it is 99 messages or more. */
const MOST_COUNTED = 99;

/** Media URIs for what is said to one person. */
export interface Speech {
  messages(fresh: number, saved: number): readonly string[];
  heading(position: number): readonly string[];
  from(number: string | undefined): readonly string[];
  received(at: LocalTime): readonly string[];
  place(position: number, minutes: number | undefined): readonly string[];
  /** Digit by digit; `*` and `#` by their names, everything else is left out. */
  digits(number: string): readonly string[];
}

export function speechIn(language: SpokenLanguage): Speech {
  const grammar = grammars[language];
  const sounds = (parts: readonly string[]) => parts.map(soundOf);
  return {
    messages: (fresh, saved) =>
      sounds(grammar.messages(Math.min(fresh, MOST_COUNTED), Math.min(saved, MOST_COUNTED))),
    heading: (position) => sounds(grammar.heading(Math.min(position, MOST_COUNTED))),
    from: (number) => {
      const digits = digitParts(number ?? '');
      return sounds(grammar.from(digits.length === 0 ? undefined : digits));
    },
    received: (at) => sounds(grammar.received(at)),
    place: (position, minutes) =>
      sounds(
        grammar.place(
          Math.min(position, MOST_COUNTED),
          minutes === undefined ? undefined : Math.min(minutes, MOST_COUNTED),
        ),
      ),
    digits: (number) => sounds(digitParts(number)),
  };
}

/** Parts of numbers and times that this language needs as prompts. */
export const partsOf = (language: SpokenLanguage): readonly string[] => [
  ...new Set([...DIGITS.values(), ...grammars[language].parts]),
];

const DIGITS: ReadonlyMap<string, string> = new Map([
  ...[...'0123456789'].map((digit) => [digit, `digit-${digit}`] as const),
  ['*', 'star'],
  ['#', 'pound'],
]);

const digitParts = (number: string): readonly string[] =>
  [...number.slice(0, MOST_DIGITS)].flatMap((character) => DIGITS.get(character) ?? []);
