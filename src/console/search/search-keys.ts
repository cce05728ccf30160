import { canonicalKey, parsePin, phoneFromNational, REGIONS } from '../../numbering/index.js';

/** What somebody may have meant by what he typed: each kind is looked up by its own index. */
export interface SearchKeys {
  /** A row's id. */
  readonly id: string | undefined;
  readonly email: string | undefined;
  /** As call records and assignments have numbers: keys of ours, E.164 with +. */
  readonly numbers: readonly string[];
  /** The beginnings of words, each of which must be in a name. */
  readonly words: readonly string[];
  /** Exactly this: an account of a phone, a trunk, an invoice's number. */
  readonly exact: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NUMBER = /^[+\d\s().\-/#*]+$/;
const MOST_WORDS = 6;

/** One box for everything: a number in any spelling, a name, an address, an id. */
export function searchKeys(text: string): SearchKeys {
  const exact = text.trim();
  const isNumber = NUMBER.test(exact) && exact.replaceAll(/\D/g, '').length >= 3;
  const isAddress = /^[^@\s]+@[^@\s]+$/.test(exact);
  const isId = UUID.test(exact);
  return {
    exact,
    id: isId ? exact.toLowerCase() : undefined,
    email: isAddress ? exact.toLowerCase() : undefined,
    numbers: isNumber ? numbersOf(exact) : [],
    words: isNumber || isAddress || isId ? [] : wordsOf(exact),
  };
}

/** A query for PostgreSQL's text search: nothing of what was typed is an operator in it. */
export const prefixQuery = (words: readonly string[]): string =>
  words.map((word) => `'${word}':*`).join(' & ');

const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS);

function numbersOf(text: string): readonly string[] {
  const compact = text.replaceAll(/[\s().\-/]/g, '');
  return [...new Set([...ownKeys(compact), ...telephones(compact)])];
}

/** `0262006200*082`, `02-6200-6200-082`, `6200-6200#082`, `6200-6200#`, and keypads without signs: `62006200082`. */
function ownKeys(compact: string): readonly string[] {
  const [before = '', ccc = '', more] = compact.split(/[#*]/);
  if (more !== undefined || !/^\d+$/.test(before)) return [];
  if (compact !== before)
    return ccc === '' ? [`${before}#`] : [before + ccc, `${before}#`, `${before}#${ccc}`];
  const pin = parsePin(before);
  const keys = pin.ok ? [canonicalKey(pin.value)] : [];
  const company = before.slice(0, -3);
  const companys = company.length >= 3 ? [`${company}#`, `${company}#${before.slice(-3)}`] : [];
  return [...keys, before, `${before}#`, ...companys];
}

/** Everything that the digits may be somewhere: the same national spelling is another telephone in another country. */
function telephones(compact: string): readonly string[] {
  if (compact.startsWith('+')) return [compact];
  if (!/^\d{3,19}$/.test(compact)) return [];
  const abroad = /^(00|010|011)([1-9]\d{5,14})$/.exec(compact)?.[2];
  const national = REGIONS.flatMap((region) => phoneFromNational(compact, region)?.e164 ?? []);
  return [...(abroad === undefined ? [] : [`+${abroad}`]), `+${compact}`, ...national];
}
